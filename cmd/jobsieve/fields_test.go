package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/indexer/elastic"
	"jobsieve/internal/references"
	"jobsieve/report"
)

// TestOneTableOfFields adds a field in one place, and finds it wherever people
// and indexes meet the fields of a document.
func TestOneTableOfFields(t *testing.T) {
	conformance.WithField(t, indexer.Field{
		Name: "union_rate", Type: indexer.TypeKeyword, Unit: "percent", Meaning: "How many are in the union.",
		Value: func(d *indexer.Document) any { return "rate of " + d.ID },
		Facet: true, Grouping: "union", Column: "union_rate", Filter: "union_rate",
	})
	types, err := elastic.FieldTypes(indexer.Fields)
	if err != nil || types["union_rate"] != "keyword" {
		t.Errorf("the mapping has %q: %v", types["union_rate"], err)
	}
	reference, err := references.Fields(indexer.Fields)
	const line = "| `union_rate` | keyword | percent | yes |  | How many are in the union. |"
	if err != nil || !strings.Contains(string(reference), line) {
		t.Errorf("the reference does not have it: %v", err)
	}
	for where, names := range map[string][]string{
		"facets": indexer.Fields.Facets(), "filters": filter.Names(), "header": desk.Columns(indexer.Fields),
	} {
		if !slices.Contains(names, "union_rate") {
			t.Errorf("%s: %q", where, names)
		}
	}
	if !slices.Contains(report.Groupings(), "union") {
		t.Errorf("groupings: %q", report.Groupings())
	}
	row := desk.Row(indexer.Fields, &indexer.Document{ID: "7"})
	if row[len(row)-1] != "rate of 7" {
		t.Errorf("row: %q", row)
	}
	for _, command := range []string{"search", "export", "report pay", "relabel"} {
		var out bytes.Buffer
		run(context.Background(), append(strings.Fields(command), "--help"), nil, &out, &out)
		if !strings.Contains(out.String(), "union_rate") {
			t.Errorf("the help of %s does not name it", command)
		}
	}
}
