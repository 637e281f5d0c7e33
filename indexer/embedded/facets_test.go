package embedded

import (
	"fmt"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// TestFacetsAgree wants the same facets of all documents and of some from lists of
// documents as from the documents, after documents were replaced and deleted.
func TestFacetsAgree(t *testing.T) {
	ix := openNew(t)
	deliver := func(docs ...indexer.Document) {
		t.Helper()
		if _, err := ix.Deliver(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
	}
	label := func(i int) string { return []string{"BPO", "KPO", "UNCLASSIFIED"}[i%3] }
	for batch := range 5 {
		var docs []indexer.Document
		for i := batch * 40; i < batch*40+60; i++ { // a third of each batch is replaced by the next
			docs = append(docs, indexer.Document{
				Key: fmt.Sprint(i), Label: label(i + batch), City: []string{"Pune", "Delhi"}[i%2:], Source: "s",
			})
		}
		deliver(docs...)
	}
	deliver(indexer.Document{Key: "7", Gone: true}, indexer.Document{Key: "100", Gone: true})
	for name, q := range map[string]indexer.Query{
		"all": {}, "a label": {Filters: map[string][]string{"label": {"KPO"}}},
		"all but a label": {Not: map[string][]string{"label": {"KPO"}}},
		"none":            {Filters: map[string][]string{"label": {"nothing"}}},
	} {
		t.Run(name, func(t *testing.T) {
			err := ix.read(func(r index.IndexReader) error {
				snapshot := r.(*scorch.IndexSnapshot)
				count := func(count func(*facetCounter) error, q indexer.Query) (facets, *facetCounter) {
					c, err := ix.facetCounter(t.Context(), snapshot, &q, q.Facets())
					if err != nil {
						t.Fatal(err)
					}
					if err := count(c); err != nil {
						t.Fatal(err)
					}
					return c.most(), c
				}
				lists, _ := count((*facetCounter).lists, q)
				one := q
				if q.All() { // one by one, where they are named
					one.Not = map[string][]string{"label": {"nothing"}}
				}
				each, c := count((*facetCounter).each, one)
				if diff := cmp.Diff(each, lists); diff != "" {
					t.Errorf("(-one by one +lists):\n%s", diff)
				}
				if c.fewer(1_000_000) || !c.fewer(0) {
					t.Error("expected few documents to be looked at one by one, and many not")
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFacetsOfMerged wants values counted in a segment that was merged out of others, where
// one of them stands in one document.
func TestFacetsOfMerged(t *testing.T) {
	ix := openNew(t)
	const batches, each = 6, 10
	for batch := range batches {
		var docs []indexer.Document
		for i := range each {
			docs = append(docs, indexer.Document{Key: fmt.Sprint(batch, "-", i), Label: "BPO", City: []string{"Pune"}})
		}
		docs[0].City = []string{[]string{"Agra", "Pune"}[min(batch, 1)]}
		if _, err := ix.Deliver(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
	}
	inner, err := ix.bleve.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	if err := inner.(*scorch.Scorch).ForceMerge(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	a, err := ix.Search(t.Context(), indexer.Query{})
	if err != nil {
		t.Fatal(err)
	}
	want := []indexer.Count{{Value: "Pune", Count: batches*each - 1}, {Value: "Agra", Count: 1}}
	if diff := cmp.Diff(want, a.Facets["city"]); diff != "" {
		t.Error(diff)
	}
}
