package files

import (
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/report"
)

// Column says what a column of a table holds.
type Column struct {
	Name string      `json:"name"`
	Kind report.Kind `json:"kind"`
	// Unit is that of its figures; empty where they have none.
	Unit string `json:"unit,omitempty"`
	// Help says in a sentence what it holds.
	Help string `json:"help,omitempty"`
}

// Object is a table as one JSON object.
type Object struct {
	Period        string           `json:"period"`
	First         job.Opt          `json:"first"`
	Last          job.Opt          `json:"last"`
	Groups        []string         `json:"groups"`
	Rows          []map[string]any `json:"rows"`
	Total         map[string]any   `json:"total"`
	ReadOtherwise int              `json:"read_otherwise"`
	About         string           `json:"about"`
	Notes         []string         `json:"notes"`
	Columns       []Column         `json:"columns"`
}

// Object gives the table as an object.
func (f *File) Object() Object {
	t := f.Table
	rows, total := t.Objects()
	return Object{
		Period: t.Period, First: job.Opt(t.First), Last: job.Opt(t.Last), Groups: t.Header()[:t.Groups()],
		Rows: rows, Total: total, ReadOtherwise: f.Basis.ReadOtherwise, About: t.About.String(),
		Notes: sentence.Texts(t.Notes), Columns: columnsOf(t),
	}
}

func columnsOf(t *report.Table) []Column {
	out := make([]Column, len(t.Columns))
	for i := range t.Columns {
		c := &t.Columns[i]
		out[i] = Column{Name: c.Name, Kind: c.Kind, Unit: unitOf(t, c), Help: c.Help}
	}
	return out
}

func unitOf(t *report.Table, c *report.Column) string {
	switch {
	case c.Kind == report.KindShare:
		return "0–1"
	case c.Kind == report.KindRupees && t.Period != "":
		return "rupees a " + t.Period
	case c.Kind == report.KindRupees:
		return "rupees"
	}
	return ""
}
