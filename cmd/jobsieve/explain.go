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
	"jobsieve/pipeline"
)

type explainCmd struct {
	ID     string `arg:"" optional:"" help:"The posting's id."`
	Source string `help:"Its source, where several have that id; of a text, the source whose defaults hold."`
	JSON   bool   `name:"json" help:"Print the posting, verdict, pay and facts as JSON."`

	Title       string `group:"text" help:"Explain this text instead: its title …"`
	Description string `group:"text" help:"… description …"`
	Skills      string `group:"text" help:"… skills …"`
	Experience  string `group:"text" help:"… experience …"`
	Salary      string `group:"text" help:"… salary."`
}

// Help gives examples.
func (*explainCmd) Help() string {
	return `Shows each criterion that fired, the rules that applied it, and the text that they matched; the pay and the facts, and where they were read.

  jobsieve explain naukri-chowk:nc-005
  jobsieve explain --title "Night shift telecaller" --salary 12-15k`
}

// explainText explains a posting that stands on the command line.
func (cmd *explainCmd) explainText(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	r, err := a.reader(c)
	if err != nil {
		return err
	}
	if err := a.checkKnown(c, "--source", cmd.Source); err != nil {
		return err
	}
	rec := ledger.Record{Posting: job.Posting{
		ID: "(text)", Source: cmd.Source, Title: cmd.Title, Description: cmd.Description, Skills: cmd.Skills,
		Experience: cmd.Experience, Salary: cmd.Salary,
	}}
	rec.Reading = r.Read(&rec.Posting)
	if cmd.JSON {
		return a.writeJSON(exportedOf(&rec))
	}
	return a.tellExplanation(&rec, r, nil)
}

// Run shows why a posting has its label.
func (cmd *explainCmd) Run(a *app) (err error) {
	text := cmd.Title + cmd.Description + cmd.Skills + cmd.Experience + cmd.Salary
	switch {
	case text != "" && cmd.ID == "":
		return cmd.explainText(a)
	case text != "" || cmd.ID == "":
		return usage("expected an id, or a text such as --title TEXT")
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if err := a.checkSource(l, "--source", cmd.Source); err != nil {
		return err
	}
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
	if len(found) == 0 && l.Damaged() != nil {
		return nil // closing the ledger tells it
	}
	if len(found) == 0 {
		return fmt.Errorf("no posting %q; \"%s\" shows ids", cmd.ID, a.command("search", "WORDS"))
	}
	if cmd.JSON {
		for _, r := range found {
			if err := a.writeJSON(exportedOf(r)); err != nil {
				return err
			}
		}
		return nil
	}
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	reader, err := a.reader(c)
	if err != nil {
		return err
	}
	for _, r := range found {
		history, err := l.History(a.ctx, r)
		if err != nil {
			return err
		}
		if err := a.tellExplanation(r, reader, history); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) tellExplanation(r *ledger.Record, reader *pipeline.Reader, history []ledger.Earlier) error {
	p, v := &r.Posting, &r.Verdict
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", terminal.Safe(p.Title), terminal.Safe(strings.Join(filled(p.Company, p.Location, p.Experience, p.Salary), " · ")))
	if r.Version > 0 {
		fmt.Fprintf(&b, "%s, source %s, version %d, posted %s, first seen %s\n", terminal.Safe(p.ID), terminal.Safe(p.Source), r.Version, orDash(r.Posted), r.FirstSeen.Format("2006-01-02"))
	}
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
	a.explainEvidence(&b, r, reader.Classifier().Criteria())
	a.explainUnheard(&b, &r.Posting, reader.Unheard(&r.Posting))
	a.explainPay(&b, &r.Pay)
	explainFacts(&b, &r.Facts)
	for i := range history {
		h := &history[i]
		fmt.Fprintf(&b, "until %s: %s %s, score %.2f, rules %s\n", h.Until.Format("2006-01-02"), h.Verdict.Label, h.Verdict.Function, h.Verdict.Score, h.Verdict.RulesVersion)
	}
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
func (a *app) explainEvidence(b *strings.Builder, r *ledger.Record, criteria []classifier.Criterion) {
	evidence := append([]job.Evidence{}, r.Verdict.Evidence...)
	sort.SliceStable(evidence, func(i, j int) bool { return evidence[i].Weight > evidence[j].Weight })
	if len(evidence) == 0 {
		b.WriteString("  no rule matched\n")
	}
	for _, c := range criteria {
		shown := false
		for _, e := range evidence {
			if e.Criterion != c.ID {
				continue
			}
			if !shown {
				fmt.Fprintf(b, "  %s: %s\n", c.ID, c.Says)
				shown = true
			}
			a.explainMatch(b, &r.Posting, &e)
		}
	}
}

func (a *app) explainMatch(b *strings.Builder, p *job.Posting, e *job.Evidence) {
	fmt.Fprintf(b, "    %+.1f %s, %s %d–%d: %s\n", e.Weight, e.Rule, e.Field, e.Start, e.End, a.marked(p.Text(e.Field), e.Start, e.End))
}

// explainUnheard shows what today's rules match that speaks for no label.
func (a *app) explainUnheard(b *strings.Builder, p *job.Posting, unheard []job.Evidence) {
	for _, part := range []struct {
		says string
		in   func(*job.Evidence) bool
	}{
		{"work of another kind, which speaks against every label", func(e *job.Evidence) bool { return e.Weight > 0 }},
		{"matched, and taken back by what else is said", func(e *job.Evidence) bool { return e.Weight == 0 }},
	} {
		shown := false
		for i := range unheard {
			e := &unheard[i]
			if !part.in(e) {
				continue
			}
			if !shown {
				fmt.Fprintf(b, "  %s\n", part.says)
				shown = true
			}
			a.explainMatch(b, p, e)
		}
	}
}

// contextBytes is how many bytes of text are shown beside what matched.
const contextBytes = 40

// marked shows a piece of text with what matched marked.
func (a *app) marked(s string, start, end int) string {
	start, end = min(start, len(s)), min(max(start, end), len(s)) // a ledger that was meddled with may say anything
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
