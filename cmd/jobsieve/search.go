package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type searchCmd struct {
	Query []string `arg:"" optional:"" help:"Words, all of which must stand in a posting; \"a phrase\"; -without."`
	filterFlags
	Limit  int           `default:"10" help:"The most postings to show."`
	Offset int           `help:"How many to leave out first."`
	JSON   bool          `name:"json" help:"Print one JSON object: total, hits, facets."`
	Wait   time.Duration `default:"10s" help:"How long to wait for the index."`
}

// Help teaches queries.
func (*searchCmd) Help() string {
	return `A filter that is given several times lets each of its values pass; different filters must all hold.

  jobsieve search voice process --city Pune
  jobsieve search '"data entry" -typing'
  jobsieve search टेलीकॉलर --label BPO --pay-min 12000
  jobsieve search --place Karnataka --not city=Bengaluru --experience 0-2`
}

// Run searches.
func (cmd *searchCmd) Run(a *app) error {
	f, err := cmd.filter(joinArgs(cmd.Query))
	if err != nil {
		return err
	}
	q, err := cmd.query(&f)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if err := a.checkSources(&f); err != nil {
		return err
	}
	found, err := a.search(c, q, cmd.Wait)
	if err != nil {
		return err
	}
	mend := a.tellLacking(found)
	if cmd.JSON {
		return a.writeJSON(struct {
			*web.Found
			Mend string `json:"mend,omitempty"`
		}{found, mend})
	}
	return a.tellAnswer(found.Answer)
}

// tellLacking says, beside an answer of the index, what of the ledger is not in
// it, and gives the command that mends it; empty where the index has all.
func (a *app) tellLacking(f *web.Found) (mend string) {
	if f.Waiting > 0 {
		mend = a.command("index", "sync")
		fmt.Fprintf(a.err, "%d documents wait for the index and are not searched: \"%s\" takes them there\n", f.Waiting, mend)
	}
	if f.Missing > 0 {
		mend = a.command("index", "rebuild")
		fmt.Fprintln(a.err, a.missing(f.Missing))
	}
	return mend
}

// query is the question to an index.
func (cmd *searchCmd) query(f *filter.Filter) (indexer.Query, error) {
	if cmd.Limit < 0 || cmd.Offset < 0 {
		return indexer.Query{}, errors.New("--limit and --offset: expected a number from 0 on")
	}
	q, err := f.Query()
	q.Limit, q.Offset = cmd.Limit, cmd.Offset
	return q, errors.Join(err, q.Check())
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

// search asks the index: through the daemon that holds it, or itself. Its error
// is ledger.ErrNone where there is nothing to search yet.
func (a *app) search(c *config.Config, q indexer.Query, wait time.Duration) (found *web.Found, err error) {
	l, err := a.openLedger()
	if errors.Is(err, ledger.ErrNone) && c.Index != config.DefaultIndex { // another ledger feeds it
		l, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if l != nil {
		defer func() { err = errors.Join(err, l.Close()) }()
	}
	if client, ok := a.daemonOf(c); ok {
		client.Silence = max(wait, time.Second)
		return client.Search(a.ctx, q)
	}
	ix, done, err := a.openFilled(a.ctx, c, l, wait)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	return searchIn(a.ctx, l, ix, q)
}

// searchIn searches an open index, and counts what of the ledger, which may be
// nil, it does not have.
func searchIn(ctx context.Context, l *ledger.Ledger, ix indexer.Index, q indexer.Query) (*web.Found, error) {
	answer, err := ix.Search(ctx, q)
	if err != nil || l == nil {
		return &web.Found{Answer: answer}, err
	}
	counts, err := pipeline.Counted(ctx, l, ix)
	return &web.Found{Answer: answer, Waiting: counts.Waiting, Missing: counts.Missing}, err
}

// tellAnswer shows hits to people.
func (a *app) tellAnswer(answer *indexer.Answer) error {
	if answer.Total == 0 {
		_, err := fmt.Fprintln(a.out, "No posting matches. Fewer words find more.")
		return err
	}
	rows := make([][]string, len(answer.Hits))
	for i := range answer.Hits {
		h := &answer.Hits[i]
		rows[i] = []string{h.ID, terminal.Cut(terminal.Safe(h.Title), 48), terminal.Cut(terminal.Safe(h.Company), 24), h.Label, h.Function, terminal.Cut(h.Place, 20), h.Pay, h.Posted}
	}
	fmt.Fprintf(a.out, "%d postings match.\n", answer.Total)
	if err := terminal.Table(a.out, []string{"id", "title", "company", "label", "function", "place", "pay", "posted"}, rows, 8); err != nil {
		return err
	}
	for _, name := range []string{"label", "function", "city"} {
		fmt.Fprintf(a.out, "%s: %s\n", name, tellCounts(answer.Facets[name]))
	}
	return nil
}

func tellCounts(counts []indexer.Count) string {
	var parts []string
	for _, c := range counts[:min(8, len(counts))] {
		parts = append(parts, fmt.Sprintf("%s %d", terminal.Safe(c.Value), c.Count))
	}
	if len(counts) > 8 {
		parts = append(parts, "…")
	}
	return strings.Join(slices.Clip(parts), ", ")
}
