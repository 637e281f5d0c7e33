package main

import (
	"bufio"
	"errors"

	"jobsieve/desk"
	"jobsieve/job"
)

// AfterApply makes one of the two ways to ask for JSON.
func (cmd *searchCmd) AfterApply() error {
	if cmd.JSON && cmd.Format == "csv" {
		return errors.New("--json: expected it without --format csv")
	}
	cmd.JSON = cmd.JSON || cmd.Format == "json"
	return nil
}

// tellClosed says how many closed postings were left out.
func (a *app) tellClosed(n int) {
	if n > 0 {
		a.note("%s more %s closed: --all", job.Grouped(float64(n)), job.Plural(n, "is", "are"))
	}
}

// tellCSV prints the hits as the export prints postings, in their order.
func (cmd *searchCmd) tellCSV(a *app, d *desk.Desk, found *desk.Answer) error {
	a.tellLacking(d, found.Lack)
	a.tellReadOtherwise(found.ReadOtherwise)
	a.tellClosed(found.ClosedLeftOut)
	out := bufio.NewWriter(a.out)
	err := d.WriteHits(a.ctx, found, out)
	return errors.Join(a.aside(err), out.Flush())
}
