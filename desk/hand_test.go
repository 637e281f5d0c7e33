package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

func TestHandLabel(t *testing.T) {
	d := testDesk(t)
	for name, c := range map[string]struct {
		label, function string
		want            job.HandLabel
		fault           string
	}{
		"a label":              {"bpo", "", job.HandLabel{Label: job.BPO}, ""},
		"and a function":       {"KPO", "Market-Business-Research", job.HandLabel{Label: job.KPO, Function: "market-business-research"}, ""},
		"no function":          {"KPO", "none", job.HandLabel{Label: job.KPO, Function: job.FunctionNone}, ""},
		"no label":             {"UNCLASSIFIED", "none", job.HandLabel{Label: job.Unclassified, Function: job.FunctionNone}, ""},
		"a typing error":       {"BPOO", "", job.HandLabel{}, `unknown label "BPOO"; expected one of BPO, KPO, UNCLASSIFIED; did you mean "BPO"?`},
		"of a function":        {"KPO", "market-business-reserch", job.HandLabel{}, `did you mean "market-business-research"?`},
		"another's function":   {"KPO", "data-entry-processing", job.HandLabel{}, `"data-entry-processing" belongs to BPO, not to KPO`},
		"a function of no one": {"UNCLASSIFIED", "data-entry-processing", job.HandLabel{}, "belongs to BPO, not to UNCLASSIFIED"},
	} {
		got, err := d.HandLabel(c.label, c.function)
		if c.fault != "" {
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s: %v, want %s", name, err, c.fault)
			}
			continue
		}
		if diff := cmp.Diff(&c.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// byHand labels a posting by hand, or takes that away, and gives its record.
func byHand(t *testing.T, d *Desk, name string, hand *job.HandLabel) (r *ledger.Record, changed bool) {
	t.Helper()
	write(t, d, func(l *ledger.Ledger) (err error) {
		r, changed, err = d.Label(t.Context(), l, name, hand)
		return err
	})
	return r, changed
}

func TestLabelChoosesTheFunction(t *testing.T) {
	d := testDesk(t, texts...)
	r, err := d.Labelled(t.Context(), "acme/a1")
	if err != nil || r.Hand != nil || r.Verdict.Label != job.BPO || r.Verdict.Function == job.FunctionNone {
		t.Fatalf("%+v: %v", r, err)
	}
	for _, c := range []struct {
		given job.HandLabel
		want  job.Function
	}{
		{job.HandLabel{Label: job.BPO}, r.Verdict.Function}, {job.HandLabel{Label: job.KPO}, job.FunctionNone},
		{job.HandLabel{Label: job.KPO, Function: "market-business-research"}, "market-business-research"},
		{job.HandLabel{Label: job.Unclassified}, job.FunctionNone},
	} {
		got, changed := byHand(t, d, "acme/a1", &c.given)
		if !changed || got.Hand.Label != c.given.Label || got.Hand.Function != c.want {
			t.Errorf("%+v: %+v, want %s", c.given, got.Hand, c.want)
		}
		stored, err := d.Labelled(t.Context(), "acme/a1")
		if diff := cmp.Diff(got, stored); err != nil || diff != "" {
			t.Errorf("stored otherwise: %v %s", err, diff)
		}
	}
	for _, want := range []bool{true, false} {
		if got, changed := byHand(t, d, "acme/a1", nil); changed != want || got.Hand != nil {
			t.Errorf("taken away: %v, %+v", changed, got.Hand)
		}
	}
}

func TestLabelOfNoneAndOfSeveral(t *testing.T) {
	d := testDesk(t, texts...)
	if r, changed := byHand(t, d, "nothing", &job.HandLabel{Label: job.BPO}); r != nil || changed {
		t.Errorf("%+v", r)
	}
	var several *SeveralError
	if _, err := d.Labelled(t.Context(), "a1"); !errors.As(err, &several) ||
		!slices.Equal(several.Names, []string{"acme/a1", "other/a1"}) {
		t.Errorf("%v", err)
	}
}

// labelledDesk has the telecaller labelled by hand, and everything delivered.
func labelledDesk(t *testing.T) *Desk {
	d := testDesk(t, texts...)
	deliver(t, d)
	byHand(t, d, "acme/a1", &job.HandLabel{
		Label: job.KPO, Function: "market-business-research", Because: "it surveys", At: time.Unix(1_790_000_000, 0).UTC(), By: "asha",
	})
	write(t, d, func(l *ledger.Ledger) error {
		counts, err := d.Index.Sync(t.Context(), l, nil)
		if counts.Waiting > 0 || counts.Delivered != len(texts) {
			t.Errorf("%+v", counts)
		}
		return err
	})
	return d
}

// TestByHandIsMarked looks for the label by hand, and the rules' beside it, wherever
// postings leave.
func TestByHandIsMarked(t *testing.T) {
	d := labelledDesk(t)
	f := &filter.Filter{Is: map[string][]string{"labelled_by": {"hand"}}}
	for _, from := range []Origin{FromLedger, FromIndex} {
		var got []Exported
		err := d.Export(t.Context(), f, from, never, func(e Exported) error { got = append(got, e); return nil })
		if err != nil || len(got) != 1 {
			t.Fatalf("%d from the %s: %v", len(got), from, err)
		}
		e := got[0]
		if e.ID != "a1" || e.Label != job.KPO || e.Function != "market-business-research" || e.LabelledBy != job.ByHand ||
			e.Hand == nil || e.Hand.Because != "it surveys" || e.Verdict.Label != job.BPO || len(e.Verdict.Evidence) == 0 {
			t.Errorf("from the %s: %+v", from, e)
		}
		table, err := d.Table(t.Context(), report.NewPay(report.Options{By: []string{"label", "labelled_by"}}), Counted{Filter: f, From: from}, never)
		if err != nil || !slices.Equal(table.Rows[0][:3], []any{"KPO", "hand", 1}) {
			t.Errorf("from the %s: %v: %v", from, table.Rows, err)
		}
	}
	err := d.Documents(t.Context(), f, FromLedger, never, func(doc *indexer.Document) error {
		row, columns := Row(indexer.Fields, doc), Columns(indexer.Fields)
		for name, want := range map[string]string{
			"label": "KPO", "labelled_by": "hand", "labelled_because": "it surveys", "rules_label": "BPO",
		} {
			if got := row[slices.Index(columns, name)]; got != want {
				t.Errorf("column %s: %q, want %q", name, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	found, err := d.Search(t.Context(), &filter.Filter{Is: map[string][]string{"label": {"KPO"}}}, Page{Limit: 5}, time.Second)
	if err != nil || found.Total != 2 {
		t.Fatalf("%+v: %v", found, err)
	}
	want := []indexer.Count{{Value: "hand", Count: 1}, {Value: "rules", Count: 1}}
	if diff := cmp.Diff(want, found.Facets["labelled_by"]); diff != "" {
		t.Error(diff)
	}
	for _, h := range found.Hits {
		if want := map[string]job.Labeller{"a1": job.ByHand, "a2": job.ByRules}[h.ID]; h.LabelledBy != want {
			t.Errorf("%s is labelled by %s", h.ID, h.LabelledBy)
		}
	}
	counts, err := d.Labels(t.Context())
	if err != nil || counts[0].Postings != 1 || counts[1].Postings != 2 || counts[1].ByFunction["market-business-research"] != 1 {
		t.Errorf("%+v: %v", counts, err)
	}
}

// TestRelabelLeavesLabelsByHand has a posting that was read by other rules, and
// labelled by hand.
func TestRelabelLeavesLabelsByHand(t *testing.T) {
	d := testDesk(t, texts...)
	write(t, d, func(l *ledger.Ledger) error {
		r := ledger.Reading{Verdict: job.Verdict{Label: job.KPO, Criteria: []string{}, Evidence: []job.Evidence{}}}
		wrong := job.Posting{ID: "w", Source: "acme", Title: "Telecaller"}
		_, err := l.Store(t.Context(), nil, []ledger.Entry{{Posting: wrong, Seen: time.Now(), Reading: &r}})
		return err
	})
	byHand(t, d, "w", &job.HandLabel{Label: job.Unclassified, Because: "no work is named"})
	check := func(m *Impact, err error) {
		t.Helper()
		if err != nil || m.Postings != len(texts)+1 || m.Changed != 0 || m.ByHand != 1 {
			t.Errorf("%+v: %v", m, err)
		}
	}
	check(d.Relabelled(t.Context(), all, 1, never))
	write(t, d, func(l *ledger.Ledger) error {
		n, m, err := d.Relabel(t.Context(), l, all, 1, never)
		check(m, err)
		if n != 1 {
			t.Errorf("%d readings stored, want 1", n)
		}
		return nil
	})
	r, err := d.Labelled(t.Context(), "w")
	if err != nil || r.Hand == nil || r.Hand.Label != job.Unclassified || r.Verdict.Label != job.BPO {
		t.Errorf("%+v: %v", r, err)
	}
	f := &filter.Filter{Is: map[string][]string{"labelled_by": {"rules"}}}
	m, err := d.Relabelled(t.Context(), f, 1, func(chosen.Lack) { t.Error("the index is asked") })
	if err != nil || m.Postings != len(texts) || m.ByHand != 0 {
		t.Errorf("those by the rules: %+v: %v", m, err)
	}
}
