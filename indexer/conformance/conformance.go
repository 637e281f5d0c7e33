// Package conformance is the suite that every index backend passes: the same
// documents and the same queries give the same answers.
package conformance

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/job"
)

func rupees(v int64) *int64 { return &v }

func posts(n int) *int { return &n }

func years(v float64) *float64 { return &v }

// Documents are what the suite searches.
func Documents() []indexer.Document {
	docs := []indexer.Document{
		{
			Key: "1", Title: "Telecaller", Description: "Calling customers about loans.", Label: "BPO", Function: "telesales-collections", City: []string{"Pune", "Mumbai"}, State: []string{"Maharashtra"},
			Country: []string{"IN"}, Posted: "2026-01-05", PostedMonth: "2026-01", PayKind: "offer", PayAnnualLow: rupees(144000), PayAnnualHigh: rupees(180000), Shift: []string{"night", "us"}, Source: "a", Outsourced: true, Criteria: []string{"D3-front-office", "D11-shift-work"},
		},
		{Key: "2", Title: "डेटा एंट्री ऑपरेटर", Description: "नौकरियां कानपुर में, ₹15,000 महीना", Label: "BPO", Function: "data-entry-processing", City: []string{"Kanpur"}, Posted: "2026-01-07", PostedMonth: "2026-01", Source: "b", Language: "hi"},
		{Key: "3", Title: "Data analyst", Description: "You call no customer; loan data only.", Label: "KPO", Function: "data-analytics", City: []string{"Pune"}, Posted: "2026-01-06", PostedMonth: "2026-01", PayKind: "offer", PayAnnualLow: rupees(600000), Source: "a", Mode: "remote"},
		{Key: "4 ?/#é\"", Title: "BackOffice – Voice process", Company: "Acme & Sons", Location: "Chennai", Skills: "MS Excel, 2.5 years", Label: "BPO", Function: "back-office", Source: "b", PayKind: "offer", PayAnnualHigh: rupees(240000), PaySuspect: true},
		{Key: "5", Title: "Cook", Description: "<script>alert(1)</script> \u202e \x00 =1+1", Label: "UNCLASSIFIED", Function: "none", Source: "b", PayKind: "offer", PayAnnualHigh: rupees(120000), FirstSeen: "2026-01-01"},
	}
	docs[0].ExperienceMin, docs[0].ExperienceMax = years(0), years(0.1)
	docs[1].ExperienceMin = years(5)
	docs[2].ExperienceMin, docs[2].ExperienceMax = years(2), years(5)
	docs[4].ExperienceMax = years(1)
	docs[4].PostedLatest, docs[4].PostedHow = "2026-01-06", string(job.DateBounded)
	docs[0].Openings, docs[2].Openings = posts(30), posts(1)
	docs[0].PostingState, docs[0].Closed = string(job.StateClosed), "2026-02-01"
	docs[1].PostingState, docs[2].PostingState = string(job.StateOpen), string(job.StateUnknown)
	for i := range docs {
		docs[i].ID, docs[i].Revision, docs[i].SchemaVersion = docs[i].Key, 1, indexer.SchemaVersion
		docs[i].FirstSeen = fmt.Sprintf("2026-01-0%d", i+1)
		docs[i].Detail = indexer.Detail{Facts: job.Facts{Language: job.English}, Pay: job.Pay{Kind: job.PayKind(docs[i].PayKind)}}
	}
	return docs
}

// Run runs the suite on an empty index.
func Run(t *testing.T, ix indexer.Index) {
	t.Helper()
	Deliver(t, ix, Documents())
	t.Run("search", func(t *testing.T) { search(t, ix) })
	t.Run("agreement", func(t *testing.T) { agreement(t, ix) })
	t.Run("orders", func(t *testing.T) { Orders(t, ix, Documents()) })
	t.Run("facets", func(t *testing.T) { facets(t, ix) })
	t.Run("highlights", func(t *testing.T) { highlights(t, ix) })
	t.Run("pages", func(t *testing.T) { pages(t, ix) })
	t.Run("each", func(t *testing.T) { each(t, ix) })
	t.Run("versions", func(t *testing.T) { versions(t, ix) })
	t.Run("tables", func(t *testing.T) { tables(t, ix) })
	t.Run("replace and remove", func(t *testing.T) { replace(t, ix) })
}

// Deliver delivers documents, all of which the index must take.
func Deliver(t *testing.T, ix indexer.Index, docs []indexer.Document) {
	t.Helper()
	acks, err := ix.Deliver(t.Context(), docs)
	if err != nil || len(acks) != len(docs) {
		t.Fatalf("%d acknowledgements of %d: %v", len(acks), len(docs), err)
	}
	for i, a := range acks {
		if !a.Delivered || a.Refused != "" {
			t.Fatalf("document %s: %+v", docs[i].Key, a)
		}
	}
	if n, err := ix.Count(t.Context()); err != nil || n == 0 { // an index may show documents only when it is asked
		t.Fatalf("%d documents: %v", n, err)
	}
}

