//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDataIsItsOwners makes data in a folder that is open to all, under several
// umasks, and over files that others may read.
func TestDataIsItsOwners(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		old := syscall.Umask(0)
		t.Cleanup(func() { syscall.Umask(old) })
		dir := t.TempDir()
		t.Chdir(dir)
		data := filepath.Join(dir, "data")
		if err := os.Mkdir(data, 0o777); err != nil {
			t.Fatal(err)
		}
		write := func(name, text string) {
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		write("rows.jsonl", `{"id":"1","title":"Telecaller"}`)
		write("jobsieve.yaml", "sources: []\n")
		write(filepath.Join(data, "index.lock"), "{}")
		jobsieve := func(ctx context.Context, args ...string) {
			t.Helper()
			var out bytes.Buffer
			syscall.Umask(umask)
			code := run(ctx, append([]string{"--data", data}, args...), nil, &out, &out)
			syscall.Umask(0)
			if code != exitDone {
				t.Fatalf("umask %o, %v: exit code %d\n%s", umask, args, code, out.String())
			}
		}
		jobsieve(t.Context(), "import", "rows.jsonl")
		jobsieve(t.Context(), "index", "rebuild")
		allPrivate(t, data, umask)
		err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
			if err == nil && path != data {
				err = os.Chmod(path, 0o777)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		// A daemon at work has a socket, its note, and the files of SQLite.
		ctx, stop := context.WithCancel(t.Context())
		served := make(chan struct{})
		go func() {
			defer close(served)
			var out bytes.Buffer
			run(ctx, []string{"--data", data, "serve", "--listen", "127.0.0.1:0"}, nil, &out, &out)
		}()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			if _, err := os.Stat(filepath.Join(data, "serve.json")); err == nil || time.Now().After(deadline) {
				break
			}
		}
		jobsieve(t.Context(), "import", "rows.jsonl")
		allPrivate(t, data, umask)
		stop()
		<-served
		if st, err := os.Stat(data); err != nil || st.Mode().Perm() != 0o777 {
			t.Errorf("the folder's own mode was changed: %v, %v", st.Mode(), err)
		}
	}
}

func allPrivate(t *testing.T, data string, umask int) {
	t.Helper()
	var seen []string
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == data {
			return err
		}
		st, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it went meanwhile
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(data, path)
		seen = append(seen, name)
		want := fs.FileMode(0o600)
		if st.IsDir() {
			want = 0o700
		}
		if st.Mode().Perm()&0o077 != 0 || strings.HasSuffix(name, ".db") && st.Mode().Perm() != want {
			t.Errorf("umask %o: %s is %v", umask, name, st.Mode())
		}
		return err
	})
	if err != nil || len(seen) < 7 {
		t.Errorf("%v: %v", seen, err)
	}
}
