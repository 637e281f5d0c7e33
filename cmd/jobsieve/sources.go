package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/pipeline"
)

type sourcesCmds struct {
	Test   sourcesTestCmd   `cmd:"" help:"Read a few postings of a source and show them, field by field; store nothing."`
	Status sourcesStatusCmd `cmd:"" help:"Show how each source does, by its last run against the ones before."`
}

type sourcesTestCmd struct {
	Name  string `arg:"" help:"The source's name in the configuration."`
	Limit int    `default:"5" help:"How many postings to read."`
}

// Run reads a few postings.
func (cmd *sourcesTestCmd) Run(a *app) error {
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	src, err := c.Source(cmd.Name)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	p, err := crawler.Look(a.ctx, src, crawler.Env{Contact: c.Contact, Version: version, Now: a.now, Log: a.log}, cmd.Limit)
	if err != nil {
		return err
	}
	a.tellPreview(src, p)
	if p.Receipt.Failed {
		return errors.New(p.Receipt.Why)
	}
	return nil
}

// tellPreview shows the postings that were looked at, and what they lack.
func (a *app) tellPreview(src *config.Source, p *crawler.Preview) {
	for i := range p.Postings {
		p.Postings[i].URL = src.Hide(p.Postings[i].URL)
		a.tellFields(&p.Postings[i])
	}
	fmt.Fprintf(a.out, "%d postings read%s\n", len(p.Postings), reasons(p.Rejected))
	a.tellMissing(p.Postings)
}

// previewBytes is the most that is shown of a field.
const previewBytes = 160

// tellFields shows what was read of a posting.
func (a *app) tellFields(p *job.Posting) {
	fmt.Fprintf(a.out, "%s\n", terminal.Safe(p.ID))
	for _, f := range append(append([]job.Field{}, job.Fields...), "url", "posted") {
		text := strings.Join(strings.Fields(p.Text(f)), " ")
		switch f {
		case "url":
			text = p.URL
		case "posted":
			text = p.Posted
		}
		if text == "" {
			continue
		}
		if len(text) > previewBytes {
			text = strings.ToValidUTF8(text[:previewBytes], "") + "…"
		}
		fmt.Fprintf(a.out, "  %-12s %s\n", f, terminal.Safe(text))
	}
}

// tellMissing names the fields that no posting, or not every one, has.
func (a *app) tellMissing(postings []job.Posting) {
	if len(postings) == 0 {
		return
	}
	var never, some []string
	for _, f := range job.Fields {
		n := 0
		for i := range postings {
			if postings[i].Text(f) != "" {
				n++
			}
		}
		switch {
		case n == 0:
			never = append(never, string(f))
		case n < len(postings):
			some = append(some, fmt.Sprintf("%s (%d of %d)", f, n, len(postings)))
		}
	}
	if len(never) > 0 {
		fmt.Fprintf(a.out, "In none of them: %s\n", strings.Join(never, ", "))
	}
	if len(some) > 0 {
		fmt.Fprintf(a.out, "Not in all: %s\n", strings.Join(some, ", "))
	}
}

type sourcesStatusCmd struct {
	JSON bool `name:"json" help:"Print JSON lines."`
}

// Help says how it ends.
func (*sourcesStatusCmd) Help() string {
	return `A source that is disabled is listed and not judged. Another one is ill where its last run failed or was cut short, yielded less than half of what it usually does, was blocked, or where a field that used to be filled is no more. Ends with 3 if one is.`
}

// recentRuns is how many receipts of a source are looked at.
const recentRuns = 20

// Run shows how each source does.
func (cmd *sourcesStatusCmd) Run(a *app) (err error) {
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	ill := false
	for i := range c.Sources {
		receipts, err := l.Receipts(a.ctx, c.Sources[i].Name, recentRuns)
		if err != nil {
			return err
		}
		h := pipeline.HealthOf(c.Sources[i].Name, receipts)
		if c.Sources[i].Disabled {
			h = pipeline.Rest(c.Sources[i].Name, receipts)
		}
		ill = ill || len(h.Problems) > 0
		if cmd.JSON {
			if err := a.writeJSON(h); err != nil {
				return err
			}
			continue
		}
		a.tellHealth(&h)
	}
	if len(c.Sources) == 0 && !cmd.JSON {
		fmt.Fprintf(a.out, "%s has no sources.\n", c.File)
	}
	if ill {
		return partly
	}
	return nil
}

