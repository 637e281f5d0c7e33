package pipeline

import (
	"log/slog"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestFilledCountsTheKept counts the filled fields of the postings that a source
// keeps, and of no other.
func TestFilledCountsTheKept(t *testing.T) {
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	reader, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	line := Line{Ledger: l, Reader: reader, Config: config.Default(), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	s := line.store("s")
	s.keep = &config.Keep{Countries: []string{"IN"}}
	for i, place := range []string{"Pune", "London, United Kingdom", "Hyderabad, Sindh, PK", "Delhi"} {
		p := job.Posting{ID: string(rune('a' + i)), Source: "s", Title: "Telecaller", Location: place, Salary: "15000"}
		if err := s.Posting(t.Context(), &p, crawler.Sight{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.counts.Rejected != 2 || s.filled[job.FieldTitle] != 2 || s.filled[job.FieldSalary] != 2 {
		t.Errorf("%+v, filled %v", s.counts, s.filled)
	}
}
