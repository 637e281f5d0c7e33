package files

import (
	"encoding/json"
	"fmt"
	"io"

	"jobsieve/report"
	"jobsieve/report/chart"
)

// Basis is what a table rests on. Nothing in it depends on when it was asked for.
type Basis struct {
	// Question is the command line, as it can be typed again.
	Question string `json:"question"`
	// Filter is the filter in its normal form.
	Filter any `json:"filter"`
	// From is what was read: ledger or index.
	From string `json:"from"`
	// AsOf is the day, YYYY-MM-DD in India's time, on which a posting of the ledger was
	// seen last, or the one at whose end postings count as they were; empty where the
	// ledger is.
	AsOf string `json:"as_of"`
	// RulesVersion is that of today's rules, Program the version of jobsieve.
	RulesVersion string `json:"rules_version"`
	Program      string `json:"jobsieve"`
	// Stored counts the postings of the ledger, ReadOtherwise those of them that were
	// read by other rules.
	Stored        int `json:"postings_in_ledger"`
	ReadOtherwise int `json:"read_otherwise"`
}

// File is a table with its basis.
type File struct {
	Table *report.Table
	Basis Basis
}

// Options are about CSV only.
type Options struct {
	// BOM puts a byte order mark before it, for old spreadsheets.
	BOM bool
	// ForSpreadsheets keeps texts such as 2-5 and 0012 from being taken for dates and
	// numbers.
	ForSpreadsheets bool
}

// Write writes the file in a format.
func (f *File) Write(w io.Writer, format Format, o Options) error {
	err := f.write(w, format, o)
	if err != nil {
		return fmt.Errorf("write the table as %s: %w", format, err)
	}
	return nil
}

func (f *File) write(w io.Writer, format Format, o Options) error {
	switch format {
	case JSON:
		return writeJSON(w, f.Object())
	case Markdown:
		return f.markdown(w)
	case XLSX:
		return f.xlsx(w)
	case Parquet:
		return f.parquet(w)
	case HTML:
		return chart.HTML(w, f.Table, f.Basis.Question)
	case SVG:
		return chart.SVG(w, f.Table)
	}
	if o.ForSpreadsheets {
		return spreadsheetCSV(w, f.Table)
	}
	return f.Table.CSV(w, o.BOM)
}

// writeJSON writes a value the way the program prints JSON, on one line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
