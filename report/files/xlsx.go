package files

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"jobsieve/report"
)

// The formats of figures: rupees are grouped as in India.
const (
	countFormat  = "#,##0"
	shareFormat  = "0.0%"
	rupeesFormat = `[>=10000000]##\,##\,##\,##0;[>=100000]##\,##\,##0;##,##0`
	numberFormat = "0.0000"
)

const aboutSheet = "About"

// maxCell is the longest text that a cell holds, in characters.
const maxCell = 32767

// sheet is a sheet of a workbook.
type sheet struct {
	book   *excelize.File
	name   string
	styles map[report.Kind]int
	bold   int
}

// xlsx writes a workbook: the table, and on a second sheet what it rests on.
func (f *File) xlsx(w io.Writer) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	const dates = "2000-01-01T00:00:00Z" // the same question gives the same bytes
	s := &sheet{book: book, name: f.Table.Name, styles: map[report.Kind]int{}}
	_, added := book.NewSheet(aboutSheet)
	err = errors.Join(
		book.SetSheetName("Sheet1", s.name), added, s.makeStyles(), s.table(f.Table), s.about(f.Describe()),
		book.SetDocProps(&excelize.DocProperties{
			Creator: "jobsieve", LastModifiedBy: "jobsieve", Created: dates, Modified: dates,
		}),
	)
	if err == nil {
		err = book.Write(w)
	}
	return err
}

func (s *sheet) makeStyles() (err error) {
	kinds := []report.Kind{report.KindCount, report.KindShare, report.KindRupees, report.KindNumber}
	for i, format := range []string{countFormat, shareFormat, rupeesFormat, numberFormat} {
		style, made := s.book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		s.styles[kinds[i]], err = style, errors.Join(err, made)
	}
	bold, made := s.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	s.bold = bold
	return errors.Join(err, made)
}

// table writes the header, the rows and the total.
func (s *sheet) table(t *report.Table) error {
	var errs []error
	for i := range t.Columns {
		errs = append(errs, s.text(i, 0, t.Columns[i].Name))
	}
	rows := t.WithTotal()
	for j, row := range rows {
		for i, cell := range row {
			errs = append(errs, s.cell(i, j+1, t.Columns[i].Kind, cell))
		}
	}
	for i := range t.Columns {
		errs = append(errs, s.width(i, widthOf(t, rows, i)))
	}
	last, err := excelize.CoordinatesToCellName(len(t.Columns), len(t.Rows)+1)
	return errors.Join(append(errs, err, s.boldRow(0),
		s.book.AutoFilter(s.name, "A1:"+last, nil),
		s.book.SetPanes(s.name, &excelize.Panes{
			Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		}))...)
}

// cell writes a cell at a column and a row, from 0. No cell is a formula.
func (s *sheet) cell(column, row int, kind report.Kind, value any) error {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return err
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return s.text(column, row, v)
	case int:
		err = s.book.SetCellInt(s.name, name, int64(v))
	case float64:
		err = s.book.SetCellFloat(s.name, name, v, -1, 64)
	default:
		return fmt.Errorf("cell %s: expected a text or a figure, got %T", name, value)
	}
	return errors.Join(err, s.book.SetCellStyle(s.name, name, name, s.styles[kind]))
}

func (s *sheet) text(column, row int, text string) error {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return err
	}
	if letters := []rune(text); len(letters) > maxCell {
		text = string(letters[:maxCell])
	}
	return s.book.SetCellStr(s.name, name, text)
}

func (s *sheet) boldRow(row int) error { return s.book.SetRowStyle(s.name, row+1, row+1, s.bold) }

func (s *sheet) width(column, width int) error {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return err
	}
	return s.book.SetColWidth(s.name, name, name, float64(width))
}

// The bounds of the width of a column, in characters, and what the arrow of the filter
// takes.
const minWidth, maxWidth, arrow = 8, 50, 4

func widthOf(t *report.Table, rows [][]any, column int) int {
	width := max(minWidth, len(t.Columns[column].Name)+arrow)
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(report.Text(row[column]))+1)
	}
	return min(width, maxWidth)
}

// about writes the sheet that says what the table rests on.
func (s *sheet) about(d Description) error {
	to := *s
	to.name = aboutSheet
	rows := [][]string{
		{"about", d.About}, {"question", d.Question}, {"filter", filterText(d.Filter)}, {"read from", d.From},
		{"first posting", d.First}, {"last posting", d.Last}, {"ledger as of", d.AsOf},
		{"postings counted", report.Text(d.Postings)}, {"postings in the ledger", report.Text(d.Stored)},
		{"read by other rules", report.Text(d.ReadOtherwise)}, {"rules", d.RulesVersion}, {"jobsieve", d.Program},
	}
	for _, note := range d.Notes {
		rows = append(rows, []string{"note", note})
	}
	rows = append(rows, nil, []string{"column", "kind", "unit", "holds"})
	heading := len(rows) - 1
	for _, c := range d.Columns {
		rows = append(rows, []string{c.Name, string(c.Kind), c.Unit, c.Help})
	}
	errs := []error{to.boldRow(heading)}
	for column, width := range []int{maxWidth / 2, maxWidth, maxWidth / 2, maxWidth} {
		errs = append(errs, to.width(column, width))
	}
	for j, row := range rows {
		for i, text := range row {
			errs = append(errs, to.text(i, j, text))
		}
	}
	return errors.Join(errs...)
}
