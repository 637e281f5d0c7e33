package ledger

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// summaries gives the labels of all postings and who gave them, by their numbers.
func summaries(t *testing.T, l *Ledger) map[int64]string {
	t.Helper()
	out := map[int64]string{}
	err := l.Summaries(t.Context(), func(n int64, s *job.Summary) error {
		label := s.Verdict.Label
		if s.Hand != nil {
			label = "by hand " + s.Hand.Label
		}
		if out[n] != "" {
			t.Errorf("posting %d twice", n)
		}
		out[n] = fmt.Sprintf("%s of %s", label, s.Company)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Summaries follow all that is written, and those that are not kept are made.
func TestSummariesFollowPostings(t *testing.T) {
	ctx := context.WithoutCancel(t.Context())
	l, file := openFile(t, t.TempDir())
	put := func(id, company string, label job.Label) {
		t.Helper()
		p := job.Posting{ID: id, Source: "s", Title: "Telecaller", Company: company}
		e := Entry{Posting: p, Seen: time.UnixMilli(1), Reading: &Reading{Verdict: job.Verdict{Label: label}}}
		if _, err := l.Store(ctx, nil, []Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when string, want map[int64]string) {
		t.Helper()
		if diff := cmp.Diff(want, summaries(t, l)); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	put("1", "Acme", "BPO")
	put("2", "Bolt", "KPO")
	put("3", "Cog", "KPO")
	if err := l.LabelByHand(ctx, 1, &job.HandLabel{Label: "KPO", Because: "it is"}); err != nil {
		t.Fatal(err)
	}
	put("1", "Acme Services", "BPO")
	if _, _, err := l.Forget(ctx, []string{"3"}); err != nil {
		t.Fatal(err)
	}
	want("stored, labelled and forgotten", map[int64]string{1: "by hand KPO of Acme Services", 2: "KPO of Bolt"})
	for _, packed := range []string{"x''", "x'ff00'", "x'01ffff'"} {
		if _, err := file.main.ExecContext(ctx, "UPDATE summary SET packed = "+packed); err != nil {
			t.Fatal(err)
		}
		want(packed, map[int64]string{1: "by hand KPO of Acme Services", 2: "KPO of Bolt"})
	}
	_, err := l.Reread(ctx, time.UnixMilli(2), func(batch []*Record) (out []Reading, err error) {
		for _, r := range batch {
			to := r.Reading
			if r.N == 2 {
				to.Verdict.Label = "BPO"
			}
			out = append(out, to)
		}
		return out, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want("read again", map[int64]string{1: "by hand KPO of Acme Services", 2: "BPO of Bolt"})
	if left := rowsOf(t, file.main, "SELECT n FROM summary WHERE length(packed) < 10"); len(left) > 0 {
		t.Errorf("not kept by it: %v", left)
	}
	if err := l.LabelByHand(ctx, 1, nil); err != nil {
		t.Fatal(err)
	}
	want("its label taken back", map[int64]string{1: "BPO of Acme Services", 2: "BPO of Bolt"})
}
