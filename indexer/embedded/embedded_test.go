package embedded

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

func openTest(t *testing.T, docs ...indexer.Document) *Index {
	t.Helper()
	ix, err := Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	if _, err := ix.Deliver(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	return ix
}

func rupees(v int64) *int64 { return &v }

var docs = []indexer.Document{
	{Key: "1", ID: "1", Title: "Telecaller", Description: "Calling customers about loans.", Label: "BPO", Function: "telesales-collections", City: []string{"Pune", "Mumbai"}, Posted: "2026-01-05", PayKind: "offer", PayAnnualLow: rupees(144000), PayAnnualHigh: rupees(180000), Shift: []string{"night"}},
	{Key: "2", ID: "2", Title: "डेटा एंट्री ऑपरेटर", Description: "नौकरियां कानपुर में, ₹15,000 महीना", Label: "BPO", Function: "data-entry-processing", City: []string{"Kanpur"}, Posted: "2026-01-07"},
	{Key: "3", ID: "3", Title: "Data analyst", Description: "You call no customer; loan data only.", Label: "KPO", Function: "data-analytics", City: []string{"Pune"}, Posted: "2026-01-06", PayKind: "offer", PayAnnualLow: rupees(600000)},
}

func ids(a *indexer.Answer) []string {
	out := []string{}
	for _, h := range a.Hits {
		out = append(out, h.ID)
	}
	return out
}

func TestSearch(t *testing.T) {
	ix := openTest(t, docs...)
	tests := []struct {
		name, query string
		filters     map[string][]string
		change      func(*indexer.Query)
		want        []string
	}{
		{name: "everything, newest first", want: []string{"2", "3", "1"}},
		{name: "stems", query: "call loan", want: []string{"1", "3"}},
		{name: "all words", query: "call loan analyst", want: []string{"3"}},
		{name: "phrase", query: `"loan data"`, want: []string{"3"}},
		{name: "excluded", query: "loan -analyst", want: []string{"1"}},
		{name: "only excluded", query: "-loan", want: []string{"2"}},
		{name: "Hindi variants", query: "डाटा एन्ट्री", want: []string{"2"}},
		{name: "Hindi stems", query: "नौकरी", want: []string{"2"}},
		{name: "numbers", query: "१५०००", want: []string{"2"}},
		{name: "filter", filters: map[string][]string{"city": {"Pune"}}, want: []string{"3", "1"}},
		{name: "two filters", filters: map[string][]string{"city": {"Pune"}, "label": {"BPO"}}, want: []string{"1"}},
		{name: "one of two", filters: map[string][]string{"city": {"Kanpur", "Mumbai"}}, want: []string{"2", "1"}},
		{name: "pay at least", change: func(q *indexer.Query) { q.PayLeast = 200000 }, want: []string{"3"}},
		{name: "pay at most", change: func(q *indexer.Query) { q.PayMost = 200000 }, want: []string{"1"}},
		{name: "since", change: func(q *indexer.Query) { q.Since = "2026-01-06" }, want: []string{"2", "3"}},
		{name: "until", change: func(q *indexer.Query) { q.Until = "2026-01-06" }, want: []string{"3", "1"}},
		{name: "operators are words", query: "loan OR +city:Pune", want: []string{}},
	}
	for _, tt := range tests {
		terms, err := indexer.ParseTerms(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		q := indexer.Query{Terms: terms, Filters: tt.filters, Limit: 10}
		if tt.change != nil {
			tt.change(&q)
		}
		a, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(a); !cmp.Equal(tt.want, got) || a.Total != len(tt.want) {
			t.Errorf("%s: %v of %d, want %v", tt.name, got, a.Total, tt.want)
		}
	}
	if _, err := ix.Search(t.Context(), indexer.Query{Filters: map[string][]string{"planet": {"Mars"}}}); err == nil || !strings.Contains(err.Error(), "unknown filter") {
		t.Errorf("unknown filter: %v", err)
	}
}

func TestFacetsAndHighlights(t *testing.T) {
	ix := openTest(t, docs...)
	a, err := ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{{Words: []string{"customer"}}}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]indexer.Count{{Value: "Pune", Count: 2}, {Value: "Mumbai", Count: 1}}, a.Facets["city"]); diff != "" {
		t.Error(diff)
	}
	i := slices.IndexFunc(a.Hits, func(h indexer.Hit) bool { return h.ID == "1" })
	f := a.Hits[i].Highlights["description"][0]
	if got := f.Text[f.Spans[0][0]:f.Spans[0][1]]; got != "customers" {
		t.Errorf("highlighted %q", got)
	}
}

func TestDeliverReplacesAndRemoves(t *testing.T) {
	ix := openTest(t, docs...)
	changed := docs[0]
	changed.Title = "Typist"
	gone := indexer.Document{Key: "2", Gone: true}
	if _, err := ix.Deliver(t.Context(), []indexer.Document{changed, gone, {Key: "not there", Gone: true}}); err != nil {
		t.Fatal(err)
	}
	n, err := ix.Count(t.Context())
	if err != nil || n != 2 {
		t.Errorf("%d documents: %v", n, err)
	}
	a, err := ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{{Words: []string{"typist"}}}, Limit: 1})
	if err != nil || a.Total != 1 {
		t.Errorf("%+v: %v", a, err)
	}
}

func TestBrokenIndexIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	open := func() string {
		t.Helper()
		ix, err := Open(dir, log)
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		return ix.Target()
	}
	first := open()
	if again := open(); again != first {
		t.Errorf("opened again it is %s, was %s", again, first)
	}
	if err := os.WriteFile(filepath.Join(dir, FolderName, "index_meta.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := open()
	if second == first {
		t.Error("a broken index kept its target")
	}
	if err := os.RemoveAll(filepath.Join(dir, FolderName, "store")); err != nil {
		t.Fatal(err)
	}
	if third := open(); third == second {
		t.Error("an index without its store kept its target")
	}
}
