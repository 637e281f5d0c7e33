package rows

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"jobsieve/job"
)

// delimiters are what may separate cells.
var delimiters = []string{",", ";", "\t", "|"}

// table reads CSV. encoding/csv would either refuse a quote within a cell
// without quotes (5" screen), or let a quote that is left open swallow the rows
// after it.
type table struct {
	w       *window
	delim   string
	columns []column
}

// column is one column of a table, or one member of an object.
type column struct {
	key  string // under which its values are kept
	name string // by which it is known
}

// csvRows begins a table: it reads the names of the columns, and gives the
// function that reads the rows.
func (m *mapper) csvRows(w *window) (func() (Row, error), error) {
	m.table = true
	t := &table{w: w}
	head, err := t.header(m)
	if err != nil {
		return nil, err
	}
	t.columns = columnsOf(head)
	if err := m.check(t.columns); err != nil {
		return nil, err
	}
	held := make([]role, len(t.columns))
	for i, c := range t.columns {
		held[i] = m.role(c.name)
	}
	return func() (Row, error) {
		line, cells, err := t.record()
		row := Row{Line: line}
		if err != nil {
			return row, err
		}
		for i, c := range t.columns {
			value, err := jsontext.AppendQuote(nil, cells[i])
			if err != nil {
				return row, err
			}
			row.Members = append(row.Members, job.Member{Key: c.key, Value: value})
		}
		row.Posting, err = m.posting(row.Members, held)
		return row, err
	}, nil
}

// header finds out what separates the cells, and gives those of the header.
func (t *table) header(m *mapper) ([]string, error) {
	var first string
	for first == "" {
		line, next, err := t.w.lineAt(0)
		switch {
		case errors.Is(err, io.EOF) && t.w.cut != nil:
			return nil, t.w.cut
		case errors.Is(err, io.EOF):
			return nil, errors.New("the file is empty; expected a line of column names")
		case err != nil:
			return nil, fmt.Errorf("line %d: %w; expected a line of column names", t.w.line, err)
		}
		first = strings.TrimSpace(t.w.lineText(line, t.w.line))
		if set, ok := strings.CutPrefix(strings.ToLower(first), "sep="); ok && len(set) == 1 {
			t.delim, first = set, "" // as Excel writes it
		}
		if first == "" {
			t.w.advance(next)
		}
	}
	if t.delim == "" {
		t.delim = m.delimiter(first)
	}
	line, head, err := t.record()
	if err != nil {
		err = fmt.Errorf("line %d: %w", line, err)
	}
	return head, err
}

// delimiter gives the delimiter that makes the most known columns of a header,
// or the most columns.
func (m *mapper) delimiter(header string) (best string) {
	most := -1
	for _, d := range delimiters {
		s := splitter{delim: d}
		_ = s.add(header, 0) // whoever reads it meets the fault again
		score := len(s.cells)
		for _, c := range columnsOf(s.cells) {
			if m.role(c.name).field != "" {
				score += 1000
			}
		}
		if score > most {
			best, most = d, score
		}
	}
	return best
}

// columnsOf gives the columns of a header. One without a name, or with the name
// of another, is kept under its number.
func columnsOf(head []string) []column {
	out := make([]column, len(head))
	seen := map[string]bool{}
	for i, text := range head {
		key := strings.TrimSpace(text)
		c := column{key, key}
		switch {
		case key == "":
			c.key = fmt.Sprintf("column %d", i+1)
		case seen[key]:
			c.key = fmt.Sprintf("%s (column %d)", key, i+1)
		}
		seen[key] = true
		out[i] = c
	}
	return out
}

// record reads the cells of one record, and says which line it is in. Where a
// record is refused, the next begins in the line after the one at fault.
func (t *table) record() (line int, cells []string, err error) {
	for {
		line, cells, err = t.one()
		if blank := err == nil && len(cells) == 1 && strings.TrimSpace(cells[0]) == ""; !blank {
			return line, cells, err
		}
	}
}

// one reads a record, which may be a blank line.
func (t *table) one() (line int, cells []string, err error) {
	w, s := t.w, &splitter{delim: t.delim}
	openEnd := 0 // the end of the line in which the last quoted cell begins
	for at, n := 0, w.line; ; n++ {
		b, next, err := w.lineAt(at)
		switch {
		case err == nil:
		case at == 0:
			return t.leaveOut(next, err)
		case errors.Is(err, errLong), errors.Is(err, io.EOF):
			return t.refuse(s.openLine, openEnd, errOpen)
		default:
			return t.refuse(s.openLine, openEnd, fmt.Errorf("%w: %w", errOpen, err))
		}
		err = s.add(w.lineText(b, n), n)
		if s.openLine == n {
			openEnd = next
		}
		if err != nil {
			return t.refuse(s.openLine, openEnd, err)
		}
		if at = next; !s.open {
			return t.whole(s, at, n)
		}
	}
}

