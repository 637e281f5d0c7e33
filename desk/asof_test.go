package desk

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// pastDesk has a posting that changes its label on the fourth day, one that is read by
// other rules, and one that comes on the fourth day.
func pastDesk(t *testing.T) *Desk {
	t.Helper()
	first := texts[0]
	first.Posted = "2 days ago"
	d := testDesk(t, first, texts[2])
	reader, err := d.Reader()
	if err != nil {
		t.Fatal(err)
	}
	other := texts[1]
	other.ID = first.ID
	write(t, d, func(l *ledger.Ledger) error {
		var entries []ledger.Entry
		for _, p := range []job.Posting{other, texts[3]} {
			reading := reader.Read(&p)
			entries = append(entries, ledger.Entry{Posting: p, Seen: dayOfTest(3), Reading: &reading})
		}
		if _, err := l.Store(t.Context(), nil, entries); err != nil {
			return err
		}
		_, err := l.Reread(t.Context(), dayOfTest(4), func(batch []*ledger.Record) ([]ledger.Reading, error) {
			out := make([]ledger.Reading, len(batch))
			for i, r := range batch {
				if out[i] = r.Reading; r.Posting.Title == "Cook" {
					out[i].Verdict.Label, out[i].Verdict.RulesVersion = job.BPO, "other"
				}
			}
			return out, nil
		}, nil)
		return err
	})
	return d
}

func dayOfTest(n int) time.Time { return time.Unix(1_790_000_000, 0).AddDate(0, 0, n) }

// countedAsOf gives the CSV of the labels at the end of a day.
func countedAsOf(t *testing.T, d *Desk, which *filter.Filter, day string) []string {
	t.Helper()
	table, err := d.Table(t.Context(), report.NewCount("label"), Counted{Filter: which, From: FromLedger, AsOf: day}, never)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := table.CSV(&b, false); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")[1:]
}

func TestAsOf(t *testing.T) {
	d := pastDesk(t)
	pune := &filter.Filter{Is: map[string][]string{"city": {"Pune"}}}
	for day, want := range map[int][]string{
		-1: {"total,0,0,0.0000"},
		0:  {"BPO,1,1,0.5000", "UNCLASSIFIED,1,1,0.5000", "total,2,2,1.0000"},
		2:  {"BPO,1,1,0.5000", "UNCLASSIFIED,1,1,0.5000", "total,2,2,1.0000"},
		3:  {"BPO,1,1,0.3333", "KPO,1,1,0.3333", "UNCLASSIFIED,1,1,0.3333", "total,3,3,1.0000"},
		90: {"BPO,1,1,0.3333", "KPO,1,1,0.3333", "UNCLASSIFIED,1,1,0.3333", "total,3,3,1.0000"},
	} {
		if diff := cmp.Diff(want, countedAsOf(t, d, &filter.Filter{}, dayOf(dayOfTest(day)))); diff != "" {
			t.Errorf("day %d (-want +got):\n%s", day, diff)
		}
	}
	if diff := cmp.Diff([]string{"BPO,1,1,1.0000", "total,1,1,1.0000"}, countedAsOf(t, d, pune, dayOf(dayOfTest(1)))); diff != "" {
		t.Errorf("in Pune (-want +got):\n%s", diff)
	}
	var got []string
	record := func(r *ledger.Record) error {
		got = append(got, strings.Join([]string{r.Posting.ID, r.Posting.Source, r.Posting.Title, string(r.Verdict.Label), r.Posted}, "|"))
		return nil
	}
	for _, day := range []int{2, 3} {
		if err := d.RecordsAsOf(t.Context(), &filter.Filter{}, dayOf(dayOfTest(day)), record); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"a1|acme|Telecaller, night shift|BPO|" + dayOf(dayOfTest(-2)), "b1|other|Cook|UNCLASSIFIED|",
		"a1|acme|Equity Research Analyst|KPO|", "a1|other|Data entry operator|BPO|", "b1|other|Cook|UNCLASSIFIED|",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

// TestSearchAsOf wants pages of the postings of a day with the texts of that day, and what
// is closed left out and counted.
func TestSearchAsOf(t *testing.T) {
	d := pastDesk(t)
	titles := func(day int, f *filter.Filter, page Page) (out []string, a *Answer) {
		t.Helper()
		a, err := d.SearchAsOf(t.Context(), f, page, dayOf(dayOfTest(day)))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range a.Hits {
			out = append(out, c.Title)
		}
		return out, a
	}
	none := &filter.Filter{}
	got, a := titles(2, none, Page{Limit: 10})
	if diff := cmp.Diff([]string{"Telecaller, night shift", "Cook"}, got); diff != "" || a.Total != 2 || a.More {
		t.Errorf("%d of %v (-want +got):\n%s", a.Total, a.More, diff)
	}
	_, a = titles(3, none, Page{Limit: 1, Order: indexer.OrderTitle})
	first := a.Hits[0].Hit
	got, a = titles(3, none, Page{Limit: 1, Offset: 1, Order: indexer.OrderTitle})
	if diff := cmp.Diff([]string{"Data entry operator"}, got); diff != "" || a.Total != 3 || !a.More {
		t.Errorf("%d of %v (-want +got):\n%s", a.Total, a.More, diff)
	}
	want := []indexer.Count{{Value: "BPO", Count: 1}, {Value: "KPO", Count: 1}, {Value: "UNCLASSIFIED", Count: 1}}
	if diff := cmp.Diff(want, a.Facets["label"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, _ = titles(3, &filter.Filter{Is: map[string][]string{"label": {"KPO"}}}, Page{Limit: 5}); len(got) != 1 {
		t.Errorf("%q", got)
	}
	rank, err := RankOf(indexer.OrderTitle, &first)
	if err != nil {
		t.Fatal(err)
	}
	got, a = titles(3, none, Page{Limit: 5, Order: indexer.OrderTitle, After: &rank})
	if diff := cmp.Diff([]string{"Data entry operator", "Equity Research Analyst"}, got); diff != "" || a.Total != 3 || a.More {
		t.Errorf("after the first: %d of %v (-want +got):\n%s", a.Total, a.More, diff)
	}
	var of *ParameterError
	if _, err := d.SearchAsOf(t.Context(), none, Page{}, "soon"); !errors.As(err, &of) {
		t.Errorf("no day: %v", err)
	}
}
