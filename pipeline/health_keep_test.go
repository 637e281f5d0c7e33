package pipeline

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestHealthWithRejections shows that a source that keeps a part of its postings
// is well, whatever the part is, also beside receipts of before.
func TestHealthWithRejections(t *testing.T) {
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	reader, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	keep := config.Keep{Countries: []string{"IN"}}
	crawl := func(kept, rejected int) job.Receipt {
		line := Line{Ledger: l, Reader: reader, Config: c, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
		s := line.store("s")
		s.keep = &keep
		for i := range kept + rejected {
			p := job.Posting{ID: string(rune('a' + i)), Source: "s", Title: "Telecaller", Location: "Pune", Salary: "15000"}
			if i >= kept {
				p.Location = "London, United Kingdom"
			}
			if err := s.Posting(t.Context(), &p, crawler.Sight{}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s.filled[job.FieldTitle] != kept {
			t.Errorf("filled counts %d titles of %d kept", s.filled[job.FieldTitle], kept)
		}
		return job.Receipt{Source: "s", Complete: true, Counts: s.counts, Filled: s.filled}
	}
	old := job.Receipt{Source: "s", Complete: true, Counts: job.Counts{Seen: 12, New: 6, Rejected: 6}, Filled: map[job.Field]int{job.FieldTitle: 12, job.FieldSalary: 12}}
	receipts := []job.Receipt{crawl(8, 4), crawl(6, 6), crawl(10, 2), old}
	if h := HealthOf("s", receipts); len(h.Problems) > 0 {
		t.Errorf("ill: %s", strings.Join(h.Problems, "; "))
	}
	for i := range receipts {
		if share, ok := filledShare(&receipts[i], job.FieldSalary); !ok || share != 1 {
			t.Errorf("receipt %d: share %v", i, share)
		}
	}
	failed := job.Receipt{Source: "s", Failed: true, Why: "x"}
	if h := Rest("s", append([]job.Receipt{failed}, receipts...)); !h.Disabled || len(h.Problems) > 0 {
		t.Errorf("disabled: %+v", h)
	}
}
