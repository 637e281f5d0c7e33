package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"time"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

type exportCmd struct {
	Format   string `default:"jsonl" enum:"jsonl,csv,parquet" help:"Format of the output: ${enum}."`
	Observed bool   `help:"Also what depends on when a posting was read, as tables use it: posted (a relative date resolved), month, first_seen and others; in JSON under observed, in CSV in columns that begin with observed_."`
	Sort     string `default:"id" enum:"id,date,pay,company,title" help:"Order of the postings: ${enum}. The newest, or the highest pay, first."`
	filter.Flags
	fromFlag
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
	if err := cmd.checkFormat(a); err != nil {
		return err
	}
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	if err := cmd.fromFlag.check(&f); err != nil {
		return err
	}
	if cmd.AsOf != "" {
		a.note("%s", desk.SaidOf(cmd.AsOf))
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	n := 0
	switch {
	case cmd.Format == formatParquet:
		n, err = cmd.parquet(a, d, &f, out)
	case cmd.Sort != orderID:
		n, err = cmd.sorted(a, d, &f, out)
	case cmd.Format == "csv":
		err = cmd.documents(a, d, &f, counting(&n, csvExport(out, csvFields(cmd.Observed))))
	case cmd.Observed:
		err = cmd.documents(a, d, &f, counting(&n, observedExport(out)))
	default:
		err = cmd.postings(a, d, &f, counting(&n, jsonExport(out)))
	}
	if err = errors.Join(a.aside(err), out.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if n == 0 && !f.IsZero() {
		return a.tellNothing(d, &f, "")
	}
	return nil
}

// documents calls f for every posting that is exported, as a document.
func (cmd *exportCmd) documents(a *app, d *desk.Desk, which *filter.Filter, f func(*indexer.Document) error) error {
	if cmd.AsOf == "" {
		return d.Documents(a.ctx, which, cmd.From, a.lacking(d), f)
	}
	return d.RecordsAsOf(a.ctx, which, cmd.AsOf, func(r *ledger.Record) error {
		doc := chosen.DocumentOf(r)
		return f(&doc)
	})
}

// postings is documents in the form of a plain export.
func (cmd *exportCmd) postings(a *app, d *desk.Desk, which *filter.Filter, f func(desk.Exported) error) error {
	if cmd.AsOf == "" {
		return d.Export(a.ctx, which, cmd.From, a.lacking(d), f)
	}
	return d.RecordsAsOf(a.ctx, which, cmd.AsOf, func(r *ledger.Record) error { return f(desk.ExportedOf(r)) })
}

// checkFormat refuses what does not go together.
func (cmd *exportCmd) checkFormat(a *app) error {
	isParquet := cmd.Format == formatParquet
	switch {
	case isParquet && cmd.Sort != orderID:
		return usage("--sort %s: expected it without --format parquet, whose order is id", cmd.Sort)
	case isParquet && a.terminalOut():
		return usage("--format parquet: expected the output in a file, " +
			"such as > postings.parquet, for a terminal can't show it")
	}
	return nil
}

// counting counts what a function is called for.
func counting[T any](n *int, f func(T) error) func(T) error {
	return func(v T) error {
		*n++
		return f(v)
	}
}

// fromFlag chooses what is read.
type fromFlag struct {
	From desk.Origin `default:"ledger" enum:"ledger,index" help:"What to read: ${enum}."`
	AsOf string      `name:"as-of" placeholder:"DATE" help:"Postings as they were at the end of this day, such as 2026-01-31, read by today's rules; only from the ledger."`
}

// check refuses a day of which what is read knows nothing.
func (f *fromFlag) check(which *filter.Filter) error {
	if f.AsOf == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, f.AsOf); err != nil {
		return usage("--as-of: expected a date such as 2026-01-31, got %q", f.AsOf)
	}
	switch {
	case f.From != desk.FromLedger:
		return usage("--as-of: %w; leave out --from %s", desk.ErrLedgerOnly, f.From)
	case which.Text != "":
		return usage("--as-of: %w, and the words of --text are found in the index; use --where or another filter",
			desk.ErrLedgerOnly)
	}
	return nil
}

// lacking says what the ledger has and the index lacks.
func (a *app) lacking(d *desk.Desk) func(chosen.Lack) {
	return func(lack chosen.Lack) { a.tellLacking(d, lack) }
}

func jsonExport(out io.Writer) func(desk.Exported) error {
	return func(e desk.Exported) error { return jsonLine(out, e) }
}

func observedExport(out io.Writer) func(*indexer.Document) error {
	return func(d *indexer.Document) error { return jsonLine(out, observedOf(d)) }
}

func jsonLine(out io.Writer, v any) error {
	line, err := desk.Marshal(v)
	if err == nil {
		_, err = out.Write(append(line, '\n'))
	}
	return err
}

func csvExport(out io.Writer, fields indexer.Schema) func(*indexer.Document) error {
	isFirst := true
	return func(d *indexer.Document) error {
		if isFirst {
			isFirst = false
			if err := csvLine(out, desk.Columns(fields)); err != nil {
				return err
			}
		}
		return csvLine(out, desk.Row(fields, d))
	}
}

func csvLine(out io.Writer, cells []string) error {
	w := csv.NewWriter(out)
	err := w.Write(cells)
	w.Flush()
	return errors.Join(err, w.Error())
}
