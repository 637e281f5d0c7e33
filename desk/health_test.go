package desk

import (
	"strings"
	"testing"

	"jobsieve/job"
)

func TestHealth(t *testing.T) {
	run := func(seen, salary int) job.Receipt {
		return job.Receipt{Source: "s", Complete: true, Counts: job.Counts{Seen: seen, New: seen}, Filled: map[job.Field]int{job.FieldTitle: seen, job.FieldSalary: salary}}
	}
	usual := []job.Receipt{run(100, 80), run(90, 75), run(110, 90)}
	for name, c := range map[string]struct {
		last job.Receipt
		want string
	}{
		"well":       {run(95, 70), ""},
		"fewer":      {run(20, 16), "yielded 20 postings, usually 100"},
		"empty":      {run(0, 0), "yielded 0 postings, usually 100"},
		"rot":        {run(100, 5), "salary is filled in 5% of the postings, usually in 82%"},
		"failed":     {job.Receipt{Failed: true, Why: "no route", Counts: job.Counts{Seen: 99}}, "failed: no route"},
		"blocked":    {job.Receipt{Complete: true, Counts: job.Counts{Seen: 99}, Statuses: map[int]int{403: 2}}, "answered 403 2 times"},
		"errors":     {job.Receipt{Complete: true, Counts: job.Counts{Seen: 99}, Statuses: map[int]int{200: 90, 500: 4, 503: 6}}, "10 of 100 answers were server errors, more than 5%"},
		"few errors": {job.Receipt{Complete: true, Counts: job.Counts{Seen: 99}, Statuses: map[int]int{200: 95, 500: 5}}, ""},
		"cut short":  {job.Receipt{Why: "stopped", Counts: job.Counts{Seen: 99}}, "not read to the end: stopped"},
	} {
		h := healthOf("s", append([]job.Receipt{c.last}, usual...))
		if got := strings.Join(h.Problems, "; "); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	small := []job.Receipt{run(0, 0), run(2, 1), run(3, 2)}
	if h := healthOf("s", small); len(h.Problems) != 1 || !strings.Contains(h.Problems[0], "yielded 0 postings, usually 3") {
		t.Errorf("a small source that yields nothing: %+v", h.Problems)
	}
	if h := healthOf("s", nil); len(h.Problems) != 1 || h.Last != nil {
		t.Errorf("never read: %+v", h)
	}
}

// TestHealthWithRejections shows that a source that keeps a part of its postings
// is well, whatever the part is, also beside receipts that counted the filled
// fields of all.
func TestHealthWithRejections(t *testing.T) {
	crawl := func(kept, rejected, filled int) job.Receipt {
		return job.Receipt{
			Source: "s", Complete: true, Counts: job.Counts{Seen: kept + rejected, New: kept, Rejected: rejected},
			Filled: map[job.Field]int{job.FieldTitle: filled, job.FieldSalary: filled},
		}
	}
	receipts := []job.Receipt{crawl(8, 4, 8), crawl(6, 6, 6), crawl(10, 2, 10), crawl(6, 6, 12)}
	if h := healthOf("s", receipts); len(h.Problems) > 0 {
		t.Errorf("ill: %s", strings.Join(h.Problems, "; "))
	}
	for i := range receipts {
		if share, ok := filledShare(&receipts[i], job.FieldSalary); !ok || share != 1 {
			t.Errorf("receipt %d: share %v", i, share)
		}
	}
	failed := job.Receipt{Source: "s", Failed: true, Why: "x"}
	if h := rest("s", append([]job.Receipt{failed}, receipts...)); !h.Disabled || len(h.Problems) > 0 {
		t.Errorf("disabled: %+v", h)
	}
}
