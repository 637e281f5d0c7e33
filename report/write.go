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

// CSV writes the table as CSV: the header, the rows, the total. bom puts a
// byte order mark before it, for old spreadsheets.
func (t *Table) CSV(w io.Writer, bom bool) error {
	if bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	out := csv.NewWriter(w)
	var head []string
	for _, name := range t.Header() { // columns across have names that postings give
		head = append(head, SafeCell(name))
	}
	err := out.Write(head)
	for _, row := range t.WithTotal() {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = Text(cell)
			if _, isText := cell.(string); isText {
				cells[i] = SafeCell(cells[i])
			}
		}
		err = errors.Join(err, out.Write(cells))
	}
	out.Flush()
	if err = errors.Join(err, out.Error()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// WithTotal gives the rows and then the total, which says what it is where it has
// room.
func (t *Table) WithTotal() [][]any {
	if t.Total == nil {
		return t.Rows
	}
	total := slices.Clone(t.Total)
	if t.Groups() > 0 {
		total[0] = "total"
	}
	return append(slices.Clone(t.Rows), total)
}

// Text writes a cell: shares and numbers to four decimals, nil as nothing.
func Text(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', 4, 64)
	}
	return ""
}

// SafeCell gives a cell that no spreadsheet takes for a formula: one that
// begins like a formula gets an apostrophe in front.
func SafeCell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return s
	}
	return "'" + s
}

// Terminal writes the table for people, with what it rests on above it.
func (t *Table) Terminal(w io.Writer) error {
	table := terminal.Table{Left: t.Groups(), Elsewhere: "--json, --out FILE"}
	all := t.WithTotal()
	table.Rows = make([][]string, len(all))
	var spare []Column
	for j := range t.Columns {
		c := t.Columns[j]
		if !c.Shown {
			continue
		}
		table.Head = append(table.Head, heading(c.Name))
		for i, row := range all {
			table.Rows[i] = append(table.Rows[i], People(c.Kind, Text(row[j])))
		}
		if c.Spare > 0 {
			spare = append(spare, c)
		}
	}
	slices.SortFunc(spare, func(a, b Column) int { return a.Spare - b.Spare })
	for i := range spare {
		table.Spare = append(table.Spare, heading(spare[i].Name))
	}
	if err := terminal.Say(w, t.About.String()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return table.Write(w)
}

func heading(name string) string { return strings.ReplaceAll(name, "_", " ") }

// People writes the text of a figure the way people read it.
func People(kind Kind, text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	const percent = 100
	switch kind {
	case KindCount:
		return job.Grouped(n)
	case KindRupees:
		if n < 0 {
			return "−₹" + job.Grouped(-n)
		}
		return "₹" + job.Grouped(n)
	case KindShare:
		return strconv.FormatFloat(percent*n, 'f', 1, 64) + " %"
	}
	return text
}
