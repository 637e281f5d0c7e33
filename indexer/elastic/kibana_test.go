package elastic

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"jobsieve/indexer"
)

// savedObject is a line of deploy/kibana.ndjson.
type savedObject struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Attributes struct {
		Title         string     `json:"title"`
		TimeFieldName string     `json:"timeFieldName"`
		Columns       []string   `json:"columns"`
		Sort          [][]string `json:"sort"`
		TimeRestore   bool       `json:"timeRestore"`
		TimeRange     struct {
			From string `json:"from"`
		} `json:"timeRange"`
		Meta struct {
			SearchSource string `json:"searchSourceJSON"`
		} `json:"kibanaSavedObjectMeta"`
	} `json:"attributes"`
	References []struct {
		Name string `json:"name"`
		Type string `json:"type"`
		ID   string `json:"id"`
	} `json:"references"`
}

type searchSource struct {
	Query struct {
		Query string `json:"query"`
	} `json:"query"`
	Filter []struct {
		Meta struct {
			Key string `json:"key"`
			Ref string `json:"indexRefName"`
		} `json:"meta"`
	} `json:"filter"`
	Ref string `json:"indexRefName"`
}

// fieldInQuery finds the fields of a query in Kibana's language.
var fieldInQuery = regexp.MustCompile(`([a-z_.]+) :`)

// TestKibanaObjects wants every reference of the saved objects to lead to one
// of them, and every field to be one of the mapping.
func TestKibanaObjects(t *testing.T) {
	body, err := os.ReadFile("../../deploy/kibana.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	types, err := FieldTypes(indexer.Fields)
	if err != nil {
		t.Fatal(err)
	}
	field := func(id, name string) {
		if types[name] == "" {
			t.Errorf("%s: no field %q in the mapping", id, name)
		}
	}
	there := map[string]bool{}
	var objects []savedObject
	for line := range bytes.Lines(body) {
		var o savedObject
		if err := json.Unmarshal(line, &o); err != nil {
			t.Fatal(err)
		}
		there[o.Type+"/"+o.ID] = true
		objects = append(objects, o)
	}
	for _, o := range objects {
		refs := map[string]bool{}
		for _, r := range o.References {
			refs[r.Name] = true
			if !there[r.Type+"/"+r.ID] {
				t.Errorf("%s: %s leads to no object", o.ID, r.Name)
			}
		}
		if o.Type == "index-pattern" {
			field(o.ID, o.Attributes.TimeFieldName)
			if o.Attributes.Title != DefaultAlias {
				t.Errorf("the data view is of %s", o.Attributes.Title)
			}
			continue
		}
		if !o.Attributes.TimeRestore || o.Attributes.TimeRange.From == "" {
			t.Errorf("%s shows the last 15 minutes only, as Kibana does unless told otherwise", o.ID)
		}
		for _, c := range o.Attributes.Columns {
			field(o.ID, c)
		}
		for _, s := range o.Attributes.Sort {
			field(o.ID, s[0])
		}
		var s searchSource
		if err := json.Unmarshal([]byte(o.Attributes.Meta.SearchSource), &s); err != nil {
			t.Fatal(err)
		}
		if !refs[s.Ref] {
			t.Errorf("%s: no reference %q", o.ID, s.Ref)
		}
		for _, f := range s.Filter {
			field(o.ID, f.Meta.Key)
			if !refs[f.Meta.Ref] {
				t.Errorf("%s: no reference %q", o.ID, f.Meta.Ref)
			}
		}
		for _, m := range fieldInQuery.FindAllStringSubmatch(s.Query.Query, -1) {
			field(o.ID, m[1])
		}
	}
	if len(objects) < 4 {
		t.Errorf("%d objects", len(objects))
	}
}
