package main

import (
	"bufio"
	"errors"
	"fmt"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
)

type exportCmd struct {
	Format   desk.ExportFormat `default:"jsonl" enum:"jsonl,csv,parquet" help:"Format of the output: ${enum}."`
	Observed bool              `help:"Also what depends on when a posting was read, as tables use it: posted (a relative date resolved), month, first_seen and others; in JSON under observed, in CSV in columns that begin with observed_."`
	Sort     string            `default:"id" enum:"id,date,pay,company,title" help:"Order of the postings: ${enum}. The newest, or the highest pay, first."`
	filter.Flags
	fromFlag
	serverFlags
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts; with filters, those that pass them. Two ledgers that were fed the same postings export the same bytes, but for labels by hand.

label and function are those that hold; labelled_by says whether they are the rules' or were given by hand, then with the reason under hand. verdict is the rules', in any case.

Parquet has a column with its type for each field of a posting, the texts too, by the names in docs/fields.md; what can have several values is a list. With --observed every pay table and count can be made again from it.

With --text the index finds the words, and the postings come from the ledger all the same; what the index lacks is not found, and a message says so.

  jobsieve export --label KPO --format csv
  jobsieve export --format parquet --observed > postings.parquet
  jobsieve export --as-of 2026-01-31 --open --format csv
  jobsieve export --labelled-by hand > gold.jsonl
  jobsieve export --text '"data entry" -typing' --city Pune
  jobsieve export --where 'pay >= 3 LPA and experience <= 2' --sort pay --format csv`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	if cmd.Format == desk.ExportParquet && cmd.Sort == desk.OrderID && a.terminalOut() {
		return usage("--format parquet: expected the output in a file, " +
			"such as > postings.parquet, for a terminal can't show it")
	}
	if cmd.Server != "" {
		return cmd.remote(a)
	}
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	ask := &desk.ExportAsked{
		Format: cmd.Format, Observed: cmd.Observed, Sort: cmd.Sort, Filter: f, From: cmd.From, AsOf: cmd.AsOf,
	}
	if err := ask.Check(); err != nil {
		return byFlag(err)
	}
	if cmd.AsOf != "" {
		a.note("%s", desk.SaidOf(cmd.AsOf))
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	n, err := d.WriteExport(a.ctx, ask, out, a.lacking(d))
	if err = errors.Join(a.aside(err), out.Flush()); err != nil {
		return fmt.Errorf("export: %w", byFlag(err))
	}
	if n == 0 && !f.IsZero() {
		return a.tellNothing(d, &f, "")
	}
	return nil
}

// fromFlag chooses what is read.
type fromFlag struct {
	From desk.Origin `default:"ledger" enum:"ledger,index" help:"What to read: ${enum}."`
	AsOf string      `name:"as-of" placeholder:"DATE" help:"Postings as they were at the end of this day, such as 2026-01-31, read by today's rules; only from the ledger, where words are looked for in the texts of that day."`
}

// lacking says what the ledger has and the index lacks.
func (a *app) lacking(d *desk.Desk) func(chosen.Lack) {
	return func(lack chosen.Lack) { a.tellLacking(d, lack) }
}
