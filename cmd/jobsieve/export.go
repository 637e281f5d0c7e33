package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report"
	"jobsieve/web"
)

type exportCmd struct {
	Format string `default:"jsonl" enum:"jsonl,csv" help:"Form of the output: ${enum}."`
	filterFlags
	fromFlag
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts; with filters, those that pass them. Two ledgers that were fed the same postings export the same bytes.

  jobsieve export --label KPO --format csv`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	f, err := cmd.filter("")
	if err == nil {
		err = a.checkSources(&f)
	}
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := jsonExport(out)
	record := func(r *ledger.Record) error { return write(exportedOf(r)) }
	document := func(d *indexer.Document) error { return write(exportedOfDocument(d)) }
	if cmd.Format == "csv" {
		document = csvExport(out)
		record = func(r *ledger.Record) error {
			d := pipeline.DocumentOf(r)
			return document(&d)
		}
	}
	err = a.eachPassing(&f, cmd.From, record, document)
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// fromFlag chooses what is read.
type fromFlag struct {
	From string `default:"ledger" enum:"ledger,index" help:"What is read: ${enum}."`
}

// eachFrom calls record for every posting of the ledger, or document for every
// one of the index as it is at the beginning, by key.
func (a *app) eachFrom(from string, record func(*ledger.Record) error, document func(*indexer.Document) error) (err error) {
	if from == "ledger" {
		l, err := a.openLedger()
		if err != nil {
			return err
		}
		return a.aside(errors.Join(l.Each(a.ctx, record), l.Close()))
	}
	return a.eachInIndex(document)
}

// eachInIndex calls f for every document of the index, and says what of the
// ledger is not in it.
func (a *app) eachInIndex(f func(*indexer.Document) error) (err error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if _, running := a.daemonOf(c); running {
		return fmt.Errorf("the daemon holds the index in %s: stop it first, or leave out --from index", a.data())
	}
	l, err := a.openLedger()
	if errors.Is(err, ledger.ErrNone) && c.Index != config.DefaultIndex { // another ledger feeds it
		l, err = nil, nil
	}
	if err != nil {
		return err
	}
	if l != nil {
		defer func() { err = errors.Join(err, l.Close()) }()
	}
	ix, done, err := a.openFilled(a.ctx, c, l, indexWait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if l != nil {
		counts, err := pipeline.Counted(a.ctx, l, ix)
		if err != nil {
			return err
		}
		a.tellLacking(&web.Found{Waiting: counts.Waiting, Missing: counts.Missing})
	}
	return ix.Each(a.ctx, f)
}

func jsonExport(out io.Writer) func(exported) error {
	return func(e exported) error {
		line, err := marshal(e)
		if err == nil {
			_, err = out.Write(append(line, '\n'))
		}
		return err
	}
}

// csvHeader names the columns of a schema.
func csvHeader(schema indexer.Schema) []string {
	var out []string
	for _, f := range schema.Columns() {
		out = append(out, f.Column)
	}
	return out
}

func csvExport(out io.Writer) func(*indexer.Document) error {
	w := csv.NewWriter(out)
	columns := indexer.Fields.Columns()
	first := true
	return func(d *indexer.Document) error {
		var err error
		if first {
			err = w.Write(csvHeader(indexer.Fields))
			first = false
		}
		err = errors.Join(err, w.Write(csvRow(columns, d)))
		w.Flush()
		return errors.Join(err, w.Error())
	}
}

func csvRow(columns []indexer.Field, d *indexer.Document) []string {
	row := make([]string, len(columns))
	for i := range columns {
		row[i] = report.SafeCell(strings.Join(columns[i].Texts(d), " "))
	}
	return row
}
