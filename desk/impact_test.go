package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/job"
	"jobsieve/ledger"
)

// TestImpact counts what becomes of readings: a label with its function, a function
// alone, pay, and facts that come, go and change.
func TestImpact(t *testing.T) {
	low, high := 12000.0, 15000.0
	reading := func(label job.Label, function job.Function, least *float64, facts ...job.FactSpan) *ledger.Reading {
		r := &ledger.Reading{Verdict: job.Verdict{Label: label, Function: function}, Facts: job.Facts{Readings: facts}}
		r.Pay = job.Pay{Kind: job.PayOffer, Min: least, Max: &high, Currency: "INR"}
		return r
	}
	night, day := job.FactSpan{Fact: "shift", Value: "night"}, job.FactSpan{Fact: "shift", Value: "day"}
	remote := job.FactSpan{Fact: "mode", Value: "remote"}
	m := NewImpact(1)
	for id, change := range [][2]*ledger.Reading{
		{reading(job.BPO, "a", &low), reading(job.KPO, "b", &low)},
		{reading(job.BPO, "a", &low), reading(job.BPO, "c", &low)},
		{reading(job.BPO, "a", &low, night), reading(job.BPO, "a", nil, night, day)},
		{reading(job.BPO, "a", &low, remote, night), reading(job.BPO, "a", &low, day)},
		{reading(job.BPO, "a", &low, night), reading(job.BPO, "a", &low, night)},
	} {
		m.Add(&job.Posting{ID: string(rune('1' + id))}, change[0], change[1])
	}
	want := &Impact{
		Postings: 5, Changed: 1, Counts: map[LabelChange]int{{job.BPO, job.KPO}: 1}, most: 1,
		Samples: []Sample{{LabelChange: LabelChange{job.BPO, job.KPO}, ID: "1", Rules: []string{}}},
		Reread: []*Reread{
			{"function", 1, []RereadSample{{ID: "2", From: "a", To: "c"}}},
			{"mode", 1, []RereadSample{{ID: "4", From: "remote"}}},
			{"pay", 1, []RereadSample{{ID: "3", From: "offer ₹12,000–15,000", To: "offer up to ₹15,000"}}},
			{"shift", 2, []RereadSample{{ID: "3", From: "night", To: "night; day"}}},
		},
	}
	if diff := cmp.Diff(want, m, cmp.AllowUnexported(Impact{}), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}