func (a *app) tellHealth(h *pipeline.Health) {
	if h.Last != nil {
		fmt.Fprintf(a.out, "%s: %s, %d seen", h.Source, h.Last.Started.Format("2006-01-02 15:04"), h.Last.Seen)
		if h.Usual > 0 {
			fmt.Fprintf(a.out, ", usually %d", h.Usual)
		}
		fmt.Fprintln(a.out)
	} else {
		fmt.Fprintf(a.out, "%s:\n", h.Source)
	}
	for _, ill := range h.Problems {
		fmt.Fprintf(a.out, "  %s\n", terminal.Safe(ill))
	}
	switch {
	case h.Disabled:
		fmt.Fprintln(a.out, "  disabled")
	case len(h.Problems) == 0:
		fmt.Fprintln(a.out, "  well")
	}
}

type runsCmd struct {
	Source string `placeholder:"NAME" help:"Runs of this source alone."`
	Limit  int    `default:"20" help:"The most to show."`
	Full   bool   `help:"Show each receipt whole."`
	JSON   bool   `name:"json" help:"Print the receipts as JSON lines."`
}

// Run lists receipts, the newest first.
func (cmd *runsCmd) Run(a *app) (err error) {
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if cmd.Limit < 0 {
		return usage("--limit: expected a number from 0 on")
	}
	if err := a.checkSource(l, "--source", cmd.Source); err != nil {
		return err
	}
	receipts, err := l.Receipts(a.ctx, cmd.Source, cmd.Limit)
	if err != nil {
		return err
	}
	if cmd.JSON {
		for i := range receipts {
			if err := a.writeJSON(receipts[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if cmd.Full {
		for i := range receipts {
			a.tellFullReceipt(&receipts[i])
		}
		return nil
	}
	if len(receipts) == 0 {
		_, err := fmt.Fprintln(a.out, "No run was recorded.")
		return err
	}
	var lines strings.Builder
	w := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "STARTED\tSOURCE\tSEEN\tNEW\tCHANGED\tUNCHANGED\tREJECTED\tPAGES\tHOW IT ENDED")
	for i := range receipts {
		r := &receipts[i]
		how := "complete"
		if !r.Complete {
			how = terminal.Safe(r.Why)
		}
		if r.Offline {
			how += " (pages read again)"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", r.Started.Format("2006-01-02 15:04"), terminal.Safe(r.Source), r.Seen, r.New, r.Changed, r.Unchanged, r.Rejected, r.Pages, how)
	}
	return errors.Join(w.Flush(), terminal.Fit(a.out, lines.String()))
}

// tellFullReceipt shows all that a receipt says.
func (a *app) tellFullReceipt(r *job.Receipt) {
	fmt.Fprintf(a.out, "%s  ", r.Started.Format("2006-01-02 15:04:05"))
	a.tellReceipt(r)
	line := func(what, format string, args ...any) {
		fmt.Fprintf(a.out, "  %-12s %s\n", what, terminal.Safe(fmt.Sprintf(format, args...)))
	}
	if r.Expected != nil {
		line("expected", "%d postings, as the site says", *r.Expected)
	}
	if len(r.Statuses) > 0 {
		var parts []string
		for _, code := range slices.Sorted(maps.Keys(r.Statuses)) {
			parts = append(parts, fmt.Sprintf("%d × %d", r.Statuses[code], code))
		}
		line("answers", "%s; %d bytes", strings.Join(parts, ", "), r.Bytes)
	}
	for _, host := range slices.Sorted(maps.Keys(r.Robots)) {
		line("robots.txt", "%s of %s", r.Robots[host], host)
	}
	if len(r.Filled) > 0 {
		var parts []string
		for _, f := range job.Fields {
			parts = append(parts, fmt.Sprintf("%s %d", f, r.Filled[f]))
		}
		line("filled", "%s", strings.Join(parts, ", "))
	}
}
