package main

import (
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type verifyCmd struct {
	JSON bool `name:"json" help:"Print JSON lines: each fault, and then what was looked at."`
}

// Help says what is looked at and how it ends.
func (*verifyCmd) Help() string {
	return `Reads the whole ledger, and compares the index with it; changes nothing, and others may write meanwhile. Looks at the file as SQLite does, with all references; at every posting, version, reading, summary, delivery, run, receipt, crawl and kept page: that it can be read, that versions have no gaps, that summaries and hashes are those of the postings, and that no index took what the ledger never had.

Names each fault with the posting's key and what mends it. Exits with 0 where all is right, and with 3 otherwise.`
}

// Run verifies the ledger and the index.
func (cmd *verifyCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	p := terminal.NewProgress(a.err)
	out := a.show()
	v, err := d.Verify(a.ctx, func(f ledger.Fault) error {
		p.Clear()
		if cmd.JSON {
			return a.writeJSON(f)
		}
		return out.Fault(&f)
	}, func(kind string, rows int) { p.Tell("verified, "+kind, rows) })
	p.Clear()
	if err = a.aside(err); err != nil {
		return err
	}
	if cmd.JSON {
		err = a.writeJSON(v)
	} else {
		out.Verified(&v)
	}
	if err == nil && v.Faults > 0 {
		a.damaged = nil // named already
		return partly
	}
	return err
}
