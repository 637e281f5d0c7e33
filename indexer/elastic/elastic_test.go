package elastic

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/internal/estest"
)

func TestMain(m *testing.M) { os.Exit(estest.Main(m)) }

// openTest opens an index of the test's own at the real server.
func openTest(t *testing.T, change func(*Options)) *Index {
	t.Helper()
	url := estest.URL(t)
	opts := Options{URL: url, Alias: estest.Alias(t, url)}
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
		want := indexer.Ack{Delivered: true}
		if d.Revision < newer.Revision {
			want = indexer.Ack{Newer: newer.Revision}
		}
		if err != nil || acks[0] != want {
			t.Fatalf("%+v %v, want %+v", acks, err, want)
		}
	}
	acks, err := ix.Deliver(t.Context(), []indexer.Document{{Key: "1", Revision: 3, Gone: true}})
	if want := (indexer.Ack{Newer: 5}); err != nil || acks[0] != want {
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
	if err != nil || !acks[0].Delivered {
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
	if left, err := ix.Left(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("an index that is being filled counts as left behind: %v %v", left, err)
	}
	conformance.Deliver(t, ix, conformance.Documents())
	if err := next.TakePlace(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := next.Discard(t.Context()); err == nil {
		t.Error("the index that the alias leads to can be discarded")
	}
	// The old one says so, and what is delivered to it is not taken for done.
	acks, err := ix.Deliver(t.Context(), conformance.Documents()[:1])
	if err == nil || acks[0].Delivered || !strings.Contains(err.Error(), "the alias leads to "+next.Name) {
		t.Errorf("the old index: %+v %v", acks, err)
	}
	// What is forgotten goes from it too.
	conformance.Deliver(t, next, conformance.Documents())
	conformance.Deliver(t, next, []indexer.Document{{Key: "1", Revision: 2, Gone: true}, {Key: "never there", Revision: 2, Gone: true}})
	old := *ix
	old.direct = true
	for _, at := range []*Index{&old, next} {
		wantCount(t, at, len(conformance.Documents())-1)
	}
	left, err := next.Left(t.Context())
	if err != nil || len(left) != 1 || left[0].Name != ix.Name || left[0].Target != ix.Target() {
		t.Errorf("left behind: %+v: %v", left, err)
	}
}

// TestOtherPeoplesIndexes makes indexes whose names begin with the alias: they
// have no mapping from here, are never left behind, and are not asked.
func TestOtherPeoplesIndexes(t *testing.T) {
	ix := openTest(t, nil)
	alias := ix.opts.Alias
	put := func(method, path string, body any) {
		t.Helper()
		if err := ix.call(t.Context(), method, path, body, nil); err != nil {
			t.Fatal(err)
		}
	}
	own, err := readTemplate(indexer.Fields)
	if err != nil {
		t.Fatal(err)
	}
	put(http.MethodPut, "/"+alias+"-000009", own)
	put(http.MethodPost, "/_aliases", object{"actions": []object{
		{"remove": object{"index": ix.Name, "alias": alias}}, {"add": object{"index": alias + "-000009", "alias": alias}},
	}})
	if ix, err = Open(t.Context(), ix.opts, false); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"-backup", "-archive-2024", "-x", "-000002", "-0000003", "-3", "-000004-old", "-test-000001"} {
		put(http.MethodPut, "/"+alias+name, object{"mappings": object{"properties": object{"note": object{"type": "text"}}}})
	}
	put(http.MethodPut, "/"+alias+"-000005", object{"mappings": object{"_meta": object{"by": "another team"}}})
	put(http.MethodPut, "/"+alias+"-000006", own)
	put(http.MethodPost, "/_aliases", object{"actions": []object{{"add": object{"index": alias + "-000006", "alias": alias + "-kept"}}}})
	put(http.MethodPut, "/"+alias+"-000011", own) // newer: it is being filled
	left, err := ix.Left(t.Context())
	if err != nil || len(left) != 1 || left[0].Name != alias+"-000001" {
		t.Errorf("left behind: %+v: %v", left, err)
	}
	// Another alias that begins with this one lives beside it.
	opts := ix.opts
	opts.Alias = alias + "-test"
	other, err := Open(t.Context(), opts, true)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Deliver(t, other, conformance.Documents())
	if left, err := other.Left(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("left behind by the other: %+v: %v", left, err)
	}
	wantCount(t, ix, 0)
}

// TestOldTemplate takes away the index template of earlier versions, and no
// other.
func TestOldTemplate(t *testing.T) {
	ix := openTest(t, nil)
	path := "/_index_template/" + ix.opts.Alias
	for by, stays := range map[string]bool{"jobsieve": false, "another team": true} {
		err := ix.call(t.Context(), http.MethodPut, path, object{"index_patterns": []string{ix.opts.Alias + "-*"}, "priority": 200, "_meta": object{"by": by}}, nil)
		if err == nil {
			err = ix.Setup(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.call(t.Context(), http.MethodGet, path, nil, nil); (err == nil) != stays {
			t.Errorf("the template of %s: %v", by, err)
		}
	}
}

func TestEveryFieldIsDescribed(t *testing.T) {
	types, err := FieldTypes(indexer.Fields)
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, f := range indexer.Fields {
		if f.Type == "" {
			continue
		}
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

// TestDefaultField asks as Kibana's bar does, without a field, in three languages.
func TestDefaultField(t *testing.T) {
	ix := openTest(t, nil)
	conformance.Deliver(t, ix, conformance.Documents())
	for query, want := range map[string][]string{
		"पुणे":         {"1", "3"},
		"Poona":        {"1", "3"},
		"kpo":          {"3"},
		"केपीओ":        {"3"},
		"टेलीकॉलर":     {"1"},
		"raat":         {"1"},
		"रात की शिफ्ट": {"1"},
		"बीपीओ":        {"1", "2", "4 ?/#é\""},
		"रात":          {"1"},
		"analysts":     {"3"},
		"स्वर्णकार":    nil,
	} {
		body := object{"query": object{"query_string": object{"query": query}}, "sort": []string{"key"}, "_source": []string{"key"}}
		var found searchReply
		if err := ix.call(t.Context(), http.MethodPost, ix.path()+"/_search", body, &found); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range found.Hits.Hits {
			got = append(got, found.Hits.Hits[i].Source.Key)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}
