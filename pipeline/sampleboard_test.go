package pipeline

import (
	"fmt"
	"testing"

	"jobsieve/internal/corpus"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

// TestSampleBoard measures labels and pay on our own board. The figures are
// what is reached; they may only rise.
func TestSampleBoard(t *testing.T) {
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	if len(postings) < 90 {
		t.Fatalf("the board has %d postings, want at least 90", len(postings))
	}
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	labels, pays, traps := 0, 0, 0
	for i := range postings {
		p := &postings[i]
		posting := p.Job()
		got := r.Read(&posting)
		if p.Trap != "" {
			traps++
		}
		if got.Verdict.Label == p.Expect.Label {
			labels++
		} else {
			t.Logf("%s %q: %s, want %s (%s)", p.ID, p.Title, got.Verdict.Label, p.Expect.Label, p.Trap)
		}
		if d := payDiff(&got.Pay, &p.Expect.Pay); d == "" {
			pays++
		} else {
			t.Logf("%s %q: pay %s", p.ID, p.Title, d)
		}
	}
	t.Logf("%d postings, %d of them traps: %d labels right, %d pays right", len(postings), traps, labels, pays)
	if traps < 30 || labels < 87 || pays < 95 {
		t.Errorf("%d traps, %d labels right, %d pays right; want at least 30, 87, 95", traps, labels, pays)
	}
}

// TestAds measures pay on our own advertisements in Hindi and Hinglish.
func TestAds(t *testing.T) {
	ads, err := corpus.Ads()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for i := range ads {
		p := ads[i].Job()
		got := r.Read(&p)
		if d := payDiff(&got.Pay, &ads[i].Expect.Pay); d == "" {
			right++
		} else {
			t.Logf("%s %q: pay %s", ads[i].ID, ads[i].Title, d)
		}
	}
	t.Logf("%d of %d pays right", right, len(ads))
	if right < len(ads)-1 {
		t.Errorf("%d of %d pays right, want all but one", right, len(ads))
	}
}

func payDiff(got *job.Pay, want *sampleboard.ExpectPay) string {
	num := func(v *float64) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprint(*v)
	}
	g := fmt.Sprint(got.Kind, num(got.Min), num(got.Max), got.Currency, got.Period, got.PeriodInferred, got.Basis, num(got.VariablePercent), got.Incentives)
	w := fmt.Sprint(want.Kind, num(want.Min), num(want.Max), want.Currency, want.Period, want.PeriodInferred, want.Basis, num(want.VariablePercent), want.Incentives)
	if g == w {
		return ""
	}
	return g + ", want " + w
}

// checkReading fails where a span of a reading is not the text it claims.
func checkReading(t *testing.T, p *job.Posting, r *ledger.Reading) {
	t.Helper()
	for _, e := range r.Verdict.Evidence {
		if s := p.Text(e.Field); e.Start < 0 || e.End > len(s) || s[e.Start:e.End] != e.Text {
			t.Errorf("%s: evidence %+v is not in %s", p.ID, e, e.Field)
		}
	}
	if r.Verdict.Label != job.Unclassified && len(r.Verdict.Evidence) == 0 {
		t.Errorf("%s: %s without evidence", p.ID, r.Verdict.Label)
	}
	for _, f := range r.Facts.Readings {
		if s := p.Text(f.Field); s[f.Start:f.End] != f.Text {
			t.Errorf("%s: reading %+v is not in %s", p.ID, f, f.Field)
		}
	}
	if m := &r.Pay; m.Start != nil && p.Text(job.Field(m.Field))[*m.Start:*m.End] != *m.Raw {
		t.Errorf("%s: pay %q is not at %d–%d of %s", p.ID, *m.Raw, *m.Start, *m.End, m.Field)
	}
}
