// Package rows reads postings that somebody has already: the rows of a file or
// of standard input. Bytes enter, as JSON or CSV in the forms that programs
// write them; postings leave, each with the line that it is in. Both forms
// obey the same rules: the same names of columns are known, and what cannot be
// a posting is handed on with the reason. A row is refused where it might be
// read wrongly: with more or fewer cells than the header, or with a quote that
// is left open. Memory stays flat however long the input is.
package rows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"jobsieve/job"
)

// Format is the form of an input.
type Format string

// The formats.
const (
	Auto Format = "auto" // what the first bytes and the name say
	CSV  Format = "csv"  // separated by commas, semicolons, tabs or bars, under a line of column names
	JSON Format = "json" // objects: one a line, in a list, or simply one after another
)

// Options say how an input is read.
type Options struct {
	// Name is the name of the file, which shows its format where its first bytes
	// do not.
	Name string
	// Format is the form of the input; empty is Auto.
	Format Format
	// Columns says, for a field in job.RowFields, which column it is in. The
	// others are found by their usual names.
	Columns map[string]string

	// limit is the longest row in bytes; 0 is maxRow.
	limit int
}

// check checks the columns that people named.
func (o *Options) check() error {
	fields := map[string]string{}
	for _, field := range slices.Sorted(maps.Keys(o.Columns)) {
		if !slices.Contains(job.RowFields, field) {
			return fmt.Errorf("no field %q: expected one of %s", field, strings.Join(job.RowFields, ", "))
		}
		column := strings.ToLower(strings.TrimSpace(o.Columns[field]))
		if other, twice := fields[column]; twice {
			return fmt.Errorf("the column %q is named for %s and for %s", o.Columns[field], other, field)
		}
		fields[column] = field
	}
	return nil
}

// maxRow is the longest row that is read, in bytes.
const maxRow = 16 << 20

// longestSource is how long the name of a source may be, in bytes: databases keep it in
// indexes.
const longestSource = 1000

// Row is what one row holds.
type Row struct {
	// Line is the line of the input that the row begins in.
	Line    int
	Posting job.Posting
	// Members are all cells or members in their order, so that the row can be
	// written again.
	Members []job.Member
}

// Member gives the text of a member, empty where the row has none.
func (r *Row) Member(key string) string {
	i := slices.IndexFunc(r.Members, func(m job.Member) bool { return m.Key == key })
	if i < 0 {
		return ""
	}
	text, err := textOf(key, r.Members[i].Value)
	if err != nil {
		return ""
	}
	return text
}

// Report is what there is to say about an input besides its rows.
type Report struct {
	// Notes say, once each, what people should know: columns that are not used,
	// another encoding. Nothing was lost by these.
	Notes []string
	// Cut says why the input was not read to its end; nil where it was.
	Cut error
	// Differ says how many rows an account set aside that have the id of an earlier
	// one and say something else; empty where none do.
	Differ string
}

// ErrNoTitle says that a row has no title.
var ErrNoTitle = errors.New(`title: missing; every posting needs a "title" text`)

// Rejection gives the reason to count for a row that was handed on with err.
func Rejection(err error) job.Rejection {
	if errors.Is(err, ErrNoTitle) {
		return job.RejectNoTitle
	}
	return job.RejectUnreadable
}

// Each calls f with every row, and with the line and the error of one that isn't
// a posting. It stops at f's first error, and soon after the context has ended
// even where the input is silent. An input that cannot hold rows at all is an
// error; one that ends too early is said in the report.
func Each(ctx context.Context, in io.Reader, o Options, f func(Row, error) error) (Report, error) {
	if err := o.check(); err != nil {
		return Report{}, err
	}
	w, done, err := open(ctx, in, o)
	if err != nil {
		return Report{}, err
	}
	defer done()
	m := &mapper{named: o.Columns, notes: &w.notes}
	next := m.jsonRows(&objects{w: w})
	if w.format == CSV {
		if next, err = m.csvRows(w); err != nil {
			return Report{}, err
		}
	}
	err = each(ctx, w, func() error {
		row, err := next()
		if errors.Is(err, io.EOF) {
			return err
		}
		if n := len(row.Posting.Source); err == nil && n > longestSource {
			err = fmt.Errorf("source: a name of %d bytes; expected %d at most", n, longestSource)
		}
		return f(row, err)
	})
	m.finish(w)
	return Report{Notes: w.notes.list(), Cut: w.cut}, err
}

// Objects calls f with every JSON object as it is written, and with the error of
// what is in place of one; otherwise like Each. The object is f's until it
// returns.
func Objects(
	ctx context.Context, in io.Reader, o Options, f func(line int, object []byte, err error) error,
) (Report, error) {
	o.Format = JSON
	w, done, err := open(ctx, in, o)
	if err != nil {
		return Report{}, err
	}
	defer done()
	all := &objects{w: w}
	err = each(ctx, w, func() error {
		line, object, err := all.next()
		if errors.Is(err, io.EOF) {
			return err
		}
		return f(line, object, err)
	})
	return Report{Notes: w.notes.list(), Cut: w.cut}, err
}

// each calls next until the input or the context has ended.
func each(ctx context.Context, w *window, next func() error) error {
	for n := 0; ; n++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := next()
		switch {
		case err == nil:
		case !errors.Is(err, io.EOF):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case n == 0 && w.cut != nil:
			return w.cut
		case n == 0:
			w.notes.add("empty", "it holds no rows")
			return nil
		default:
			return nil
		}
	}
}

// notes are remarks, each made once.
type notes []note

type note struct{ key, text string }

// add makes a remark unless one of that key was made.
func (n *notes) add(key, format string, args ...any) {
	if !slices.ContainsFunc(*n, func(m note) bool { return m.key == key }) {
		*n = append(*n, note{key, fmt.Sprintf(format, args...)})
	}
}

func (n notes) list() []string {
	var texts []string
	for _, m := range n {
		texts = append(texts, m.text)
	}
	return texts
}

// short cuts a text from the input down to what a message may hold.
func short(s string, most int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s[:min(len(s), 4*most)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
