package files

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"

	"jobsieve/report"
)

// mistaken are texts that a spreadsheet may take for a date, a number or a truth value.
var mistaken = regexp.MustCompile(`^(?i:true|false)$|^[\p{Sc}0-9A-Za-z .,/:%+()-]*[0-9][\p{Sc}0-9A-Za-z .,/:%+()-]*$`)

// spreadsheetCSV writes CSV with a byte order mark, and a tab before each text that a
// spreadsheet would make something else of: 2-5 a date, 0012 the number 12. A cell that
// begins with a tab stays a text and shows none; an apostrophe would show, and ="2-5"
// is a formula.
func spreadsheetCSV(w io.Writer, t *report.Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	var head []string
	for _, name := range t.Header() {
		head = append(head, spreadsheetText(name))
	}
	err := out.Write(head)
	for _, row := range t.WithTotal() {
		cells := make([]string, len(row))
		for i, cell := range row {
			if cells[i] = report.Text(cell); isText(t.Columns[i].Kind) {
				cells[i] = spreadsheetText(cells[i])
			}
		}
		err = errors.Join(err, out.Write(cells))
	}
	out.Flush()
	return errors.Join(err, out.Error())
}

// spreadsheetText gives a text that a spreadsheet leaves as it is.
func spreadsheetText(text string) string {
	if safe := report.SafeCell(text); safe != text || !mistaken.MatchString(text) {
		return safe
	}
	return "\t" + text
}
