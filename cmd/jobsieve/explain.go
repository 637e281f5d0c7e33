package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"jobsieve/classifier"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type explainCmd struct {
	ID     string `arg:"" help:"The posting's id."`
	Source string `help:"Its source, where several have that id."`
	JSON   bool   `name:"json" help:"Print the posting, verdict, pay and facts as JSON."`
}

// Run shows why a posting has its label.
func (cmd *explainCmd) Run(a *app) (err error) {
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	records, err := l.Get(a.ctx, cmd.ID)
	if err != nil {
		return err
	}
	var found []*ledger.Record
	for _, r := range records {
		if cmd.Source == "" || r.Posting.Source == cmd.Source {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return fmt.Errorf("no posting %q; \"%s\" shows ids", cmd.ID, a.command("search", "WORDS"))
	}
	for _, r := range found {
		if cmd.JSON {
			err = a.writeJSON(exportedOf(r))
		} else {
			err = a.tellExplanation(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *app) tellExplanation(r *ledger.Record) error {
	p, v := &r.Posting, &r.Verdict
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", terminal.Safe(p.Title), terminal.Safe(strings.Join(filled(p.Company, p.Location, p.Experience, p.Salary), " · ")))
	fmt.Fprintf(&b, "%s, source %s, version %d, posted %s, first seen %s\n", p.ID, p.Source, r.Version, orDash(r.Posted), r.FirstSeen.Format("2006-01-02"))
	if p.URL != "" {
		fmt.Fprintf(&b, "%s\n", terminal.Safe(p.URL))
	}
	fmt.Fprintf(&b, "\n%s", v.Label)
	if v.Label != job.Unclassified {
		fmt.Fprintf(&b, ", %s", v.Function)
	} else {
		fmt.Fprintf(&b, " (%s)", v.Reason)
	}
	fmt.Fprintf(&b, ": score %.2f, margin %.2f, outsourced %v, rules %s\n", v.Score, v.Margin, v.Outsourced, v.RulesVersion)
	a.explainEvidence(&b, r)
	a.explainPay(&b, &r.Pay)
	explainFacts(&b, &r.Facts)
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

func filled(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// explainEvidence shows each criterion that fired, with the rules and the text
// that they matched.
func (a *app) explainEvidence(b *strings.Builder, r *ledger.Record) {
	evidence := append([]job.Evidence{}, r.Verdict.Evidence...)
	sort.SliceStable(evidence, func(i, j int) bool { return evidence[i].Weight > evidence[j].Weight })
	if len(evidence) == 0 {
		b.WriteString("  no rule matched\n")
	}
	for _, c := range classifier.Criteria {
		shown := false
		for _, e := range evidence {
			if e.Criterion != c.ID {
				continue
			}
			if !shown {
				fmt.Fprintf(b, "  %s: %s\n", c.ID, c.Says)
				shown = true
			}
			fmt.Fprintf(b, "    %+.1f %s, %s %d–%d: %s\n", e.Weight, e.Rule, e.Field, e.Start, e.End, a.marked(r.Posting.Text(e.Field), e.Start, e.End))
		}
	}
}

// contextBytes is how many bytes of text are shown beside what matched.
const contextBytes = 40

// marked shows a piece of text with what matched marked.
func (a *app) marked(s string, start, end int) string {
	from, to := max(0, start-contextBytes), min(len(s), end+contextBytes)
	before, match, after := strings.ToValidUTF8(s[from:start], ""), s[start:end], strings.ToValidUTF8(s[end:to], "")
	open, closing := "[", "]"
	if a.terminalOut() {
		open, closing = "\x1b[1;33m", "\x1b[0m"
	}
	return "…" + terminal.Safe(before) + open + terminal.Safe(match) + closing + terminal.Safe(after) + "…"
}

func (a *app) explainPay(b *strings.Builder, p *job.Pay) {
	fmt.Fprintf(b, "\npay: %s", p.Kind)
	if p.Min != nil || p.Max != nil {
		fmt.Fprintf(b, " %s to %s %s a %s", amount(p.Min), amount(p.Max), p.Currency, orDash(string(p.Period)))
		if p.PeriodInferred {
			b.WriteString(" (inferred)")
		}
		fmt.Fprintf(b, ", %s", p.Basis)
	}
	if p.Suspect {
		b.WriteString(", suspect")
	}
	if p.Raw != nil {
		fmt.Fprintf(b, "; read from %s: %s", p.Field, terminal.Safe(*p.Raw))
	}
	b.WriteString("\n")
}

func amount(v *float64) string {
	if v == nil {
		return "–"
	}
	return job.Grouped(*v)
}

func explainFacts(b *strings.Builder, f *job.Facts) {
	for _, r := range f.Readings {
		fmt.Fprintf(b, "%s: %s; read from %s: %s\n", r.Fact, terminal.Safe(r.Value), r.Field, terminal.Safe(r.Text))
	}
	fmt.Fprintf(b, "language: %s\n", f.Language)
}
