package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
)

type exportCmd struct {
	Format string `default:"jsonl" enum:"jsonl,csv" help:"Format of the output: ${enum}."`
	fromFlag
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts. Two ledgers that were fed the same postings export the same bytes.`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := jsonExport(out)
	if cmd.Format == "csv" {
		write = csvExport(out)
	}
	err = a.aside(d.Export(a.ctx, cmd.From, a.lacking(d), write))
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// fromFlag chooses what is read.
type fromFlag struct {
	From desk.Origin `default:"ledger" enum:"ledger,index" help:"What to read: ${enum}."`
}

// lacking tells what of the ledger is not in the index.
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

func csvExport(out io.Writer) func(desk.Exported) error {
	w := csv.NewWriter(out)
	header := desk.Columns
	return func(e desk.Exported) error {
		if header != nil {
			if err := w.Write(header); err != nil {
				return err
			}
			header = nil
		}
		err := w.Write(e.Row())
		w.Flush()
		return errors.Join(err, w.Error())
	}
}
