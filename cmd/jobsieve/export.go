package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
)

type exportCmd struct {
	Format string `default:"jsonl" enum:"jsonl,csv" help:"Format of the output: ${enum}."`
	filter.Flags
	fromFlag
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts; with filters, those that pass them. Two ledgers that were fed the same postings export the same bytes, but for labels by hand.

label and function are those that hold; labelled_by says whether they are the rules' or were given by hand, then with the reason under hand. verdict is the rules', in any case.

With --text the index finds the words, and the postings come from the ledger all the same; what the index lacks is not found, and a message says so.

  jobsieve export --label KPO --format csv
  jobsieve export --labelled-by hand > gold.jsonl
  jobsieve export --text '"data entry" -typing' --city Pune`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	if cmd.Format == "csv" {
		err = d.Documents(a.ctx, &f, cmd.From, a.lacking(d), csvExport(out))
	} else {
		err = d.Export(a.ctx, &f, cmd.From, a.lacking(d), jsonExport(out))
	}
	if err = errors.Join(a.aside(err), out.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// fromFlag chooses what is read.
type fromFlag struct {
	From desk.Origin `default:"ledger" enum:"ledger,index" help:"What to read: ${enum}."`
}

// lacking says what the ledger has and the index lacks.
func (a *app) lacking(d *desk.Desk) func(chosen.Lack) {
	return func(lack chosen.Lack) { a.tellLacking(d, lack) }
}

func jsonExport(out io.Writer) func(desk.Exported) error {
	return func(e desk.Exported) error {
		line, err := desk.Marshal(e)
		if err == nil {
			_, err = out.Write(append(line, '\n'))
		}
		return err
	}
}

func csvExport(out io.Writer) func(*indexer.Document) error {
	w := csv.NewWriter(out)
	header := desk.Columns(indexer.Fields)
	return func(d *indexer.Document) error {
		if header != nil {
			if err := w.Write(header); err != nil {
				return err
			}
			header = nil
		}
		err := w.Write(desk.Row(indexer.Fields, d))
		w.Flush()
		return errors.Join(err, w.Error())
	}
}
