package elastic

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/internal/estest"
)

// firstTemplate is the template of the first version that promised fields.
func firstTemplate(t *testing.T) (out template) {
	t.Helper()
	body, err := os.ReadFile("testdata/template-1.json")
	if err == nil {
		err = json.Unmarshal(body, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// unpromised is a field that the reference said might go.
const unpromised = "title_stems"

// movable is a setting that any index can be given at any time.
const movable = "number_of_replicas"

// TestMappingOnlyGrows compares the mapping, and the settings, with those of the first
// version.
func TestMappingOnlyGrows(t *testing.T) {
	now, err := readTemplate(indexer.Fields)
	if err != nil {
		t.Fatal(err)
	}
	first := firstTemplate(t)
	properties, _ := now.Mappings["properties"].(map[string]any)
	promised, _ := first.Mappings["properties"].(map[string]any)
	if len(promised) == 0 {
		t.Fatal("the first template has no fields")
	}
	for name, want := range promised {
		if diff := cmp.Diff(want, properties[name]); diff != "" && name != unpromised {
			t.Errorf("%s (-first +now):\n%s", name, diff)
		}
	}
	settings, _ := now.Settings["index"].(map[string]any)
	set, _ := first.Settings["index"].(map[string]any)
	if len(set) == 0 {
		t.Fatal("the first template has no settings")
	}
	for name, want := range set {
		if diff := cmp.Diff(want, settings[name]); diff != "" && name != movable {
			t.Errorf("setting %s (-first +now):\n%s", name, diff)
		}
	}
}

// openOld makes an index of the first version, changed, and opens it.
func openOld(t *testing.T, change func(properties map[string]any)) (*Index, Options) {
	t.Helper()
	at := estest.URL(t)
	opts := Options{URL: at, Alias: estest.Alias(t, at)}
	ix, err := Connect(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	body := firstTemplate(t)
	if change != nil {
		change(body.Mappings["properties"].(map[string]any))
	}
	name := opts.Alias + "-000001"
	actions := object{"actions": []object{{"add": object{"index": name, "alias": opts.Alias}}}}
	err = ix.call(t.Context(), http.MethodPut, "/"+name, body, nil)
	if err = errors.Join(err, ix.call(t.Context(), http.MethodPost, "/_aliases", actions, nil)); err != nil {
		t.Fatal(err)
	}
	return ix, opts
}

// since gives the fields that came after the first version, and more, in order.
func since(more ...string) []string {
	return slices.Sorted(slices.Values(append(more, "labelled_because", "labelled_by", "rules_function", "rules_label",
		"parts", "concepts", "title_concepts", "names", "place", "posted_how", "posted_latest",
		"skill", "posting_state", "closed", "last_seen", "vacancy_role")))
}

func newField() indexer.Field {
	return indexer.Field{
		Name: "union", Type: indexer.TypeNamedText, Facet: false, Filter: "union", Meaning: "Whether there is a union.",
		Value: func(d *indexer.Document) any { return "Union of " + d.ID },
	}
}

// TestUpgradeTakesDocuments opens an index of the first version with a program
// that has one field more: documents are taken, and found by it.
func TestUpgradeTakesDocuments(t *testing.T) {
	_, opts := openOld(t, nil)
	conformance.WithField(t, newField())
	reader, err := Open(t.Context(), opts, false)
	if err != nil || len(reader.Added) > 0 {
		t.Fatalf("one who only reads adds %v: %v", reader.Added, err)
	}
	acks, err := reader.Deliver(t.Context(), conformance.Documents()[:1])
	if err != nil || !strings.Contains(acks[0].Refused, "strict_dynamic_mapping_exception") {
		t.Fatalf("without the field: %+v %v", acks, err)
	}
	ix, err := Open(t.Context(), opts, true)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(since("union"), ix.Added); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	conformance.Deliver(t, ix, conformance.Documents())
	a, err := ix.Search(t.Context(), indexer.Query{Filters: map[string][]string{"union": {"union of 3"}}, Limit: 5})
	if err != nil || a.Total != 1 || a.Hits[0].ID != "3" {
		t.Errorf("found by the new field: %+v %v", a, err)
	}
	again, err := Open(t.Context(), opts, true)
	if err != nil || len(again.Added) > 0 {
		t.Errorf("opened again it adds %v: %v", again.Added, err)
	}
	// What this program no longer has stays, and does no harm.
	if drift, err := again.Drift(t.Context()); err != nil || !cmp.Equal(drift, []string{"properties.title_stems is not of this program"}) {
		t.Errorf("drift %v: %v", drift, err)
	}
}

// TestUpgradeAddsParts opens an index whose fields lack a part.
func TestUpgradeAddsParts(t *testing.T) {
	_, opts := openOld(t, func(p map[string]any) {
		delete(p["company"].(map[string]any)["fields"].(map[string]any), "keyword")
	})
	ix, err := Open(t.Context(), opts, true)
	if err != nil || !cmp.Equal(ix.Added, since("company")) {
		t.Fatalf("added %v: %v", ix.Added, err)
	}
	conformance.Run(t, ix)
}

// TestUpgradeConflict opens an index that has a field with another type: it is
// noted, and another index is begun beside it, which takes documents.
func TestUpgradeConflict(t *testing.T) {
	_, opts := openOld(t, func(p map[string]any) {
		p["score"] = map[string]any{"type": "keyword"}
		p["title"].(map[string]any)["fields"].(map[string]any)["keyword"] = map[string]any{"type": "text"}
	})
	old, err := Open(t.Context(), opts, true)
	if err != nil || old.Conflict == nil || !strings.Contains(old.Conflict.Error(), "jobsieve index rebuild") {
		t.Fatalf("%v: %v", old.Conflict, err)
	}
	want := []string{"score is keyword, expected float", "title.keyword is text, expected keyword"}
	if diff := cmp.Diff(want, old.Conflict.Conflicts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := old.Setup(t.Context()); err == nil {
		t.Error("a setup says nothing of the conflict")
	}
	next, err := old.Renew(t.Context())
	if err == nil {
		err = next.(*Index).TakePlace(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	ix, err := Open(t.Context(), opts, true)
	if err != nil {
		t.Fatal(err)
	}
	conformance.Deliver(t, ix, conformance.Documents())
}
