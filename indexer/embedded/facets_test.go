package embedded

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// TestFacetsOfAllAreKept wants the facets of all documents counted once, and anew after
// a write.
func TestFacetsOfAllAreKept(t *testing.T) {
	ix := openNew(t)
	labels := func(q indexer.Query) []indexer.Count {
		t.Helper()
		a, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return a.Facets["label"]
	}
	deliver := func(docs ...indexer.Document) {
		t.Helper()
		if _, err := ix.Deliver(t.Context(), docs); err != nil {
			t.Fatal(err)
		}
	}
	deliver(indexer.Document{Key: "a", Label: "BPO"}, indexer.Document{Key: "b", Label: "KPO"})
	for range 2 {
		if diff := cmp.Diff([]indexer.Count{{Value: "BPO", Count: 1}, {Value: "KPO", Count: 1}}, labels(indexer.Query{})); diff != "" {
			t.Error(diff)
		}
	}
	if ix.keptFacets() == nil {
		t.Error("the facets of all are not kept")
	}
	if diff := cmp.Diff([]indexer.Count{{Value: "KPO", Count: 1}}, labels(indexer.Query{Filters: map[string][]string{"label": {"KPO"}}})); diff != "" {
		t.Errorf("of some: %s", diff)
	}
	deliver(indexer.Document{Key: "a", Gone: true})
	if diff := cmp.Diff([]indexer.Count{{Value: "KPO", Count: 1}}, labels(indexer.Query{})); diff != "" {
		t.Errorf("after a write: %s", diff)
	}
	ix.keepFacets(facets{}, 0) // counted before that write
	if ix.keptFacets() != nil {
		t.Error("facets of before a write are kept")
	}
}
