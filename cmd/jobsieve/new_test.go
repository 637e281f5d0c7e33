package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unwritable takes so many writes, and fails from then on.
type unwritable struct{ left int }

func (u *unwritable) Write(p []byte) (int, error) {
	if u.left--; u.left < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

// TestNewThatIsNotWritten wants a look whose output was not written to mark nothing,
// wherever it failed.
func TestNewThatIsNotWritten(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("JOBSIEVE_DATA", filepath.Join(dir, "data"))
	file := filepath.Join(dir, "rows.jsonl")
	do := func(out io.Writer, want int, args ...string) {
		t.Helper()
		var told bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), out, &told); code != want {
			t.Fatalf("%q: exit code %d, want %d\n%s", args, code, want, told.String())
		}
	}
	rows := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		do(io.Discard, exitDone, "import", file)
	}
	rows(`{"id":"1","title":"Telecaller"}` + "\n")
	do(io.Discard, exitDone, "search", "telecaller", "--save", "all")
	rows(`{"id":"2","title":"Telecaller"}` + "\n")
	do(&unwritable{0}, exitFailed, "new")
	do(&unwritable{1}, exitFailed, "new")
	do(&unwritable{0}, exitFailed, "new", "--json")
	var out bytes.Buffer
	do(&out, exitDone, "new")
	if !strings.Contains(out.String(), "all: 1 new posting.") {
		t.Errorf("%s", out.String())
	}
	out.Reset()
	do(&out, exitDone, "new")
	if out.String() != "all: nothing new.\n" {
		t.Errorf("%s", out.String())
	}
}
