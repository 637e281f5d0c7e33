package main

import (
	"errors"
	"fmt"
	"strings"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type forgetCmd struct {
	waitFlags
	IDs []string `arg:"" optional:"" name:"id" help:"The postings' ids; source/id of one that several sources have."`
	filter.Flags
	DryRun bool `help:"Show what would be forgotten, and forget nothing."`
	Yes    bool `help:"Forget the postings that pass the filter; ids need no --yes."`
	JSON   bool `name:"json" help:"Print JSON lines: each posting with --dry-run, else how many were forgotten, and then the counts of the index."`
}

// Help says what is left.
func (*forgetCmd) Help() string {
	return `Removes the text of postings from the ledger, in all their versions, and their documents from the index. A posting that is still on its board comes back with the next crawl, unless its source leaves it out (keep). The ledger's file is rewritten, so that the text is gone from the disk; the embedded index drops a document's words when it next merges its files, and "index rebuild" does so at once.

Postings are named by their ids, or chosen by a filter, not both. What a filter chooses is only forgotten with --yes; look first at what that is.

  jobsieve forget acme:1042
  jobsieve forget --dry-run --company 'Acme Services'
  jobsieve forget --yes --where 'source = oldboard and posted < 2025-01-01'`
}

// Run forgets postings, or shows what would be forgotten.
func (cmd *forgetCmd) Run(a *app) error {
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	switch {
	case len(cmd.IDs) > 0 && !f.IsZero():
		return usage("expected ids or a filter, not both: each would forget what the other does not name")
	case len(cmd.IDs) == 0 && f.IsZero():
		return usage("expected the ids of postings, or a filter such as --company; \"%s\" shows ids",
			a.command("search", "WORDS"))
	case cmd.DryRun && cmd.Yes:
		return usage("--dry-run forgets nothing and --yes does: expected one of them")
	case cmd.DryRun:
		return cmd.show(a, d, &f)
	case len(cmd.IDs) > 0:
		return cmd.forget(a, d)
	case !cmd.Yes:
		const format = "nothing was forgotten: a filter may choose more than is meant. \"%s\" shows what it chooses, " +
			"and \"%s\" forgets it"
		return usage(format, cmd.again(a, &f, "--dry-run"), cmd.again(a, &f, "--yes"))
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		n, err := d.ForgetPassing(a.ctx, l, &f, a.lacking(d))
		if err != nil {
			return err
		}
		if n == 0 && !cmd.JSON {
			return a.tellNothing(d, &f, "")
		}
		return errors.Join(cmd.told(a, n), a.sync(d, l, cmd.JSON))
	})
}

// again is the command for the same filter with a flag.
func (cmd *forgetCmd) again(a *app, f *filter.Filter, flag string) string {
	return a.command(append([]string{"forget", flag}, f.Args()...)...)
}

// forget forgets the postings of the ids.
func (cmd *forgetCmd) forget(a *app, d *desk.Desk) error {
	return a.withStored(d, func(l *ledger.Ledger) error {
		n, unknown, err := l.Forget(a.ctx, cmd.IDs)
		if err != nil {
			return err
		}
		err = a.unknownIDs(unknown)
		if n == 0 && !cmd.JSON {
			return err
		}
		return errors.Join(err, cmd.told(a, n), a.sync(d, l, cmd.JSON))
	})
}

func (cmd *forgetCmd) told(a *app, n int) error {
	if cmd.JSON {
		return a.writeJSON(struct {
			Forgotten int `json:"forgotten"`
		}{n})
	}
	_, err := fmt.Fprintf(a.out, "forgot %s\n", job.Count(n, "posting"))
	return err
}

// unknownIDs is the error for ids that no posting has; nil for none.
func (a *app) unknownIDs(unknown []string) error {
	if len(unknown) == 0 {
		return nil
	}
	ids := terminal.Safe(strings.Join(unknown, ", "))
	return fmt.Errorf("no posting has the id %s; \"%s\" shows ids", ids, a.command("search", "WORDS"))
}

// show lists what would be forgotten.
func (cmd *forgetCmd) show(a *app, d *desk.Desk, f *filter.Filter) error {
	var rows [][]string
	unknown, err := d.Forgettable(a.ctx, cmd.IDs, f, a.lacking(d), func(r *ledger.Record) error {
		p := &r.Posting
		if cmd.JSON {
			return a.writeJSON(forgettable{p.ID, p.Source, p.Title, p.Company, r.Posted})
		}
		rows = append(rows, []string{terminal.Safe(p.ID), terminal.Safe(p.Source),
			terminal.Cut(terminal.Safe(p.Title), 48), terminal.Cut(terminal.Safe(p.Company), 24), r.Posted})
		return nil
	})
	if err := errors.Join(a.aside(err), a.unknownIDs(unknown)); err != nil {
		return err
	}
	if cmd.JSON {
		return nil
	}
	if len(rows) == 0 {
		return a.tellNothing(d, f, "")
	}
	t := terminal.Table{
		Head: []string{"id", "source", "title", "company", "posted"}, Left: 5, Rows: rows, Whole: []string{"id"},
		Spare: []string{"company", "posted"},
	}
	if err := t.Write(a.out); err != nil {
		return err
	}
	again := a.command(append([]string{"forget"}, cmd.IDs...)...)
	if len(cmd.IDs) == 0 {
		again = cmd.again(a, f, "--yes")
	}
	const format = "%s would be forgotten; nothing is yet. To forget %s: %s\n"
	n := len(rows)
	_, err = fmt.Fprintf(a.out, format, job.Count(n, "posting"), job.Plural(n, "it", "them"), again)
	return err
}

// forgettable is a posting that would be forgotten, as JSON.
type forgettable struct {
	ID      string `json:"id"`
	Source  string `json:"source"`
	Title   string `json:"title"`
	Company string `json:"company"`
	Posted  string `json:"posted"`
}
