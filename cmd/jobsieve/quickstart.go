package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/internal/private"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/report"
	"jobsieve/sampleboard"
)

type quickstartCmd struct{}

// quickstartData is the quick start's own data folder.
const quickstartData = "jobsieve-quickstart"

// Help says what happens.
func (*quickstartCmd) Help() string {
	return `Serves the sample board that comes with jobsieve on this machine, crawls it over HTTP like any other, labels and indexes its postings, and shows what came of it. Its data is kept in ./` + quickstartData + `, apart from yours.`
}

// Run shows everything at work.
func (*quickstartCmd) Run(a *app) (err error) {
	if a.settings.Data == "" {
		a.settings.Data = "./" + quickstartData
	}
	a.settings.Config, a.settings.Index = "", config.Address{}
	host, stop, err := sampleboard.Serve()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	fmt.Fprintf(a.err, "The sample board \"Naukri Chowk\" is served at http://%s; crawling it …\n", host)
	return a.withLedger(ledger.Open, a.data(), func(l *ledger.Ledger) error {
		c := config.Default()
		c.Sources = []config.Source{sampleboard.Source(host)}
		p := terminal.NewProgress(a.err)
		d := a.deskFor(c)
		line, err := a.line(d, l, p, waitFlags{Wait: 10 * time.Second})
		if err != nil {
			return err
		}
		sum, err := line.Run(a.ctx, "quickstart", []*config.Source{&c.Sources[0]})
		p.Clear()
		if err != nil {
			return err
		}
		return a.tellQuickstart(d, sum)
	})
}

// tellQuickstart shows the receipt, the labels, the pay table, and what to try
// next.
func (a *app) tellQuickstart(d *desk.Desk, sum *pipeline.Summary) error {
	fmt.Fprintln(a.out, "\nReceipt")
	a.show().Summary(sum, a.ctx.Err() != nil)
	if sum.Seen > 0 && sum.Unchanged == sum.Seen {
		fmt.Fprintln(a.out, "Nothing has changed since the last time.")
	}
	counts, err := d.Labels(a.ctx)
	if err == nil {
		err = a.show().Labels(counts)
	}
	if err != nil {
		return err
	}
	table, err := d.Table(a.ctx, report.NewPay(report.Options{By: []string{"label"}, Period: job.PerMonth}),
		desk.Counted{Filter: new(filter.Filter), From: desk.FromLedger}, nil)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, "\nPay")
	if err := table.Terminal(a.out); err != nil {
		return err
	}
	path := filepath.Join(a.data(), "pay.csv")
	var csv bytes.Buffer
	if err := table.CSV(&csv, false); err != nil {
		return err
	}
	if err := private.Write(path, csv.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "The whole table is in %s.\n\nTry next\n", path)
	for _, args := range [][]string{
		{"search", "voice process"}, {"search", "ग्राहक", "--label", "BPO"}, {"explain", "naukri-chowk:nc-005"},
		{"report", "pay", "--by", "function", "--period", "month"}, {"pay", "--explain", "50,000-3 Lacs PA"},
	} {
		fmt.Fprintf(a.out, "  %s\n", a.command(args...))
	}
	fmt.Fprintf(a.out, "and for your own sources\n  %s\n", terminal.CommandLine("init", "--contact", "you@example.org"))
	if sum.Partly() {
		return partly
	}
	return nil
}
