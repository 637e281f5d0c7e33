package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jobsieve/ledger"
)

// TestDamagedLedger damages a posting in the ledger's file. Every command that
// reads it goes on with the others, names it, and ends with "done in part"; forgetting it and
// importing it again mends all.
func TestDamagedLedger(t *testing.T) {
	t.Chdir(t.TempDir())
	const rows = `{"id":"1","title":"Telecaller"}` + "\n" + `{"id":"2","title":"Broken record keeper"}` + "\n" + `{"id":"3","title":"Telecaller, night shift"}` + "\n"
	if err := os.WriteFile("rows.jsonl", []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	jobsieve := func(want int, line string) string {
		t.Helper()
		var out bytes.Buffer
		if code := run(t.Context(), strings.Fields(line), nil, &out, &out); code != want {
			t.Errorf("%s: exit code %d, want %d\n%s", line, code, want, out.String())
		}
		return out.String()
	}
	jobsieve(exitDone, "import rows.jsonl")
	path := filepath.Join("jobsieve-data", ledger.FileName)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sound, broken := []byte(`"title":"Broken`), []byte(`"title";"Broken`)
	if !bytes.Contains(body, sound) {
		t.Fatal("the posting is not in the file")
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(body, sound, broken), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ line, has string }{
		{"export", `"id":"3"`}, {"export --format csv", "night shift"},
		{"relabel", "0 of 2 postings"}, {"relabel --apply", "0 readings stored"}, {"rules impact ledger", "0 of 2 postings"},
		{"index rebuild", "2 delivered + 1 waiting"}, {"index sync", "1 waiting"},
		{"explain 2", "posting 2 of source import: content: "},
	} {
		out := jobsieve(exitPartly, tt.line)
		if !strings.Contains(out, tt.has) || strings.Count(out, "posting 2 of source import") != 1 {
			t.Errorf("%s:\n%s", tt.line, out)
		}
	}
	jobsieve(exitDone, "explain 1")
	if out := jobsieve(exitDone, "report pay --by source"); !strings.Contains(out, "import,3,") { // its summary is sound
		t.Errorf("a table:\n%s", out)
	}
	jobsieve(exitDone, "forget 2")
	jobsieve(exitDone, "import rows.jsonl")
	if out := jobsieve(exitDone, "export"); strings.Count(out, "\n") != 3 {
		t.Errorf("after the mending:\n%s", out)
	}
}

func TestExitCodes(t *testing.T) {
	damaged, plain := error(&ledger.DamagedError{Rows: 1}), errors.New("plain")
	for _, tt := range []struct {
		err  error
		want int
	}{
		{nil, exitDone}, {plain, exitFailed}, {partly, exitPartly}, {damaged, exitPartly}, {fmt.Errorf("export: %w", damaged), exitPartly},
		{errors.Join(partly, damaged), exitPartly}, {errors.Join(plain, damaged), exitFailed}, {errors.Join(errors.Join(damaged, plain), nil), exitFailed},
		{errors.Join(usage("wrong"), damaged), exitUsage}, {fmt.Errorf("a: %w", errors.Join(damaged, damaged)), exitPartly},
	} {
		if got := exitCode(tt.err); got != tt.want {
			t.Errorf("%v: %d, want %d", tt.err, got, tt.want)
		}
	}
}
