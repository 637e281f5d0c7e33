package ledger

import (
	"testing"
	"time"

	"jobsieve/job"
)

// TestEarlierProgramKeepsTexts has a program of an earlier version, which was running
// while the ledger was brought up, write a new version: the text before stays.
func TestEarlierProgramKeepsTexts(t *testing.T) {
	l, file := openFile(t, t.TempDir())
	p := job.Posting{ID: "1", Source: "s", Title: "first"}
	if _, err := l.Store(t.Context(), nil, []Entry{{Posting: p, Seen: time.UnixMilli(1), Reading: &Reading{}}}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`UPDATE posting SET content = CAST('{"title":"second"}' AS BLOB), version = 2, revision = 2, hash = x'00'`,
		`INSERT INTO version (n, version, seen, content) VALUES (1, 2, 2, CAST('{"title":"second"}' AS BLOB))`,
	} {
		if _, err := file.main.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	p.Title = "third"
	if _, err := l.Store(t.Context(), nil, []Entry{{Posting: p, Seen: time.UnixMilli(3), Reading: &Reading{}}}); err != nil {
		t.Fatal(err)
	}
	wantTitles(t, l, "first", "second", "third")
	if _, err := file.main.ExecContext(t.Context(), "UPDATE version SET content = x'07' WHERE version = 2"); err != nil {
		t.Fatal(err)
	}
	wantTitles(t, l, "first", "third") // a damaged one is left out
	if l.Damaged() == nil {
		t.Error("a damaged version goes unnoticed")
	}
}

func wantTitles(t *testing.T, l *Ledger, want ...string) {
	t.Helper()
	records, err := l.Get(t.Context(), "1")
	if err != nil || len(records) != 1 {
		t.Fatalf("%d postings: %v", len(records), err)
	}
	versions, err := l.Versions(t.Context(), records[0])
	if err != nil || len(versions) != len(want) {
		t.Fatalf("%+v: %v", versions, err)
	}
	for i, v := range versions {
		if v.Posting.Title != want[i] {
			t.Errorf("version %d is %q, want %q", v.Version, v.Posting.Title, want[i])
		}
	}
}
