package crawler

import (
	"context"
	"errors"
	"fmt"

	"jobsieve/crawler/rows"
	"jobsieve/job"
)

// file reads a source of kind file.
func (c *crawl) file(ctx context.Context) (err error) {
	f, err := rows.OpenFile(ctx, c.src.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	c.receipt.Pages++
	faults := 0
	account := rows.Account{
		State:    c.stated,
		Repeated: c.repeat,
		Posting: func(p *job.Posting) error {
			if err := c.sink.Posting(ctx, p, Sight{}); err != nil {
				return &sinkError{err}
			}
			return nil
		},
		LeftOut: func(line int, why job.Rejection, err error) {
			faults++
			c.rowLeftOut(faults, line, why, err)
		},
	}
	report, err := account.Each(ctx, f, rows.Options{Name: c.src.Path, Columns: c.src.Columns.Names()})
	if report.Differ != "" {
		c.incomplete(report.Differ)
	}
	for _, note := range report.Notes {
		c.problem(fmt.Sprintf("%s: %s", c.src.Path, note))
	}
	if err == nil && report.Cut != nil {
		c.problem(fmt.Sprintf("%s: %v", c.src.Path, report.Cut))
		c.incomplete(report.Cut.Error())
	}
	return err
}

// rowLeftOut reports a row that was left out, the n-th.
func (c *crawl) rowLeftOut(n, line int, why job.Rejection, err error) {
	place := fmt.Sprintf("%s:%d", c.src.Path, line)
	c.sink.Reject(why, place)
	c.incomplete("some rows were left out")
	if n <= rows.MaxTold {
		c.problem(fmt.Sprintf("%s: %v", place, err))
		return
	}
	c.env.Log.Debug("row left out", "file", c.src.Path, "line", line, "reason", err)
}
