package main

import (
	"encoding/csv"
	"errors"

	"jobsieve/desk"
	"jobsieve/indexer"
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

// tellCSV prints the hits as the export prints postings, in their order. The header
// stands there where nothing was found, too.
func (cmd *searchCmd) tellCSV(a *app, d *desk.Desk, found *desk.Answer) error {
	a.tellLacking(d, found.Lack)
	a.tellReadOtherwise(found.ReadOtherwise)
	if n := found.ClosedLeftOut; n > 0 {
		a.note("%s more %s closed: --all", job.Grouped(float64(n)), job.Plural(n, "is", "are"))
	}
	w := csv.NewWriter(a.out)
	err := w.Write(desk.Columns(indexer.Fields))
	if err == nil {
		err = d.HitDocuments(a.ctx, found, func(doc *indexer.Document) error {
			return w.Write(desk.Row(indexer.Fields, doc))
		})
	}
	w.Flush()
	return errors.Join(a.aside(err), w.Error())
}
