package files

import (
	"encoding/json"
	"io"

	"jobsieve/internal/columnar"
	"jobsieve/report"
)

// parquet writes the rows, without the total, which no sum over a column should meet.
// The metadata has the description of the table, with the total, under jobsieve.
func (f *File) parquet(w io.Writer) error {
	about, err := json.Marshal(struct {
		Description
		Total map[string]any `json:"total"`
	}{f.Describe(), f.Object().Total})
	if err != nil {
		return err
	}
	var columns []columnar.Column
	for i := range f.Table.Columns {
		columns = append(columns, columnar.Column{Name: f.Table.Columns[i].Name, Kind: typeOf(f.Table.Columns[i].Kind)})
	}
	out := columnar.New(w, columns, map[string]string{"jobsieve": string(about)})
	for _, row := range f.Table.Rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return out.Close()
}

func typeOf(kind report.Kind) columnar.Kind {
	switch kind {
	case report.KindCount, report.KindRupees:
		return columnar.Whole
	case report.KindShare, report.KindNumber:
		return columnar.Real
	}
	return columnar.Text
}
