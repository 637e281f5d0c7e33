package files

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"

	"jobsieve/report"
)

// mistaken are texts that a spreadsheet may take for a date or a number.
var mistaken = regexp.MustCompile(`^[0-9A-Za-z .,/:%+-]*[0-9][0-9A-Za-z .,/:%+-]*$`)

// spreadsheetCSV writes CSV with a byte order mark, and a tab before each text that a
// spreadsheet would make something else of: 2-5 a date, 0012 the number 12. A cell that
// begins with a tab stays a text and shows none; an apostrophe would show, and ="2-5"
// is a formula.
func spreadsheetCSV(w io.Writer, t *report.Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	err := out.Write(t.Header())
	for _, row := range t.WithTotal() {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = report.SafeCell(report.Text(cell))
			if text, isText := cell.(string); isText && cells[i] == text && mistaken.MatchString(text) {
				cells[i] = "\t" + text
			}
		}
		err = errors.Join(err, out.Write(cells))
	}
	out.Flush()
	return errors.Join(err, out.Error())
}
