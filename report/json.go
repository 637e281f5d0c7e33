package report

import "encoding/json"

// Objects gives the rows of the table, and then its total, as objects: by the names
// of the columns, figures as numbers, null where there are too few postings for
// one. The total has no groups.
func (t *Table) Objects() (rows []map[string]any, total map[string]any) {
	rows = []map[string]any{}
	for i, row := range t.Rows {
		o := map[string]any{}
		last := i == len(t.Rows)-1
		for j, name := range t.Header {
			switch cell := row[j]; {
			case j < t.Groups && last:
			case j < t.Groups, name == "period":
				o[name] = cell
			case cell == "":
				o[name] = nil
			default:
				o[name] = json.Number(cell)
			}
		}
		if last {
			return rows, o
		}
		rows = append(rows, o)
	}
	return rows, nil
}
