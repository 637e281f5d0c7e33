package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"jobsieve/classifier"
	"jobsieve/config"
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
	return `Serves the sample board that comes with jobsieve on this machine, crawls it over HTTP like any other, labels and indexes its postings, and shows what came of it. Its data lies in ./` + quickstartData + `, apart from yours.`
}

// Run shows it all at work.
func (*quickstartCmd) Run(a *app) (err error) {
	if a.settings.Data == "" {
		a.settings.Data = "./" + quickstartData
	}
	a.settings.Config, a.settings.Index = "", config.Address{}
	host, stop, err := serveBoard()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	fmt.Fprintf(a.err, "The sample board \"Naukri Chowk\" is served at http://%s; crawling it …\n", host)
	return a.withWriter(func(l *ledger.Ledger) error {
		c := config.Default()
		c.Sources = []config.Source{boardSource(host)}
		p := newProgress(a.err)
		line, err := a.line(c, l, p, waitFlags{Wait: 10 * time.Second})
		if err != nil {
			return err
		}
		sum, err := line.Run(a.ctx, "quickstart", []*config.Source{&c.Sources[0]})
		p.clear()
		if err != nil {
			return err
		}
		return a.tellQuickstart(l, sum)
	})
}

// serveBoard serves the sample board on a free port of this machine.
func serveBoard() (host string, stop func() error, err error) {
	board, err := sampleboard.NewBoard()
	if err != nil {
		return "", nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve the sample board: %w", err)
	}
	server := &http.Server{Handler: board, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return listener.Addr().String(), func() error {
		err := server.Shutdown(context.Background())
		if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
		return err
	}, nil
}

// boardSource is the source that reads the sample board: list pages, and pages
// of postings, half of them with JSON-LD.
func boardSource(host string) config.Source {
	field := func(css, attr string) config.Field { return config.Field{Select: css, Attr: attr} }
	fetch := config.Default().Fetch
	fetch.Delay, fetch.Private = config.Duration(time.Millisecond), []string{"127.0.0.1"}
	return config.Source{
		Name: "naukri-chowk", Kind: config.KindHTML, URL: "http://" + host + "/jobs", Pages: config.DefaultPages, Fetch: fetch,
		List: config.List{
			Item: "li.job", Next: field("a.next", "href"),
			Fields: map[string]config.Field{
				"id": field("", "data-id"), "title": field(".title", ""), "company": field(".company", ""), "location": field(".place", ""),
				"experience": field(".experience", ""), "salary": field(".pay", ""),
			},
		},
		Detail: config.Detail{
			Link: field("a.title", "href"),
			Fields: map[string]config.Field{
				"id": field(".posting", "data-id"), "title": field(".job-title", ""), "company": field(".job-company", ""), "location": field(".job-place", ""),
				"experience": field(".job-experience", ""), "salary": field(".job-salary", ""), "skills": field(".job-skills", ""),
				"description": field(".job-description", ""), "openings": field(".job-openings", ""), "posted": field(".job-posted", "datetime"),
			},
		},
	}
}

// tellQuickstart shows the receipt, the labels, the pay table, and what to try
// next.
func (a *app) tellQuickstart(l *ledger.Ledger, sum *pipeline.Summary) error {
	fmt.Fprintln(a.out, "\nReceipt")
	if err := a.tellSummary(sum, false); err != nil {
		return err
	}
	if sum.Seen > 0 && sum.Unchanged == sum.Seen {
		fmt.Fprintln(a.out, "Nothing has changed since the last time.")
	}
	if err := a.tellLabels(l); err != nil {
		return err
	}
	table, err := a.payTable(report.Options{By: []string{"label"}, Period: job.PerMonth}, "ledger")
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, "\nPay")
	if err := table.Terminal(a.out); err != nil {
		return err
	}
	path := filepath.Join(a.data(), "pay.csv")
	if err := private.File(path); err != nil {
		return err
	}
	if err := writeCSV(table, path, false); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "The whole table is in %s.\n\nTry next\n", path)
	for _, args := range [][]string{
		{"search", "voice process"}, {"search", "ग्राहक", "--label", "BPO"}, {"explain", "naukri-chowk:nc-005"},
		{"report", "pay", "--by", "function", "--period", "month"}, {"pay", "--explain", "50,000-3 Lacs PA"},
	} {
		fmt.Fprintf(a.out, "  %s\n", a.command(args...))
	}
	fmt.Fprintf(a.out, "and for your own sources\n  %s\n", self()+" init --contact you@example.org")
	if sum.Partly() {
		return partly
	}
	return nil
}

// tellLabels shows how many postings have each label and function.
func (a *app) tellLabels(l *ledger.Ledger) error {
	book, err := classifier.ReadLabels("") // it is crawled with the rules that come with the program
	if err != nil {
		return err
	}
	counts := map[job.Function]int{}
	err = l.Each(a.ctx, func(r *ledger.Record) error {
		counts[r.Verdict.Function]++
		return nil
	})
	if err != nil {
		return err
	}
	var rows [][]string
	for _, label := range book {
		total := 0
		for _, f := range label.Functions {
			total += counts[f]
		}
		rows = append(rows, []string{string(label.Label), "", fmt.Sprint(total)})
		for _, f := range label.Functions {
			if counts[f] > 0 && f != job.FunctionNone {
				rows = append(rows, []string{"", string(f), fmt.Sprint(counts[f])})
			}
		}
	}
	fmt.Fprintln(a.out, "\nLabels")
	return terminal.Table(a.out, []string{"label", "function", "postings"}, rows, 2)
}
