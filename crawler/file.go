package crawler

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"jobsieve/job"
)

// RowFunc takes what stood in one line of a file: a posting, or why there is
// none.
type RowFunc func(line int, p *job.Posting, err error) error

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// ReadLines reads JSON lines. A line that can't be read is handed on with its
// error, and the next one is read; blank lines are left out.
func ReadLines(r io.Reader, f RowFunc) error {
	return EachLine(r, func(n int, line []byte, err error) error {
		if err != nil {
			return f(n, nil, err)
		}
		row, err := job.ParseRow(line)
		if err != nil {
			return f(n, nil, err)
		}
		return f(n, &row.Posting, nil)
	})
}

// EachLine calls f with every line that is not blank, and with the error of
// one that is too long to be read. It stops at f's first error.
func EachLine(r io.Reader, f func(n int, line []byte, err error) error) error {
	in := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		switch {
		case errors.Is(err, errLongLine):
			if e := f(n, nil, err); e != nil {
				return e
			}
			continue
		case len(bytes.TrimSpace(line)) > 0:
			if e := f(n, line, nil); e != nil {
				return e
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

var errLongLine = fmt.Errorf("longer than %d MiB, which no posting is", maxLine>>20)

// readLine reads a line without its end. A line over maxLine is skipped whole.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errLongLine
		}
		return line, err
	}
}

// ReadCSV reads CSV with a line of column names. columns says which column
// each field stands in; without it columns are fields of the same name.
func ReadCSV(r io.Reader, columns map[string]string, f RowFunc) error {
	br := bufio.NewReader(r)
	if bom, err := br.Peek(3); err == nil && string(bom) == "\xef\xbb\xbf" {
		if _, err := br.Discard(3); err != nil {
			return err
		}
	}
	in := csv.NewReader(br)
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty; expected a line of column names")
	}
	if err != nil {
		return err
	}
	at, err := columnPlaces(head, columns)
	if err != nil {
		return err
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		line, _ := in.FieldPos(0)
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			err = f(syntax.Line, nil, syntax.Err)
		} else if err == nil {
			p, rowErr := csvPosting(record, at)
			err = f(line, p, rowErr)
		}
		if err != nil {
			return err
		}
	}
}

// columnPlaces gives the place of each field's column.
func columnPlaces(head []string, columns map[string]string) (map[string]int, error) {
	places := map[string]int{}
	for i, name := range head {
		places[strings.ToLower(strings.TrimSpace(name))] = i
	}
	at := map[string]int{}
	if len(columns) == 0 {
		for _, name := range []string{"id", "source", "title", "company", "location", "experience", "salary", "skills", "description", "url", "posted", "openings", crawledAt} {
			if i, ok := places[name]; ok {
				at[name] = i
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(columns)) {
		i, ok := places[strings.ToLower(columns[field])]
		if !ok {
			return nil, fmt.Errorf("no column %q for %s: the file has %s", columns[field], field, strings.Join(head, ", "))
		}
		at[field] = i
	}
	if _, ok := at["title"]; !ok {
		return nil, fmt.Errorf("no column for title: the file has %s; say under columns which one it is", strings.Join(head, ", "))
	}
	return at, nil
}

// crawledAt is the column that says when a row was fetched.
const crawledAt = "crawled_at"

func csvPosting(record []string, at map[string]int) (p *job.Posting, err error) {
	p = &job.Posting{}
	for field, i := range at {
		if i >= len(record) {
			continue
		}
		text := strings.ToValidUTF8(record[i], "\uFFFD")
		if field != crawledAt {
			p.Set(field, text)
		} else if p.CrawledAt, err = job.ParseTime(strings.TrimSpace(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", crawledAt, err)
		}
	}
	return p, nil
}

// file reads a source of kind file.
func (c *crawl) file(ctx context.Context) (err error) {
	f, err := os.Open(c.src.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c.receipt.Pages++
	row := func(line int, p *job.Posting, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			c.sink.Reject(rowRejection(err), fmt.Sprintf("%s:%d", c.src.Path, line))
			c.problem(fmt.Sprintf("%s:%d: %v", c.src.Path, line, err))
			c.incomplete("some lines could not be read")
			return nil
		}
		return c.handRow(ctx, line, p)
	}
	if strings.EqualFold(extension(c.src.Path), "csv") {
		return ReadCSV(f, c.src.Columns, row)
	}
	return ReadLines(f, row)
}

func rowRejection(err error) job.Rejection {
	if errors.Is(err, job.ErrNoTitle) {
		return job.RejectNoTitle
	}
	return job.RejectUnreadable
}

func extension(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[i+1:]
	}
	return ""
}

// handRow hands a row on; its own id stays as it is.
func (c *crawl) handRow(ctx context.Context, line int, p *job.Posting) error {
	if strings.TrimSpace(p.Title) == "" {
		c.sink.Reject(job.RejectNoTitle, fmt.Sprintf("%s:%d", c.src.Path, line))
		return nil
	}
	p.Source = c.src.Name
	if p.ID == "" {
		p.ID = job.DeriveID(p)
	}
	if err := c.sink.Posting(ctx, p, Sight{}); err != nil {
		return &sinkError{err}
	}
	return nil
}
