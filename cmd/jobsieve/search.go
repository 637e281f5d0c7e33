package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/classifier"
	"jobsieve/config"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/internal/strictyaml"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type searchCmd struct {
	Query    []string      `arg:"" optional:"" help:"Words, all of which must stand in a posting; \"a phrase\"; -without."`
	Label    []string      `placeholder:"LABEL" help:"A label of the rule book, such as BPO, or UNCLASSIFIED."`
	Function []string      `help:"Such as customer-support-voice."`
	City     []string      `help:"Such as Pune."`
	State    []string      `help:"Such as Karnataka."`
	Source   []string      `help:"The name of a source."`
	Shift    []string      `help:"day, evening, night, rotational, us, uk, au."`
	Where    []string      `placeholder:"FACET=VALUE" help:"Any other facet: education, experience_band, mode, language, languages, country, criteria, openings_band, outsourced, pay_band, pay_kind, posted_month."`
	PayMin   int64         `placeholder:"RUPEES" help:"The pay offered reaches this, a month."`
	PayMax   int64         `placeholder:"RUPEES" help:"The pay offered does not begin above this, a month."`
	Since    string        `placeholder:"DATE" help:"Posted from this date on, such as 2026-01-31."`
	Until    string        `placeholder:"DATE" help:"Posted up to this date."`
	Limit    int           `default:"10" help:"The most postings to show."`
	Offset   int           `help:"How many to leave out first."`
	JSON     bool          `name:"json" help:"Print one JSON object: total, hits, facets."`
	Wait     time.Duration `default:"10s" help:"How long to wait for the index."`
}

// Help teaches queries.
func (*searchCmd) Help() string {
	return `A filter that is given several times lets each of its values pass; different filters must all hold.

  jobsieve search voice process --city Pune
  jobsieve search '"data entry" -typing'
  jobsieve search टेलीकॉलर --label BPO --pay-min 12000`
}

// Run searches.
func (cmd *searchCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	q, err := cmd.query(c.Rules)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	for _, source := range q.Filters["source"] {
		if err := a.checkStored("--source", source); err != nil && !errors.Is(err, ledger.ErrNone) {
			return err
		}
	}
	found, err := a.search(c, *q, cmd.Wait)
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

// query makes a query of the flags; rules is the folder of rules in use.
func (cmd *searchCmd) query(rules string) (*indexer.Query, error) {
	terms, err := indexer.ParseTerms(joinArgs(cmd.Query))
	if err != nil {
		return nil, err
	}
	q := &indexer.Query{Terms: terms, Limit: cmd.Limit, Offset: cmd.Offset, PayLeast: cmd.PayMin * 12, PayMost: cmd.PayMax * 12, Since: cmd.Since, Until: cmd.Until, Filters: map[string][]string{}}
	if cmd.Limit < 0 || cmd.Offset < 0 {
		return nil, errors.New("--limit and --offset: expected a number from 0 on")
	}
	for name, values := range map[string][]string{
		"function": cmd.Function, "city": cmd.City, "state": cmd.State, "source": cmd.Source, "shift": cmd.Shift,
	} {
		if len(values) > 0 {
			q.Filters[name] = values
		}
	}
	for _, w := range cmd.Where {
		name, value, ok := strings.Cut(w, "=")
		if !ok {
			return nil, fmt.Errorf("--where: expected facet=value, got %q", w)
		}
		q.Filters[name] = append(q.Filters[name], value)
	}
	for flag, date := range map[string]string{"--since": cmd.Since, "--until": cmd.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return nil, fmt.Errorf("%s: expected a date such as 2026-01-31, got %q", flag, date)
		}
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	if err := cmd.filterLabels(q.Filters, rules); err != nil {
		return nil, err
	}
	return q, canonicalFilters(q.Filters)
}

// filterLabels adds the labels that are asked for, and refuses labels and
// functions that the rule book does not have.
func (cmd *searchCmd) filterLabels(filters map[string][]string, rules string) error {
	if len(cmd.Label)+len(filters["function"]) == 0 {
		return nil
	}
	book, err := classifier.ReadLabels(rules)
	if err != nil {
		return err
	}
	for _, label := range cmd.Label {
		l, err := book.Parse(strings.ToUpper(label))
		if err != nil {
			return fmt.Errorf("--label: %w", err)
		}
		filters["label"] = append(filters["label"], string(l))
	}
	return checkValues("function", filters["function"], texts(book.Functions()))
}

// canonicalFilters refuses values that no posting can have, and gives places
// the names that they have in the index: Bangalore is Bengaluru.
func canonicalFilters(filters map[string][]string) error {
	for name, known := range map[string][]string{
		"shift": texts(job.Shifts), "education": texts(job.EducationLevels), "mode": texts(job.Modes),
	} {
		if err := checkValues(name, filters[name], known); err != nil {
			return err
		}
	}
	for i, v := range filters["city"] {
		if p := facts.Standard().Place(v); p.City != "" {
			filters["city"][i] = string(p.City)
		}
	}
	for i, v := range filters["state"] {
		if p := facts.Standard().Place(v); p.State != "" && p.City == "" {
			filters["state"][i] = string(p.State)
		}
	}
	return nil
}

func checkValues(name string, values, known []string) error {
	for _, v := range values {
		if !slices.Contains(known, v) {
			return fmt.Errorf("unknown %s %q; %s", name, v, strictyaml.Expected(v, known))
		}
	}
	return nil
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
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
