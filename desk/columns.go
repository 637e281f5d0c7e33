package desk

import (
	"strings"

	"jobsieve/indexer"
	"jobsieve/report"
)

// Columns name the cells of a row of a schema.
func Columns(schema indexer.Schema) []string {
	var out []string
	for _, f := range schema.Columns() {
		out = append(out, f.Column)
	}
	return out
}

// Row gives a document as a row of cells that no spreadsheet takes for a formula.
func Row(schema indexer.Schema, d *indexer.Document) []string {
	columns := schema.Columns()
	row := make([]string, len(columns))
	for i := range columns {
		row[i] = report.SafeCell(strings.Join(columns[i].Texts(d), " "))
	}
	return row
}
