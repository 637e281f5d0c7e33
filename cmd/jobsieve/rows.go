package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jobsieve/crawler/rows"
	"jobsieve/internal/strictyaml"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// rowFlags say how rows are read.
type rowFlags struct {
	Column []string    `placeholder:"FIELD=COLUMN" sep:"none" help:"The column that holds a field, such as posted=date_posted; may be given for several fields. The others are found by their usual names."`
	Format rows.Format `default:"auto" enum:"auto,csv,json" help:"The format of the rows (${enum}); auto goes by the first bytes, then by the name."`
}

// options gives the options of the flags, for a file.
func (f *rowFlags) options(file string) (rows.Options, error) {
	o := rows.Options{Name: file, Format: f.Format, Columns: map[string]string{}}
	columns := map[string]bool{}
	for _, c := range f.Column {
		field, column, ok := strings.Cut(c, "=")
		name := strings.ToLower(strings.TrimSpace(column))
		_, twice := o.Columns[field]
		switch {
		case !ok || name == "":
			return o, usage("--column: expected FIELD=COLUMN, such as posted=date_posted, got %q", c)
		case !slices.Contains(job.RowFields, field):
			return o, usage("--column %s: unknown field; %s", c, strictyaml.Expected(field, job.RowFields))
		case twice:
			return o, usage("--column %s: the column of %s was given before: %q", c, field, o.Columns[field])
		case columns[name]:
			return o, usage("--column %s: the column %q was given for another field", c, column)
		}
		o.Columns[field], columns[name] = column, true
	}
	return o, nil
}

// eachRow calls f for every row of a file of postings. A row that can't be read
// is reported, and the error is then partly.
func (a *app) eachRow(file string, flags rowFlags, f func(*rows.Row) error) (err error) {
	o, err := flags.options(file)
	if err != nil {
		return err
	}
	in, closeIn, err := a.open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeIn()) }()
	bad := 0
	report, err := rows.Each(a.ctx, in, o, func(row rows.Row, err error) error {
		if err == nil {
			return f(&row)
		}
		bad++
		a.tellLine(file, row.Line, err)
		return nil
	})
	return a.endRows(file, report, bad, err)
}

// eachObject calls f for every JSON object of a file. One that f can't read is reported
// with its line, and the rest goes on; the error is then partly.
func (a *app) eachObject(file string, f func(object []byte) error) (err error) {
	in, closeIn, err := a.open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeIn()) }()
	bad := 0
	report, err := rows.Objects(a.ctx, in, rows.Options{Name: file}, func(line int, object []byte, err error) error {
		if err == nil {
			err = f(object)
		}
		var out *outError
		if err == nil || errors.As(err, &out) {
			return err
		}
		bad++
		a.tellLine(file, line, err)
		return nil
	})
	return a.endRows(file, report, bad, err)
}

// outError is an error of what is written, which ends the command.
type outError struct{ error }

func (a *app) tellLine(file string, line int, err error) {
	fmt.Fprintf(a.err, "jobsieve: %s:%d: %s\n", file, line, terminal.Safe(err.Error()))
}

// endRows prints what is to be said of a file besides its rows, and gives the
// error that its reading ends with.
func (a *app) endRows(file string, report rows.Report, bad int, err error) error {
	for _, note := range report.Notes {
		fmt.Fprintf(a.err, "jobsieve: %s: %s\n", file, terminal.Safe(note))
	}
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", file, err)
	case report.Cut != nil:
		fmt.Fprintf(a.err, "jobsieve: %s: not read to the end: %s\n", file, terminal.Safe(report.Cut.Error()))
		return partly
	case bad > 0:
		return partly
	}
	return nil
}
