// Package realtest gives tests the real postings, where they are.
package realtest

import (
	"os"
	"path/filepath"
	"testing"

	"jobsieve/crawler/rows"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// Postings reads the real postings, all 20,114; without them the test is skipped.
func Postings(tb testing.TB) (out []job.Posting) {
	tb.Helper()
	f, err := os.Open(filepath.Join(sharedtest.Dir(tb), "data", "postings.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	_, err = rows.Each(tb.Context(), f, rows.Options{}, func(row rows.Row, err error) error {
		p := &row.Posting
		if err == nil {
			out = append(out, *p)
		}
		return err
	})
	if err != nil || len(out) != 20114 {
		tb.Fatalf("read %d postings, want 20114: %v", len(out), err)
	}
	return out
}