func facets(t *testing.T, ix indexer.Index) {
	a, err := ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{{Words: []string{"customer"}}}, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]indexer.Count{
		"city": {{Value: "Pune", Count: 2}, {Value: "Mumbai", Count: 1}}, "outsourced": {{Value: "false", Count: 1}, {Value: "true", Count: 1}},
		"label": {{Value: "BPO", Count: 1}, {Value: "KPO", Count: 1}}, "education": {}, "posted_month": {{Value: "2026-01", Count: 2}},
	} {
		if diff := cmp.Diff(want, a.Facets[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	a, err = ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{word("customer")}, Uncounted: true})
	if err != nil || a.Total != 2 || len(a.Facets) != 0 {
		t.Errorf("uncounted: %d found, %d facets: %v", a.Total, len(a.Facets), err)
	}
}

func highlights(t *testing.T, ix indexer.Index) {
	a, err := ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{{Words: []string{"customer"}}, {Words: []string{"analyst"}}}, Limit: 1})
	if err != nil || len(a.Hits) != 1 {
		t.Fatalf("%d hits: %v", len(a.Hits), err)
	}
	want := map[string][]indexer.Fragment{
		"title":       {{Text: "Data analyst", Spans: [][2]int{{5, 12}}}},
		"description": {{Text: "You call no customer; loan data only.", Spans: [][2]int{{12, 20}}}},
	}
	if diff := cmp.Diff(want, a.Hits[0].Highlights); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func pages(t *testing.T, ix indexer.Index) {
	var got []string
	for offset := 0; offset < 6; offset += 2 {
		a, err := ix.Search(t.Context(), indexer.Query{Limit: 2, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range a.Hits {
			got = append(got, h.ID)
		}
	}
	if diff := cmp.Diff(Cases[0].Want, got); diff != "" {
		t.Error(diff)
	}
}

// each reads all documents in their order, which is that of their ids and not of
// their keys.
func each(t *testing.T, ix indexer.Index) {
	odd := []indexer.Document{
		{Key: "a/6", ID: "6", Revision: 1, FirstSeen: "2026-01-09"}, {Key: "z/0", ID: "0", Revision: 1, FirstSeen: "2026-01-09"},
	}
	Deliver(t, ix, odd)
	defer func() {
		for i := range odd {
			odd[i] = indexer.Document{Key: odd[i].Key, Revision: 2, Gone: true}
		}
		Deliver(t, ix, odd)
	}()
	var got []indexer.Document
	err := ix.Each(t.Context(), func(d *indexer.Document) error {
		got = append(got, *d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Documents()
	for i := range want {
		want[i].Revision = 0 // it is not in the document
	}
	first := indexer.Document{Key: "z/0", ID: "0", FirstSeen: "2026-01-09"}
	last := indexer.Document{Key: "a/6", ID: "6", FirstSeen: "2026-01-09"}
	want = append(append([]indexer.Document{first}, want...), last)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	stop := fmt.Errorf("stop")
	if err := ix.Each(t.Context(), func(*indexer.Document) error { return stop }); err == nil {
		t.Error("an error of the caller is lost")
	}
	if err := ix.Each(canceled(t), func(*indexer.Document) error { return nil }); err == nil {
		t.Error("a canceled reading succeeds")
	}
}

func versions(t *testing.T, ix indexer.Index) {
	want, got := map[string]int64{}, map[string]int64{}
	for _, d := range Documents() {
		want[d.Key] = d.Revision
	}
	err := ix.EachVersion(t.Context(), func(key string, version int64) error {
		got[key] = version
		return nil
	})
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := ix.EachVersion(t.Context(), func(string, int64) error { return errors.New("stop") }); err == nil {
		t.Error("an error of the caller is lost")
	}
}

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func replace(t *testing.T, ix indexer.Index) {
	changed := Documents()[0]
	changed.Title, changed.Revision = "Typist", 2
	gone := indexer.Document{Key: "2", Revision: 2, Gone: true}
	never := indexer.Document{Key: "never there", Revision: 1, Gone: true}
	Deliver(t, ix, []indexer.Document{changed, gone, never})
	n, err := ix.Count(t.Context())
	if err != nil || n != 4 {
		t.Errorf("%d documents, want 4: %v", n, err)
	}
	a, err := ix.Search(t.Context(), indexer.Query{Terms: []indexer.Term{{Words: []string{"typist"}}}, Limit: 1})
	if err != nil || a.Total != 1 {
		t.Errorf("%+v: %v", a, err)
	}
}
