package main

import (
	"fmt"

	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type ledgerCmds struct {
	Copy ledgerCopyCmd `cmd:"" help:"Copy the ledger from a folder to a PostgreSQL, or back."`
}

type ledgerCopyCmd struct {
	From string `arg:"" help:"The ledger to copy: a data folder, or postgres://HOST/DATABASE."`
	To   string `arg:"" help:"Where to: such a place, which holds no ledger, or an earlier copy of this one."`
	JSON bool   `name:"json" help:"Print a JSON line for each table: its rows, and how many of them were written."`
}

// Help says how it ends and how to go on.
func (*ledgerCopyCmd) Help() string {
	return `Copies everything in the ledger as it is at one moment, in short transactions; then reads both back and compares them, table by table, by the number of rows and a hash of all that they hold. If it is cut off, call it again: it goes on, and writes only what differs, so that a copy that has grown old is brought up to date too. What is no copy of this ledger is refused.

The ledger may be read and written meanwhile; nobody may write to the copy. To move, stop what writes,
copy once more, and set "ledger" in the configuration, or leave it out for the data folder. Keep the
data folder with its index; in another one, "index rebuild" makes the index anew.

  jobsieve ledger copy ./jobsieve-data postgres://jobsieve@db.example/jobs
  jobsieve ledger copy postgres://jobsieve@db.example/jobs ./copy`
}

// Run copies the ledger.
func (cmd *ledgerCopyCmd) Run(a *app) error {
	if cmd.From == cmd.To {
		return usage("copy the ledger: both places are the same")
	}
	p := terminal.NewProgress(a.err)
	tables, err := ledger.Copy(a.ctx, cmd.From, cmd.To, func(table string, rows int) { p.Tell("copied, "+table, rows) })
	p.Clear()
	if err != nil {
		return err
	}
	rows, written := 0, 0
	for i := range tables {
		rows, written = rows+tables[i].Rows, written+tables[i].Written
		if cmd.JSON {
			err = a.writeJSON(&tables[i])
		}
		if err != nil {
			return err
		}
	}
	if !cmd.JSON {
		fmt.Fprintf(a.out, "Copied the ledger: %s, of which %d were written; both say the same.\n",
			job.Count(rows, "row"), written)
	}
	return nil
}
