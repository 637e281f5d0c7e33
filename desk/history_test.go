package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// TestHistories has a posting read by other rules, changed, closed and labelled by hand.
func TestHistories(t *testing.T) {
	d := testDesk(t, texts[0])
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	at := func(day int) time.Time { return time.Unix(1_790_000_000, 0).AddDate(0, 0, day) }
	reread := func(l *ledger.Ledger, day int, change func(*ledger.Reading)) error {
		_, err := l.Reread(t.Context(), at(day), func(batch []*ledger.Record) ([]ledger.Reading, error) {
			out := make([]ledger.Reading, len(batch))
			for i, r := range batch {
				out[i] = r.Reading
				change(&out[i])
			}
			return out, nil
		}, nil)
		return err
	}
	changed := texts[0]
	changed.Salary = "20,000 per month"
	write(t, d, func(l *ledger.Ledger) error {
		other := func(r *ledger.Reading) { r.Verdict.Label, r.Verdict.RulesVersion = job.KPO, "old" }
		if err := reread(l, 1, other); err != nil {
			return err
		}
		if err := reread(l, 2, func(r *ledger.Reading) { r.Facts.Mode = "remote" }); err != nil {
			return err
		}
		reading := reader.Read(&changed)
		entries := []ledger.Entry{{Posting: changed, Seen: at(3), Reading: &reading}}
		if _, err := l.Store(t.Context(), nil, entries); err != nil {
			return err
		}
		return l.LabelByHand(t.Context(), 1, &job.HandLabel{Label: job.KPO, Function: "analytics", Because: "so", At: at(4)})
	})
	found, err := d.Histories(t.Context(), "a1", "acme")
	if err != nil || len(found) != 1 {
		t.Fatalf("%+v: %v", found, err)
	}
	type told struct {
		Day     int
		What    string
		Changes []Change
	}
	var got []told
	for _, e := range found[0].Events {
		one := told{Day: int(e.At.Sub(at(0)).Hours() / 24)}
		switch {
		case e.Version != nil:
			one.What, one.Changes = "version", e.Version.Changes
		case e.ReadAnew != nil:
			one.What, one.Changes = "read anew", e.ReadAnew.Changes
		case e.Hand != nil:
			one.What = "by hand"
		}
		got = append(got, one)
	}
	rules := found[0].Record.Verdict.RulesVersion
	want := []told{
		{0, "version", []Change{}},
		{1, "read anew", []Change{{"label", "BPO", "KPO"}, {"rules_version", rules, "old"}}},
		{2, "read anew", nil},
		{3, "version", []Change{{"salary", "12,000 - 15,000 per month", "20,000 per month"}}},
		{4, "by hand", nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if found, err := d.Histories(t.Context(), "a1", "other"); err == nil || len(found) > 0 {
		t.Errorf("of a source that nobody knows: %+v, %v", found, err)
	}
}
