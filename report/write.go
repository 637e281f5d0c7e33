package report

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// CSV writes the table as CSV: the header, the groups, the total. bom puts a
// byte order mark before it, for old spreadsheets.
func (t *Table) CSV(w io.Writer, bom bool) error {
	if bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	out := csv.NewWriter(w)
	err := out.Write(t.Header)
	for _, row := range t.Rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = SafeCell(cell)
		}
		err = errors.Join(err, out.Write(safe))
	}
	out.Flush()
	if err = errors.Join(err, out.Error()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// SafeCell gives a cell that no spreadsheet takes for a formula: one that
// begins like a formula gets an apostrophe in front.
func SafeCell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return s
	}
	return "'" + s
}

// shown are the columns of the terminal's table, which has less room.
var shown = []string{"postings", "stating_pay", "low_median", "mid_p25", "mid_median", "mid_p75", "high_median"}

// Terminal writes the table for people, with what it rests on above it.
func (t *Table) Terminal(w io.Writer) error {
	var head []string
	var at []int
	for i, name := range t.Header {
		if i < t.Groups || slices.Contains(shown, name) {
			at = append(at, i)
			head = append(head, strings.ReplaceAll(name, "_", " "))
		}
	}
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		for _, j := range at {
			rows[i] = append(rows[i], cell(t.Header[j], row[j], j < t.Groups))
		}
	}
	if _, err := fmt.Fprintln(w, t.About); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	table := terminal.Table{
		Head: head, Left: t.Groups, Rows: rows, Elsewhere: "--json, --out FILE",
		Spare: []string{"high median", "low median", "stating pay", "mid p25", "mid p75"},
	}
	return table.Write(w)
}

// cell writes a figure the way people read it.
func cell(name, value string, group bool) string {
	if group || value == "" {
		return value
	}
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil:
		return value
	case name == "postings" || name == "stating_pay":
		return job.Grouped(n)
	}
	return "₹" + job.Grouped(n)
}
