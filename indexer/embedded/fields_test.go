package embedded

import (
	"errors"
	"log/slog"
	"testing"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
)

// TestNewField opens an index that was made before documents had a field: it is
// made anew, with the field in it.
func TestNewField(t *testing.T) {
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
	before := open()
	today := indexer.Fields
	conformance.WithField(t, indexer.Field{
		Name: "union", Type: indexer.TypeKeyword, Facet: true, Filter: "union",
		Value: func(*indexer.Document) any { return "yes" },
	})
	after := open()
	if after == before {
		t.Fatal("an index without the new field is used as it is")
	}
	ix, err := Open(dir, log)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ix.Deliver(t.Context(), []indexer.Document{{Key: "1", ID: "1"}})
	a, searchErr := ix.Search(t.Context(), indexer.Query{Filters: map[string][]string{"union": {"yes"}}})
	if err := errors.Join(err, searchErr, ix.Close()); err != nil || a.Total != 1 || len(a.Facets["union"]) != 1 {
		t.Errorf("found by the new field: %+v, %v", a, err)
	}
	indexer.Fields = today
	if _, err := Open(dir, log); err == nil {
		t.Error("an earlier program writes documents without the field")
	}
}
