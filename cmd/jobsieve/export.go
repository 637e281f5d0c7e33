package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"jobsieve/ledger"
	"jobsieve/report"
)

type exportCmd struct {
	Format string `default:"jsonl" enum:"jsonl,csv" help:"Form of the output: ${enum}."`
}

// Help says what can be relied on.
func (*exportCmd) Help() string {
	return `Every current posting, ordered by id, with its label and the evidence, its pay and its facts. Two ledgers that were fed the same postings export the same bytes.`
}

// Run writes every posting.
func (cmd *exportCmd) Run(a *app) (err error) {
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := jsonExport(out)
	if cmd.Format == "csv" {
		write = csvExport(out)
	}
	err = l.Each(a.ctx, write)
	if err = errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func jsonExport(out io.Writer) func(*ledger.Record) error {
	return func(r *ledger.Record) error {
		line, err := marshal(exportedOf(r))
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

func csvExport(out io.Writer) func(*ledger.Record) error {
	w := csv.NewWriter(out)
	first := true
	return func(r *ledger.Record) error {
		var err error
		if first {
			err = w.Write(csvHeader)
			first = false
		}
		err = errors.Join(err, w.Write(csvRow(r)))
		w.Flush()
		return errors.Join(err, w.Error())
	}
}

func csvRow(r *ledger.Record) []string {
	p, v, m, f := &r.Posting, &r.Verdict, &r.Pay, &r.Facts
	var places, shifts []string
	for _, place := range f.Places {
		places = append(places, strings.Trim(strings.Join([]string{string(place.City), string(place.State), string(place.Country)}, "/"), "/"))
	}
	for _, s := range f.Shift {
		shifts = append(shifts, string(s))
	}
	row := []string{
		p.ID, p.Source, p.URL, p.Title, p.Company, p.Location, string(v.Label), string(v.Function), number(&v.Score), number(&v.Margin), string(v.Reason),
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
