package elastic

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/embedded"
	"jobsieve/internal/estest"
)

func TestMain(m *testing.M) { os.Exit(estest.Main(m)) }

// openTest opens an index of the test's own at the real server.
func openTest(t *testing.T, change func(*Options)) *Index {
	t.Helper()
	url := estest.URL(t)
	opts := Options{URL: url, Alias: estest.Alias(t, url), Stem: embedded.Stem}
	if change != nil {
		change(&opts)
	}
	ix, err := Open(t.Context(), opts, true)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func TestConformance(t *testing.T) { conformance.Run(t, openTest(t, nil)) }

func TestOlderNeverReplacesNewer(t *testing.T) {
	ix := openTest(t, nil)
	doc := conformance.Documents()[0]
	doc.Revision = 5
	newer := doc
	older := doc
	older.Title, older.Revision = "Old", 4
	for _, d := range []indexer.Document{newer, older} {
		acks, err := ix.Deliver(t.Context(), []indexer.Document{d})
		if err != nil || acks[0].Later || acks[0].Refused != "" {
			t.Fatalf("%+v %v", acks, err)
		}
	}
	acks, err := ix.Deliver(t.Context(), []indexer.Document{{Key: "1", Revision: 3, Gone: true}})
	if err != nil || acks[0].Later {
		t.Fatalf("%+v %v", acks, err)
	}
	var titles []string
	err = ix.Each(t.Context(), func(d *indexer.Document) error {
		titles = append(titles, d.Title)
		return nil
	})
	if diff := cmp.Diff([]string{"Telecaller"}, titles); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestRefusedDocuments(t *testing.T) {
	ix := openTest(t, nil)
	docs := conformance.Documents()[:3]
	docs[1].Posted = "soon"
	docs[2].Key = strings.Repeat("k", 600)
	acks, err := ix.Deliver(t.Context(), docs)
	if err != nil || acks[0].Refused != "" || acks[0].Later {
		t.Fatalf("%+v %v", acks, err)
	}
	if !strings.Contains(acks[1].Refused, "document_parsing_exception") || !strings.Contains(acks[1].Refused, "soon") {
		t.Errorf("a bad date: %+v", acks[1])
	}
	if !strings.Contains(acks[2].Refused, "512 bytes") {
		t.Errorf("a long id: %+v", acks[2])
	}
}

func TestDrift(t *testing.T) {
	ix := openTest(t, nil)
	if drift, err := ix.Drift(t.Context()); err != nil || len(drift) > 0 {
		t.Errorf("a new index: %v %v", drift, err)
	}
	if err := ix.call(t.Context(), "PUT", "/"+ix.Name+"/_mapping", object{"properties": object{"colour": object{"type": "keyword"}}}, nil); err != nil {
		t.Fatal(err)
	}
	if drift, err := ix.Drift(t.Context()); err != nil || !cmp.Equal(drift, []string{"properties.colour is not of this program"}) {
		t.Errorf("with a field more: %q %v", drift, err)
	}
}

func TestAliasAndPrune(t *testing.T) {
	ix := openTest(t, nil)
	next, err := ix.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if next.Name == ix.Name || next.UUID == ix.UUID || next.Target() == ix.Target() {
		t.Errorf("%s %s beside %s %s", next.Name, next.UUID, ix.Name, ix.UUID)
	}
	if err := next.TakeAlias(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The old one says so, and what is delivered to it is not taken for done.
	acks, err := ix.Deliver(t.Context(), conformance.Documents()[:1])
	if err == nil || !acks[0].Later || !strings.Contains(err.Error(), "the alias leads to "+next.Name) {
		t.Errorf("the old index: %+v %v", acks, err)
	}
	pruned, err := next.Prune(t.Context())
	if err != nil || !cmp.Equal(pruned, []string{ix.Name}) {
		t.Errorf("pruned %q: %v", pruned, err)
	}
}

func TestEveryFieldIsDescribed(t *testing.T) {
	types, err := FieldTypes()
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, f := range indexer.Fields {
		described[f.Name] = true
		if types[f.Name] == "" {
			t.Errorf("field %s is described and not in the mapping", f.Name)
		}
	}
	for name := range types {
		if !strings.Contains(name, ".") && !described[name] {
			t.Errorf("field %s is in the mapping and not described", name)
		}
	}
}
