package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/strictyaml"
	"jobsieve/job"
	"jobsieve/ledger"
)

type searchCmd struct {
	Query    []string      `arg:"" optional:"" help:"Words that must all be in a posting; \"a phrase\"; -without."`
	Label    []string      `placeholder:"LABEL" help:"BPO, KPO or UNCLASSIFIED."`
	Function []string      `help:"Such as customer-support-voice."`
	City     []string      `help:"Such as Pune."`
	State    []string      `help:"Such as Karnataka."`
	Source   []string      `help:"The name of a source."`
	Shift    []string      `help:"day, evening, night, rotational, us, uk, au."`
	Where    []string      `placeholder:"FACET=VALUE" help:"Any other facet: education, experience_band, mode, language, languages, country, criteria, openings_band, outsourced, pay_band, pay_kind, posted_month."`
	PayMin   int64         `placeholder:"RUPEES" help:"The pay offered reaches this much a month."`
	PayMax   int64         `placeholder:"RUPEES" help:"The pay offered does not begin above this much a month."`
	Since    string        `placeholder:"DATE" help:"Posted from this date on, such as 2026-01-31."`
	Until    string        `placeholder:"DATE" help:"Posted up to this date."`
	Limit    int           `default:"10" help:"The most postings to show."`
	Offset   int           `help:"How many to skip."`
	JSON     bool          `name:"json" help:"Print one JSON object: total, hits, facets."`
	Wait     time.Duration `default:"10s" help:"How long to wait for the index."`
}

// Help teaches queries.
func (*searchCmd) Help() string {
	return `A filter that is given several times matches any of its values; different filters must all match.

  jobsieve search voice process --city Pune
  jobsieve search '"data entry" -typing'
  jobsieve search टेलीकॉलर --label BPO --pay-min 12000`
}

// Run searches.
func (cmd *searchCmd) Run(a *app) error {
	q, err := cmd.query()
	if err != nil {
		return &codeError{exitUsage, err}
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	for _, source := range q.Filters["source"] {
		if err := a.checkSource(d, source); err != nil && !errors.Is(err, ledger.ErrNone) {
			return err
		}
	}
	found, err := d.Search(a.ctx, *q, cmd.Wait)
	if err != nil {
		return err
	}
	mend := a.tellLacking(d, found.Lack)
	if cmd.JSON {
		return a.writeJSON(struct {
			*chosen.Found
			Mend string `json:"mend,omitempty"`
		}{found, mend})
	}
	return a.show().Answer(found.Answer)
}

// tellLacking says, beside an answer of the index, what of the ledger is not in
// it, and what else is, and gives the command that mends it; empty where the
// index is the ledger's.
func (a *app) tellLacking(d *desk.Desk, f chosen.Lack) (mend string) {
	if f.Waiting > 0 {
		mend = a.command("index", "sync")
		fmt.Fprintf(a.err, "%s waiting for the index, and not searched: \"%s\" delivers what is waiting\n",
			job.Count(f.Waiting, "document"), mend)
	}
	if f.Missing > 0 {
		mend = a.command("index", "rebuild")
		fmt.Fprintln(a.err, d.Index.Missing(f.Missing))
	}
	if f.Foreign > 0 {
		mend = a.command("index", "rebuild")
		fmt.Fprintln(a.err, d.Index.Foreign(f.Foreign))
	}
	return mend
}

func (cmd *searchCmd) query() (*indexer.Query, error) {
	terms, err := indexer.ParseTerms(joinArgs(cmd.Query))
	if err != nil {
		return nil, err
	}
	q := &indexer.Query{Terms: terms, Limit: cmd.Limit, Offset: cmd.Offset, PayLeast: cmd.PayMin * 12, PayMost: cmd.PayMax * 12, Since: cmd.Since, Until: cmd.Until, Filters: map[string][]string{}}
	if cmd.Limit < 0 || cmd.Offset < 0 {
		return nil, errors.New("--limit and --offset: expected 0 or more")
	}
	for _, label := range cmd.Label {
		l, err := job.ParseLabel(strings.ToUpper(label))
		if err != nil {
			return nil, fmt.Errorf("--label: %w", err)
		}
		q.Filters["label"] = append(q.Filters["label"], string(l))
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
	return q, canonicalFilters(q.Filters)
}

// canonicalFilters refuses values that no posting can have, and gives places
// the names that they have in the index: Bangalore is Bengaluru.
func canonicalFilters(filters map[string][]string) error {
	for name, known := range map[string][]string{
		"function": allFunctions(), "shift": texts(job.Shifts), "education": texts(job.EducationLevels), "mode": texts(job.Modes),
	} {
		for _, v := range filters[name] {
			if !slices.Contains(known, v) {
				return fmt.Errorf("unknown %s %q; %s", name, v, strictyaml.Expected(v, known))
			}
		}
	}
	for i, v := range filters["city"] {
		if p := facts.Place(v); p.City != "" {
			filters["city"][i] = string(p.City)
		}
	}
	for i, v := range filters["state"] {
		if p := facts.Place(v); p.State != "" && p.City == "" {
			filters["state"][i] = string(p.State)
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

func allFunctions() []string {
	var out []string
	for _, l := range job.Labels {
		for _, f := range job.Functions[l] {
			out = append(out, string(f))
		}
	}
	return out
}
