package conformance

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

var byHand = &job.HandLabel{
	Label: job.KPO, Function: "market-research", Because: "surveys <बाज़ार>", At: day.UTC(), By: "asha",
}

// holds wants a posting to have a label by hand, nil for none, beside its verdict.
func holds(t *testing.T, l *ledger.Ledger, name string, want *job.HandLabel) *ledger.Record {
	t.Helper()
	r := get(t, l, name)
	if diff := cmp.Diff(want, r.Hand); diff != "" {
		t.Errorf("%s by hand: %s", name, diff)
	}
	label, function, by := r.Label()
	if want != nil && (label != want.Label || function != want.Function || by != job.ByHand) {
		t.Errorf("%s: %s %s by %s", name, label, function, by)
	}
	if want == nil && (label != r.Verdict.Label || function != r.Verdict.Function || by != job.ByRules) {
		t.Errorf("%s: %s %s by %s", name, label, function, by)
	}
	return r
}

// rereadAs reads everything again, with one verdict for all.
func rereadAs(t *testing.T, l *ledger.Ledger, function job.Function, meanwhile func()) (n int) {
	t.Helper()
	n, err := l.Reread(t.Context(), day, func(rs []*ledger.Record) ([]ledger.Reading, error) {
		out := make([]ledger.Reading, len(rs))
		for i := range out {
			out[i].Verdict = job.Verdict{Label: job.BPO, Function: function}
		}
		meanwhile()
		return out, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func none() {}

// A label by hand stays when the posting changes and when it is read anew, until
// it is taken away or the posting is forgotten; each of these is delivered.
func labelByHand(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	storeAll(t, l, day, entry("s", "1", "Clerk"), entry("s", "2", "Typist"))
	n := holds(t, l, "1", nil).N
	delivered := func(step string) {
		t.Helper()
		waiting, err := l.Waiting(ctx, "ix:1", 0, 10)
		if err != nil || len(waiting) == 0 || waiting[0].N != n {
			t.Errorf("%s: %d wait: %v", step, len(waiting), err)
		}
		var took []ledger.Delivery
		for _, r := range waiting {
			took = append(took, ledger.Delivery{N: r.N, Revision: r.Revision})
		}
		if err := l.Acknowledge(ctx, "ix:1", day, took); err != nil {
			t.Fatal(err)
		}
	}
	delivered("stored")
	for _, step := range []struct {
		name string
		do   func() error
		want *job.HandLabel
	}{
		{"labelled", func() error { return l.LabelByHand(ctx, n, byHand) }, byHand},
		{"changed", func() error { storeAll(t, l, day, entry("s", "1", "Senior clerk")); return nil }, byHand},
		{"read anew", func() error { rereadAs(t, l, "f", none); return nil }, byHand},
		{"taken away", func() error { return l.LabelByHand(ctx, n, nil) }, nil},
		{"labelled again", func() error { return l.LabelByHand(ctx, n, byHand) }, byHand},
	} {
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		holds(t, l, "1", step.want)
		holds(t, l, "2", nil)
		delivered(step.name)
	}
	if r := get(t, l, "1"); r.Verdict.Function != "f" || r.Version != 2 {
		t.Errorf("beside it: %+v, version %d", r.Verdict, r.Version)
	}
	if _, _, err := l.Forget(ctx, []string{"1"}); err != nil {
		t.Fatal(err)
	}
	delivered("forgotten")
	if err := l.LabelByHand(ctx, n, byHand); !errors.Is(err, ledger.ErrForgotten) {
		t.Errorf("what was forgotten is labelled: %v", err)
	}
	storeAll(t, l, day, entry("s", "1", "Clerk"))
	holds(t, l, "1", nil)
}

// A label that is given while postings are read anew is not lost.
func labelBesideAReading(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	storeAll(t, a, day, entry("s", "1", "Clerk"))
	n, given := get(t, a, "1").N, false
	changed := rereadAs(t, a, "f", func() {
		if given {
			return
		}
		given = true
		if err := b.LabelByHand(context.WithoutCancel(t.Context()), n, byHand); err != nil {
			t.Error(err)
		}
	})
	r := holds(t, a, "1", byHand)
	if changed != 1 || r.Verdict.Function != "f" {
		t.Errorf("%d changed; %+v", changed, r)
	}
}
