package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/ledger"
	"jobsieve/report"
	"jobsieve/web"
)

type exportCmd struct {
	Format string `default:"jsonl" enum:"jsonl,csv" help:"Form of the output: ${enum}."`
	fromFlag
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts. Two ledgers that were fed the same postings export the same bytes.`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := jsonExport(out)
	if cmd.Format == "csv" {
		write = csvExport(out)
	}
	err = a.eachFrom(cmd.From, func(r *ledger.Record) error { return write(exportedOf(r)) }, func(d *indexer.Document) error { return write(exportedOfDocument(d)) })
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

// eachInIndex calls f for every document of the index, and says how it differs
// from the ledger, document by document, for all of them are read.
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
		s, err := statusOf(a.ctx, l, ix)
		if err != nil {
			return err
		}
		d := &s.Difference
		a.tellLacking(&web.Found{Waiting: s.Deliveries.Waiting, Missing: d.Missing, Foreign: d.Older + d.Newer + d.Foreign})
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

var csvHeader = []string{
	"id", "source", "url", "title", "company", "location", "label", "function", "score", "margin", "reason", "criteria", "outsourced", "rules_version",
	"pay_kind", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_period_inferred", "pay_basis", "pay_annual_min", "pay_annual_max", "pay_suspect",
	"places", "experience_min", "experience_max", "education", "shift", "mode", "openings", "languages", "posted", "language",
}

func csvExport(out io.Writer) func(exported) error {
	w := csv.NewWriter(out)
	first := true
	return func(e exported) error {
		var err error
		if first {
			err = w.Write(csvHeader)
			first = false
		}
		err = errors.Join(err, w.Write(csvRow(&e)))
		w.Flush()
		return errors.Join(err, w.Error())
	}
}

func csvRow(e *exported) []string {
	v, m, f := &e.Verdict, &e.Pay, &e.Facts
	var places, shifts []string
	for _, place := range f.Places {
		places = append(places, strings.Trim(strings.Join([]string{string(place.City), string(place.State), string(place.Country)}, "/"), "/"))
	}
	for _, s := range f.Shift {
		shifts = append(shifts, string(s))
	}
	row := []string{
		e.ID, e.Source, string(e.URL), e.Title, string(e.Company), string(e.Location), string(v.Label), string(v.Function), number(&v.Score), number(&v.Margin), string(v.Reason),
		strings.Join(v.Criteria, " "), strconv.FormatBool(v.Outsourced), v.RulesVersion,
		string(m.Kind), number(m.Min), number(m.Max), string(m.Currency), string(m.Period), strconv.FormatBool(m.PeriodInferred), string(m.Basis),
		whole(m.AnnualMin), whole(m.AnnualMax), strconv.FormatBool(m.Suspect),
		strings.Join(places, "; "), number(f.Experience.Min), number(f.Experience.Max), string(f.Education), strings.Join(shifts, " "), string(f.Mode),
		"", strings.Join(f.Languages, " "), string(f.Posted), string(f.Language),
	}
	if f.Openings != nil {
		row[30] = strconv.Itoa(*f.Openings)
	}
	for i := range row {
		row[i] = report.SafeCell(row[i])
	}
	return row
}

func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func whole(v *int64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(*v, 10)
}
