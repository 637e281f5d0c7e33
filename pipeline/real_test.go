package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"jobsieve/crawler"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// TestEveryReading checks the spans of everything read from the real postings.
func TestEveryReading(t *testing.T) {
	f, err := os.Open(filepath.Join(sharedtest.Dir(t), "data", "postings.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = crawler.ReadLines(f, func(line int, p *job.Posting, err error) error {
		if err != nil {
			t.Errorf("line %d: %v", line, err)
			return nil
		}
		n++
		reading := r.Read(p)
		checkReading(t, p, &reading)
		return nil
	})
	if err != nil || n != 20114 {
		t.Errorf("read %d postings, want 20114: %v", n, err)
	}
}