var (
	errOpen     = errors.New("the quote that opens a cell in this line is not closed")
	errSwallows = errors.New("the quote that opens a cell in this line is closed in a later row; " +
		"within a cell it must be written twice")
)

// leaveOut leaves out a line that isn't a record.
func (t *table) leaveOut(next int, err error) (int, []string, error) {
	line := t.w.line
	if errors.Is(err, errLong) {
		t.w.skipTo("\r\n")
		_, next, _ = t.w.lineAt(0) // what is left of the line
	}
	return t.refuse(line, next, err)
}

// refuse refuses a record up to the end of a line.
func (t *table) refuse(line, end int, err error) (int, []string, error) {
	t.w.advance(end)
	return line, nil, err
}

// whole gives a record that ends at a place of the window, in line last, unless it
// does not fit the header.
func (t *table) whole(s *splitter, end, last int) (line int, cells []string, err error) {
	line = t.w.line
	fits := len(t.columns) == 0 || len(s.cells) == len(t.columns)
	if line < last && len(t.columns) > 0 {
		if first, swallowed := t.swallowed(end, fits); swallowed {
			return t.refuse(line, first, errSwallows)
		}
	}
	t.w.advance(end)
	blank := len(s.cells) == 1 && strings.TrimSpace(s.cells[0]) == ""
	if fits || blank {
		return line, s.cells, nil
	}
	hint := "a cell with %q in it needs quotes"
	if len(s.cells) < len(t.columns) {
		hint = "an empty cell needs its %q too"
	}
	err = fmt.Errorf("cells: %d, columns in the header: %d; "+hint, len(s.cells), len(t.columns), t.delim)
	if line < last {
		err = fmt.Errorf("lines %d to %d: %w", line, last, err)
	}
	return line, nil, err
}

// swallowed reports that a record of several lines is several rows, between two
// quotes that don't belong to a cell: each of its lines, or, where it does not
// fit the header, one of them, looks like a row, as the first does. A few
// columns without ids are not enough to tell. first is the end of its first
// line.
func (t *table) swallowed(end int, fits bool) (first int, yes bool) {
	var shape string
	rows, lines := 0, 0
	for at := 0; at < end; lines++ {
		b, next, err := t.w.lineAt(at)
		if err != nil {
			break
		}
		cells := strings.Split(string(b), t.delim)
		is := len(cells) == len(t.columns) && !strings.Contains(string(b), t.delim+" ")
		switch {
		case lines == 0:
			shape, first = shapeOf(cells[0]), next
			is = is || !fits
		case shapeOf(cells[0]) != shape:
			is = false
		}
		if is {
			rows++
		}
		at = next
	}
	tells := strings.Contains(shape, "0") || len(t.columns) > 3
	return first, tells && (rows == lines || !fits && rows > 1)
}

// shapeOf gives a text with a 0 for its digits and an a for its letters, once
// for each run: ids of one kind have one shape.
func shapeOf(s string) string {
	var shape []rune
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			r = '0'
		case unicode.IsLetter(r):
			r = 'a'
		}
		if len(shape) == 0 || shape[len(shape)-1] != r {
			shape = append(shape, r)
		}
	}
	return string(shape)
}

// splitter splits lines into cells.
type splitter struct {
	delim string
	cells []string
	// open says that the last line ends within quotes, which began in openLine.
	open     bool
	openLine int
	cell     []byte // what was read of the open cell
}

// add splits line n. A quote opens a cell where it begins it, and closes it
// where the cell ends; within it, it is written twice. In other cells it is a
// sign like any other.
func (s *splitter) add(line string, n int) error {
	for {
		if !s.open {
			quoted, ok := strings.CutPrefix(strings.TrimLeft(line, " "), `"`)
			if !ok {
				cell, rest, more := strings.Cut(line, s.delim)
				if s.cells = append(s.cells, cell); !more {
					return nil
				}
				line = rest
				continue
			}
			s.open, s.openLine, s.cell, line = true, n, s.cell[:0], quoted
		}
		rest, closed := s.quoted(line)
		if !closed {
			return nil
		}
		if s.open, s.cells = false, append(s.cells, string(s.cell)); rest == "" {
			return nil
		}
		var ok bool
		if line, ok = strings.CutPrefix(rest, s.delim); !ok {
			return fmt.Errorf("after the quote that closes a cell comes %q, in line %d; "+
				"a quote within a cell must be written twice", short(rest, 20), n)
		}
	}
}

// quoted reads on in an open cell, and gives what comes after its end.
func (s *splitter) quoted(line string) (rest string, closed bool) {
	for {
		part, rest, ok := strings.Cut(line, `"`)
		s.cell = append(s.cell, part...)
		if !ok {
			s.cell = append(s.cell, '\n')
			return "", false
		}
		if line, ok = strings.CutPrefix(rest, `"`); !ok {
			return strings.TrimLeft(rest, " "), true
		}
		s.cell = append(s.cell, '"')
	}
}
