package desk

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/embedded"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// whereTexts are conditions of each kind; each lets some of the sample board pass and
// some not.
var whereTexts = []string{
	"city in (Poona, Bombay) and pay >= 15000/month", "pay > 3 LPA", "pay <= 20000/month", "pay is known", "not pay is known",
	"pay = 2-3 LPA or pay = 25000/month", "experience >= 2", "experience < 1", "experience is unknown", "experience = 0-2",
	"openings > 5", "openings is unknown", "openings in (1, 2-10)", "posted is known", "posted >= 2026-10-15",
	"first_seen < 2026-11-10", "closed is known", "closed >= 2026-12-10", "closed < 2026-12-05 or closed = 2026-12-13",
	"not closed > 2026-12-15", "shift is known", "shift is unknown and not label = BPO", "city is known", "place is unknown",
	"place = Karnataka or place = Maharashtra", "label = BPO or label = KPO", "label not in (BPO, KPO)",
	"label != UNCLASSIFIED and not (city = Pune or mode = remote)", "education is known and (label = kpo or pay > 1.5 lakh)",
	"source = a", "languages is known", "company is known", "not (not (label = BPO))",
	"(label = BPO and (city = Pune or (pay >= 2 LPA and not shift is known))) or (label = KPO and outsourced = no)",
}

// TestWhereIsTheIndex asks the embedded index and documents themselves for conditions,
// and wants the same.
func TestWhereIsTheIndex(t *testing.T) {
	docs := boardDocuments(t)
	ix, err := embedded.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}()
	conformance.Deliver(t, ix, docs)
	conformance.Orders(t, ix, docs)
	for _, text := range whereTexts {
		f := &filter.Filter{Where: []string{text}}
		q, err := f.Query()
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		conformance.Agree(t, ix, docs, &q)
		passed := 0
		for i := range docs {
			if f.Match(&docs[i]) {
				passed++
			}
		}
		if passed == 0 || passed == len(docs) && !strings.HasSuffix(text, "is known") {
			t.Errorf("%s lets %d of %d pass", text, passed, len(docs))
		}
	}
}

// TestWhereOnEveryPath asks the ledger and the index, alone and with words, and wants
// the same postings in an export and in a table.
func TestWhereOnEveryPath(t *testing.T) {
	d := testDesk(t, texts...)
	deliver(t, d)
	for where, want := range map[string][]string{
		"label = BPO":                          {"acme/a1", "other/a1"},
		"label = BPO or label = KPO":           {"acme/a1", "acme/a2", "other/a1"},
		"label in (BPO, KPO) and not city = X": {"acme/a1", "acme/a2", "other/a1"},
		"label is known and source = other":    {"other/a1", "other/b1"},
		"openings is known":                    {},
	} {
		for _, words := range []string{"", "-astronaut"} {
			f := &filter.Filter{Where: []string{where}, Text: words}
			for _, from := range []Origin{FromLedger, FromIndex} {
				keys, _ := exportedKeys(t, d, f, from)
				slices.Sort(keys)
				if diff := cmp.Diff(want, keys); diff != "" {
					t.Errorf("%s %s from the %s (-want +got):\n%s", where, words, from, diff)
				}
				table, err := d.Table(t.Context(), report.NewPay(report.Options{Period: job.PerMonth}), Counted{Filter: f, From: from}, never)
				if err != nil || table.Postings != len(want) {
					t.Errorf("%s: the table from the %s counts %d: %v", where, from, table.Postings, err)
				}
			}
			if m, err := d.Relabelled(t.Context(), f, 1, never); err != nil || m.Postings != len(want) {
				t.Errorf("%s: %d would be read again: %v", where, m.Postings, err)
			}
		}
	}
}

// TestTwoLabels wants a filter of two labels to let both pass, and a table by label to
// keep them apart.
func TestTwoLabels(t *testing.T) {
	d := testDesk(t, texts...)
	f := &filter.Filter{Is: map[string][]string{"label": {"BPO", "KPO"}}}
	table, err := d.Table(t.Context(), report.NewPay(report.Options{By: []string{"label"}, Period: job.PerMonth}), Counted{Filter: f, From: FromLedger}, never)
	if err != nil || len(table.Rows) != 2 || table.Postings != 3 {
		t.Fatalf("%+v: %v", table, err)
	}
	if got := slices.Concat(table.Rows[0][:2], table.Rows[1][:2]); !slices.Equal(got, []any{"BPO", 2, "KPO", 1}) {
		t.Errorf("%v", got)
	}
}

// TestAbsent wants values that no posting has to be told, with what may be meant.
func TestAbsent(t *testing.T) {
	d := testDesk(t, texts...)
	f := &filter.Filter{
		Is: map[string][]string{"city": {"Pune", "Punee"}, "label": {"BPO"}}, Where: []string{"company = nobody or city = Kochi"},
	}
	absent, err := d.Absent(t.Context(), f)
	want := []Absent{{"company", "nobody", ""}, {"city", "Kochi", ""}, {"city", "Punee", "Pune"}}
	if diff := cmp.Diff(want, absent); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if absent, err := d.Absent(t.Context(), &filter.Filter{Is: map[string][]string{"label": {"KPO"}}}); len(absent) > 0 || err != nil {
		t.Errorf("%+v %v", absent, err)
	}
}

// TestForgetPassing wants exactly what passes to be forgotten, and nothing for the
// empty filter.
func TestForgetPassing(t *testing.T) {
	d := testDesk(t, texts...)
	deliver(t, d)
	forget := func(f *filter.Filter) (n int, err error) {
		write(t, d, func(l *ledger.Ledger) error {
			n, err = d.ForgetPassing(t.Context(), l, f, never)
			return nil
		})
		return n, err
	}
	if n, err := forget(new(filter.Filter)); n != 0 || err == nil {
		t.Fatalf("the empty filter forgets %d: %v", n, err)
	}
	f := &filter.Filter{Where: []string{"label = BPO and source = other"}}
	var shown []string
	_, err := d.Forgettable(t.Context(), nil, f, never, func(r *ledger.Record) error {
		shown = append(shown, r.Key)
		return nil
	})
	if err != nil || !slices.Equal(shown, []string{"other/a1"}) {
		t.Fatalf("%q: %v", shown, err)
	}
	if n, err := forget(f); n != 1 || err != nil {
		t.Fatalf("forgot %d: %v", n, err)
	}
	keys, _ := exportedKeys(t, d, new(filter.Filter), FromLedger)
	if !slices.Equal(keys, []string{"acme/a1", "acme/a2", "other/b1"}) {
		t.Errorf("%q are left", keys)
	}
	unknown, err := d.Forgettable(t.Context(), []string{"a2", "zz"}, nil, never, func(*ledger.Record) error { return nil })
	if err != nil || !slices.Equal(unknown, []string{"zz"}) {
		t.Errorf("unknown: %q %v", unknown, err)
	}
}
