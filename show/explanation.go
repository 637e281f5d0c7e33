package show

import (
	"fmt"
	"strings"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// postedOf says when a posting was posted, as far as that is known.
func postedOf(r *ledger.Record) string {
	if chosen.HowPosted(r) == job.DateBounded {
		return "on or before " + r.Posted
	}
	return orDash(r.Posted)
}

// Explanation shows why a posting has its label, its pay and its facts.
func (w *Printer) Explanation(e *desk.Explanation) error {
	r := e.Record
	p := &r.Posting
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", terminal.Safe(p.Title), terminal.Safe(strings.Join(filled(p.Company, p.Location,
		p.Experience, p.Salary), " · ")))
	if r.Version > 0 {
		fmt.Fprintf(&b, "%s, source %s, version %d, posted %s, first seen %s\n", terminal.Safe(p.ID),
			terminal.Safe(p.Source), r.Version, postedOf(r), r.FirstSeen.Format("2006-01-02"))
	}
	if p.URL != "" {
		fmt.Fprintf(&b, "%s\n", terminal.Safe(p.URL))
	}
	b.WriteString("\n")
	explainLabel(&b, r)
	w.explainEvidence(&b, e)
	w.explainPay(&b, &r.Pay)
	explainFacts(&b, &r.Facts)
	for i := range e.Signals {
		b.WriteString(w.signal(p, &e.Signals[i], "signal "))
	}
	for i := range e.History {
		h := &e.History[i]
		fmt.Fprintf(&b, "until %s: %s %s, score %.2f, rules %s\n", h.Until.Format("2006-01-02"), h.Verdict.Label,
			h.Verdict.Function, h.Verdict.Score, h.Verdict.RulesVersion)
	}
	_, err := fmt.Fprint(w.Out, b.String())
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

// explainEvidence shows each criterion that fired, with the rules and the text
// that they matched, and what today's rules match that speaks for no label.
func (w *Printer) explainEvidence(b *strings.Builder, e *desk.Explanation) {
	p := &e.Record.Posting
	if len(e.Record.Verdict.Evidence) == 0 {
		b.WriteString("  no rule matched\n")
	}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		w.explainMatches(b, p, c.ID+": "+c.Says, c.Evidence)
	}
	w.explainMatches(b, p, "work of another kind, which speaks against every label", e.Other)
	w.explainMatches(b, p, "matched, and taken back by what else is said", e.Undone)
	if len(e.Likely) > 0 {
		b.WriteString("  its words, beside those of labelled postings\n")
	}
	for _, l := range e.Likely {
		fmt.Fprintf(b, "    %.2f %s: %s\n", l.Share, l.Label, orDash(terminal.Safe(strings.Join(l.Words, ", "))))
	}
}

func (w *Printer) explainMatches(b *strings.Builder, p *job.Posting, says string, evidence []job.Evidence) {
	if len(evidence) > 0 {
		fmt.Fprintf(b, "  %s\n", says)
	}
	for i := range evidence {
		w.explainMatch(b, p, &evidence[i])
	}
}

func (w *Printer) explainMatch(b *strings.Builder, p *job.Posting, e *job.Evidence) {
	fmt.Fprintf(b, "    %+.1f %s, %s %d–%d: %s\n", e.Weight, e.Rule, e.Field, e.Start, e.End,
		w.marked(p.Text(e.Field), e.Start, e.End))
}

// contextBytes is how many bytes of text are shown beside what matched.
const contextBytes = 40

// marked shows a piece of text with what matched marked.
func (w *Printer) marked(s string, start, end int) string {
	start, end = min(start, len(s)), min(max(start, end), len(s)) // a ledger that was meddled with may say anything
	from, to := max(0, start-contextBytes), min(len(s), end+contextBytes)
	before, match, after := strings.ToValidUTF8(s[from:start], ""), s[start:end], strings.ToValidUTF8(s[end:to], "")
	open, closing := "[", "]"
	if w.terminal() && !w.NoColour {
		open, closing = "\x1b[1;33m", "\x1b[0m"
	}
	return "…" + terminal.Safe(before) + open + terminal.Safe(match) + closing + terminal.Safe(after) + "…"
}

func (w *Printer) explainPay(b *strings.Builder, p *job.Pay) {
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
	if len(f.Skills) > 0 {
		fmt.Fprintf(b, "skills: %s\n", terminal.Safe(strings.Join(f.Skills, ", ")))
	}
	fmt.Fprintf(b, "language: %s\n", f.Language)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
