// Package sharedtest finds the real postings and labelled sets that some tests
// are measured against. They are not part of this repository.
package sharedtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Dir gives the folder of the shared data: JOBSIEVE_SHARED, else ../shared
// beside the checkout. Where there is none the test is skipped, or fails if
// JOBSIEVE_REQUIRE names "shared".
func Dir(t testing.TB) string {
	t.Helper()
	dir := folder()
	if _, err := os.Stat(filepath.Join(dir, "data", "postings.jsonl")); err != nil {
		Missing(t, "shared", "no shared data at "+dir+"; set JOBSIEVE_SHARED to where it lies")
	}
	return dir
}

func folder() string {
	if dir := os.Getenv("JOBSIEVE_SHARED"); dir != "" {
		return dir
	}
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..", "shared")
}

// Postings gives the file of the real postings, empty where there is none.
func Postings() string {
	path := filepath.Join(folder(), "data", "postings.jsonl")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// Missing skips the test because something it needs is absent, or fails it if
// JOBSIEVE_REQUIRE, a list with commas, names the thing.
func Missing(t testing.TB, thing, message string) {
	t.Helper()
	for _, need := range strings.Split(os.Getenv("JOBSIEVE_REQUIRE"), ",") {
		if need == thing {
			t.Fatalf("%s (JOBSIEVE_REQUIRE names %q)", message, thing)
		}
	}
	t.Skip(message)
}

// Lines decodes each line of a JSON-lines file below Dir into a T.
func Lines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(Dir(t), path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 4<<20)
	for sc.Scan() {
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, v)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// JSON decodes a JSON file below Dir into a T. Where the shared data has no such
// file, the test is skipped as in Dir.
func JSON[T any](t testing.TB, path string) T {
	t.Helper()
	var v T
	body, err := os.ReadFile(filepath.Join(Dir(t), path))
	if errors.Is(err, fs.ErrNotExist) {
		Missing(t, "shared", "the shared data has no "+path)
	}
	if err == nil {
		err = json.Unmarshal(body, &v)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}
