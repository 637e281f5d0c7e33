package main

import (
	"slices"

	"jobsieve/desk"
	"jobsieve/indexer"
)

// observedFields are the fields that --observed adds to JSON lines and CSV: those that
// depend on when a posting was read, and the vacancy, which tables count.
func observedFields() indexer.Schema {
	return slices.DeleteFunc(slices.Clone(indexer.Fields), func(f indexer.Field) bool {
		return f.Name != "vacancy" && !slices.Contains(seen, f.Name)
	})
}

// csvFields are the fields whose columns a CSV has. What is observed comes last, in
// columns of its own names: posted is that of the posting alone.
func csvFields(observed bool) indexer.Schema {
	if !observed {
		return indexer.Fields
	}
	fields := slices.Clone(indexer.Fields)
	for _, f := range observedFields() {
		f.Column = "observed_" + f.Name
		fields = append(fields, f)
	}
	return fields
}

// observedPosting is a posting of an export with what was observed, by the names of
// the fields; null for what it lacks.
type observedPosting struct {
	desk.Exported
	Observed map[string]any `json:"observed"`
}

func observedOf(d *indexer.Document) observedPosting {
	observed := map[string]any{}
	for _, f := range observedFields() {
		observed[f.Name] = cellOf(f.Value(d))
	}
	return observedPosting{desk.ExportedDocument(d), observed}
}
