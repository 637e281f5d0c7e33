package main

import (
	"bufio"
	"fmt"
	"io"

	"jobsieve/crawler/rows"
	"jobsieve/desk"
)

type classifyCmd struct {
	rowFlags
	File string `arg:"" optional:"" default:"-" help:"JSON lines or CSV; - for standard input."`
}

// Help teaches the form of a line.
func (*classifyCmd) Help() string {
	return `Each row has a title and, where known, id, source, company, location, experience, salary, skills, description. The same rows come out as JSON lines, in order, with verdict, pay and facts.

  echo '{"title":"Telecaller, night shift","salary":"12-15k"}' | jobsieve classify`
}

// Run labels the postings of a file.
func (cmd *classifyCmd) Run(a *app) error {
	r, err := a.reader()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	err = a.eachRow(cmd.File, cmd.rowFlags, func(row *rows.Row) error {
		line, err := desk.Classified(row, r)
		if err == nil {
			_, err = out.Write(line)
		}
		return err
	})
	if e := out.Flush(); e != nil {
		return fmt.Errorf("write: %w", e)
	}
	return err
}

// open opens a file, or standard input for "-".
func (a *app) open(name string) (io.Reader, func() error, error) {
	if name == "-" || name == "" {
		return a.in, func() error { return nil }, nil
	}
	f, err := rows.OpenFile(a.ctx, name)
	switch {
	case a.ctx.Err() != nil:
		return nil, nil, fmt.Errorf("open %s: %w", name, a.ctx.Err())
	case err != nil:
		return nil, nil, usage("%w", err)
	}
	return f, f.Close, nil
}
