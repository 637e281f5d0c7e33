package crawler

import (
	"context"
	"errors"
	"fmt"

	"jobsieve/crawler/rows"
	"jobsieve/job"
)

// maxRowFaults is how many rows that were left out a receipt tells.
const maxRowFaults = 5

// file reads a source of kind file.
func (c *crawl) file(ctx context.Context) (err error) {
	f, err := rows.OpenFile(ctx, c.src.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c.receipt.Pages++
	faults, repeats := 0, rows.Repeats{}
	o := rows.Options{Name: c.src.Path, Columns: c.src.Columns.Names()}
	report, err := rows.Each(ctx, f, o, func(r rows.Row, err error) error {
		if err == nil {
			return c.handRow(ctx, r.Line, &r.Posting, &repeats)
		}
		place := fmt.Sprintf("%s:%d", c.src.Path, r.Line)
		c.sink.Reject(rows.Rejection(err), place)
		c.incomplete("some rows were left out")
		if faults++; faults <= maxRowFaults {
			c.problem(fmt.Sprintf("%s: %v", place, err))
		} else {
			c.env.Log.Debug("row left out", "file", c.src.Path, "line", r.Line, "reason", err)
		}
		return nil
	})
	if n := repeats.Differ(); n > 0 {
		c.incomplete(fmt.Sprintf("rows with the id of an earlier one that say something else: %d", n))
	}
	for _, note := range append(report.Notes, repeats.Notes()...) {
		c.problem(fmt.Sprintf("%s: %s", c.src.Path, note))
	}
	if err == nil && report.Cut != nil {
		c.problem(fmt.Sprintf("%s: %v", c.src.Path, report.Cut))
		c.incomplete(report.Cut.Error())
	}
	return err
}

// handRow hands a row on, unless an earlier one has its id; its own id stays as it is.
func (c *crawl) handRow(ctx context.Context, line int, p *job.Posting, repeats *rows.Repeats) error {
	c.stated(p)
	if p.ID == "" {
		p.ID = job.DeriveID(p)
	}
	if repeats.Met(line, p) {
		c.repeat()
		return nil
	}
	if err := c.sink.Posting(ctx, p, Sight{}); err != nil {
		return &sinkError{err}
	}
	return nil
}
