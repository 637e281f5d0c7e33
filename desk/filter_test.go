package desk

import (
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/embedded"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/sampleboard"
)

// boardDocuments are those of the sample board, first seen on different days.
func boardDocuments(t *testing.T) []indexer.Document {
	t.Helper()
	postings, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []indexer.Document
	for i := range postings {
		p := postings[i].Job()
		p.ID, p.Source = postings[i].ID, []string{"a", "b"}[i%2]
		seen := time.Date(2026, 11, 1+i%28, 6, 0, 0, 0, time.UTC)
		record := ledger.Record{
			Key: p.ID, Revision: 1, Posting: p, Posted: postings[i].Posted, FirstSeen: seen, Reading: r.Read(&p),
		}
		if i%3 == 0 {
			record.State, record.Closed = job.StateClosed, seen.AddDate(0, 1, 0)
		}
		out = append(out, chosen.DocumentOf(&record))
	}
	return out
}

// TestFilterIsTheIndex asks an index and the filter itself which postings of the
// sample board pass filters that are drawn of what these say.
func TestFilterIsTheIndex(t *testing.T) {
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
	random := rand.New(rand.NewPCG(3, 4))
	passed := 0
	for range 300 {
		f, err := randomFilter(random, docs).Normal(filter.Book{})
		if err != nil {
			t.Fatalf("%v: %v", f, err)
		}
		again, err := filter.Parse(f.Values(), filter.Book{})
		if diff := cmp.Diff(f, again); diff != "" || err != nil {
			t.Fatalf("%s comes back as %s: %v", f.String(), again.String(), err)
		}
		q, err := f.Query()
		if err != nil {
			t.Fatal(err)
		}
		conformance.Agree(t, ix, docs, &q)
		matches, err := f.Matcher()
		if err != nil {
			t.Fatal(err)
		}
		for i := range docs {
			if matches(&docs[i]) {
				passed++
			}
		}
		if t.Failed() {
			t.Fatalf("the filter is %s", f.String())
		}
	}
	if passed < 600 {
		t.Errorf("300 filters let %d postings pass", passed)
	}
}

// randomFilter draws a filter from what documents say.
func randomFilter(random *rand.Rand, docs []indexer.Document) *filter.Filter {
	f := &filter.Filter{}
	f.Is, f.Not = conformance.RandomValues(random, docs, 14, func(f *indexer.Field, d *indexer.Document) (string, []string) {
		return f.Filter, f.Texts(d)
	})
	some := func() *indexer.Document { return &docs[random.IntN(len(docs))] }
	for _, bound := range []func(){
		func() { f.Experience.Least = some().ExperienceMin },
		func() { f.Experience = indexer.Span{Least: new(float64), Most: some().ExperienceMin} },
		func() { _, high, _ := some().Offer(); f.Pay = filter.Pay{Min: float64(high), Period: job.PerYear} },
		func() { low, _, _ := some().Offer(); f.Pay = filter.Pay{Max: float64(low / 12)} },
		func() { f.Posted.Since = some().Posted },
		func() { f.FirstSeen.Until = some().FirstSeen },
	} {
		if random.IntN(8) == 0 {
			bound()
		}
	}
	return f
}
