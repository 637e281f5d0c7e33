package main

import (
	"errors"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
)

type searchCmd struct {
	Query []string `arg:"" optional:"" help:"Words that must all be in a posting; \"a phrase\"; -without."`
	filter.Flags
	saveFlags
	serverFlags
	Sort    indexer.Order `default:"relevance" enum:"relevance,date,pay,company,title" help:"Order of the postings: ${enum}. The newest, or the highest pay, first."`
	Limit   int           `default:"10" help:"The most postings to show."`
	Offset  int           `help:"How many to skip."`
	Per     string        `default:"vacancy" enum:"posting,vacancy" help:"Show every posting, or one of each vacancy, with where else it stands. CSV has every posting."`
	JSON    bool          `name:"json" help:"Print one JSON object: total, hits, facets."`
	Format  string        `default:"text" enum:"text,json,csv" help:"Format of the output: ${enum}. csv has the columns of the export, and as many rows as --limit says."`
	AsQuery bool          `help:"Print the body of a search of Elasticsearch that finds the same, instead of the postings."`
	AsOf    string        `name:"as-of" placeholder:"DATE" help:"Postings as they were at the end of this day, such as 2026-01-31, read by today's rules: every posting, from the ledger."`
	Wait    time.Duration `default:"10s" help:"How long to wait for the index."`
}

// Help teaches queries.
func (*searchCmd) Help() string {
	return `A filter that is given several times matches any of its values; different filters must all match. Closed postings are left out, and counted, unless --closed or --all asks for them.

  jobsieve search voice process --city Pune
  jobsieve search --city Pune --format csv --limit 1000 > pune.csv
  jobsieve search telecaller --json | jq '.hits[] | [.title, .pay_annual_low, .url]'
  jobsieve search '"data entry" -typing'
  jobsieve search टेलीकॉलर --label BPO --pay-min 12000
  jobsieve search --place Karnataka --not city=Bengaluru --experience 0-2
  jobsieve search --where 'city in (Pune, Mumbai) and pay >= 15000/month' --sort pay
  jobsieve search --where 'shift is unknown and (label = KPO or openings >= 10)'
  jobsieve search telecaller --as-of 2026-01-31 --city Pune
  jobsieve search voice process --server https://jobs.example.org`
}

// Run searches.
func (cmd *searchCmd) Run(a *app) error {
	if err := cmd.checkAsOf(); err != nil {
		return err
	}
	if cmd.Server != "" {
		return cmd.remote(a)
	}
	d, f, err := a.asked(&cmd.Flags, joinArgs(cmd.Query))
	if err != nil {
		return err
	}
	page, err := cmd.page()
	if err != nil {
		return &codeError{exitUsage, err}
	}
	if err := cmd.save(a, d, &f); err != nil {
		return err
	}
	if cmd.AsOf != "" {
		return cmd.asOf(a, d, &f, page)
	}
	found, err := d.Search(a.ctx, &f, page, cmd.Wait)
	if err != nil {
		return err
	}
	if cmd.AsQuery {
		body, err := found.AsQuery(page)
		if err != nil {
			return err
		}
		return a.writeJSON(body)
	}
	if cmd.Format == "csv" {
		return cmd.tellCSV(a, d, found)
	}
	mend := a.tellLacking(d, found.Lack)
	a.tellReadOtherwise(found.ReadOtherwise)
	if err := cmd.tellAbsent(a, d, &f, found.Total); err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(struct {
			*desk.Answer
			Mend string `json:"mend,omitempty"`
		}{found, mend})
	}
	return a.show().Answer(found)
}

// checkAsOf refuses what goes with no day before today.
func (cmd *searchCmd) checkAsOf() error {
	switch {
	case cmd.AsOf == "":
		return nil
	case cmd.AsQuery:
		return usage("--as-of: expected it without --as-query, which asks an index: it has postings as they are now")
	case cmd.Save != "":
		return usage("--as-of: expected it without --save: a saved search finds what is stored from now on")
	}
	return nil
}

// asOf searches the ledger as it was at the end of a day.
func (cmd *searchCmd) asOf(a *app, d *desk.Desk, f *filter.Filter, page desk.Page) error {
	found, err := d.SearchAsOf(a.ctx, f, page, cmd.AsOf)
	if err := a.aside(err); err != nil {
		return byFlag(err)
	}
	a.note("%s", desk.SaidOf(cmd.AsOf))
	if cmd.Format == "csv" {
		return cmd.tellCSV(a, d, found)
	}
	if err := cmd.tellAbsent(a, d, f, found.Total); err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(found)
	}
	return a.show().Answer(found)
}

// tellAbsent says which values of the filter no posting has, where none was found.
func (cmd *searchCmd) tellAbsent(a *app, d *desk.Desk, f *filter.Filter, found int) error {
	if found > 0 {
		return nil
	}
	_, err := a.tellAbsent(d, f)
	return err
}

// tellLacking says, with an answer of the index, what the index lacks of the
// ledger and what it holds besides, and gives the command that fixes it; empty
// where the index agrees with the ledger.
func (a *app) tellLacking(d *desk.Desk, f chosen.Lack) (mend string) {
	if f.Waiting > 0 {
		mend = a.command("index", "sync")
		a.note("%s waiting for the index, and not searched: \"%s\" delivers what is waiting",
			job.Count(f.Waiting, "document"), mend)
	}
	if f.Missing > 0 {
		mend = a.command("index", "rebuild")
		a.note("%s", d.Index.Missing(f.Missing))
	}
	if f.Foreign > 0 {
		mend = a.command("index", "rebuild")
		a.note("%s", d.Index.Foreign(f.Foreign))
	}
	return mend
}

// tellReadOtherwise says that postings were read by other rules than today's, and
// what fixes that.
func (a *app) tellReadOtherwise(n int) {
	if n > 0 {
		const format = "%s %s read by other rules than today's: \"%s\" reads %s anew"
		a.note(format, job.Count(n, "posting"), job.Plural(n, "was", "were"),
			a.command("relabel", "--apply"), job.Plural(n, "it", "them"))
	}
}

// page says which hits are wanted.
func (cmd *searchCmd) page() (desk.Page, error) {
	if cmd.Limit < 0 || cmd.Offset < 0 {
		return desk.Page{}, errors.New("--limit and --offset: expected 0 or more")
	}
	q := indexer.Query{Limit: cmd.Limit, Offset: cmd.Offset}
	perPosting := cmd.Per == "posting" || cmd.Format == "csv"
	return desk.Page{Limit: cmd.Limit, Offset: cmd.Offset, Order: cmd.Sort, PerPosting: perPosting}, q.Check()
}

// joinArgs gives the query that a person typed: an argument with a space in it
// that has no quotation marks was a phrase in the shell.
func joinArgs(args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = arg
		if strings.ContainsAny(arg, " \t") && !strings.ContainsAny(arg, `"“”`) {
			parts[i] = `"` + arg + `"`
		}
	}
	return strings.Join(parts, " ")
}
