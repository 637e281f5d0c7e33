package report

import (
	"encoding/json"
	"maps"
)

// Objects gives the rows of the table, and then its total, as objects: by the names
// of the columns, figures as numbers, null where there are too few postings for
// one. The total has no groups, and is nil where the table has none.
func (t *Table) Objects() (rows []map[string]any, total map[string]any) {
	rows = []map[string]any{}
	for _, row := range t.Rows {
		rows = append(rows, t.object(row))
	}
	if t.Total != nil {
		total = t.object(t.Total)
		maps.DeleteFunc(total, func(name string, _ any) bool { return t.isGroup(name) })
	}
	return rows, total
}

func (t *Table) object(row []any) map[string]any {
	o := map[string]any{}
	for j, cell := range row {
		if _, isText := cell.(string); !isText && cell != nil {
			cell = json.Number(Text(cell))
		}
		o[t.Columns[j].Name] = cell
	}
	return o
}

func (t *Table) isGroup(name string) bool {
	for _, c := range t.Columns[:t.Groups()] {
		if c.Name == name {
			return true
		}
	}
	return false
}
