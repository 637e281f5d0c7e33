package show

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"jobsieve/classifier"
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Rules lists rules.
func (w *Printer) Rules(rules []classifier.RuleInfo) error {
	t := terminal.Table{
		Head: []string{"RULE", "CRITERION", "POINTS TO", "IN", "WEIGHT", "TESTS", "WHERE"}, Left: 7,
		Whole: []string{"RULE", "WEIGHT"}, Spare: []string{"WHERE", "TESTS", "IN", "CRITERION"},
		Elsewhere: "--json, a pipe",
	}
	for i := range rules {
		info := &rules[i]
		t.Rows = append(t.Rows, []string{info.ID, orDash(info.Criterion), PointsTo(info), FieldsOf(info),
			fmt.Sprint(info.Weight), TestsOf(info), fmt.Sprintf("%s:%d", info.File, info.Line)})
	}
	return w.listing(&t)
}

// PointsTo names what a rule speaks for.
func PointsTo(info *classifier.RuleInfo) string {
	if info.Function != "" && info.Function != job.FunctionNone {
		return string(info.Label) + " " + string(info.Function)
	}
	return string(info.Label)
}

// FieldsOf names where a rule looks.
func FieldsOf(info *classifier.RuleInfo) string {
	if info.Facts != "" {
		return "facts"
	}
	var names []string
	for _, f := range info.In {
		names = append(names, string(f))
	}
	return strings.Join(names, ",")
}

// TestsOf names what a rule tests.
func TestsOf(info *classifier.RuleInfo) string {
	if info.Facts != "" {
		return info.Facts
	}
	if len(info.All) > 0 {
		return combined(info)
	}
	return fmt.Sprintf("%s, %d unless", job.Count(info.Phrases, "phrase"), info.Unless)
}

// combined names the lists that a rule combines.
func combined(info *classifier.RuleInfo) string {
	out := strings.Join(info.All, " + ")
	if len(info.But) > 0 {
		out += " but " + strings.Join(info.But, " or ")
	}
	return strings.ReplaceAll(out, "|", " or ")
}

// OwnLists tells which rules the lists of somebody's own files feed.
func (w *Printer) OwnLists(lists []classifier.ListUse) error {
	var lines strings.Builder
	for i := range lists {
		l := &lists[i]
		fmt.Fprintf(&lines, "%s: %s, ", l.Name, w.count(l.Words, "word"))
		if len(l.Rules) == 0 {
			fmt.Fprintf(&lines, "in no rule (a reader of facts may know it: docs/lexicon.md)\n")
			continue
		}
		rules := job.Plural(len(l.Rules), "the rule", "the rules")
		fmt.Fprintf(&lines, "in %s: %s\n", rules, strings.Join(l.Rules, ", "))
	}
	return terminal.Fit(w.Out, lines.String())
}

// Coverage shows what the rules do among postings.
func (w *Printer) Coverage(c *desk.Coverage) error {
	fmt.Fprintf(w.Out, "%s: %s\n\n", w.count(c.Postings, "posting"), w.labelCounts(c.Book(), c.Labels))
	if w.terminal() {
		return errors.Join(w.uses("criterion", c.Criteria()), w.uses("rule", c.Rules()))
	}
	var lines strings.Builder
	t := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, part := range []struct {
		name string
		uses []*desk.Use
	}{{"CRITERION", c.Criteria()}, {"RULE", c.Rules()}} {
		fmt.Fprintf(t, "POSTINGS\tDECISIVE\tCONFLICTS\tPRECISION\t  %s\n", part.name)
		for _, u := range part.uses {
			fmt.Fprintf(t, "%d\t%d\t%d\t%s\t  %s\n", u.Postings, u.Decisive, u.Conflicts, u.Precision(), u.ID)
		}
		fmt.Fprintln(t)
	}
	if err := errors.Join(t.Flush(), terminal.Fit(w.Out, lines.String())); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

// uses shows at a terminal what rules or criteria do.
func (w *Printer) uses(what string, uses []*desk.Use) error {
	t := terminal.Table{
		Head: []string{what, "postings", "decisive", "conflicts", "precision"}, Left: 1, Whole: []string{what},
		Spare: []string{"conflicts", "decisive"}, Elsewhere: "--json",
	}
	for _, u := range uses {
		t.Rows = append(t.Rows, []string{u.ID, w.figure(u.Postings), w.figure(u.Decisive), w.figure(u.Conflicts),
			u.Precision()})
	}
	err := t.Write(w.Out)
	fmt.Fprintln(w.Out)
	return err
}

// Impact shows which labels change, and what else is read otherwise.
func (w *Printer) Impact(m *desk.Impact) {
	fmt.Fprintf(w.Out, "%s of %s postings %s\n", w.figure(m.Changed), w.figure(m.Postings),
		job.Plural(m.Changed, "changes its label", "change their label"))
	if m.ByHand > 0 {
		fmt.Fprintf(w.Out, "%s %s left as labelled by hand\n", w.figure(m.ByHand), job.Plural(m.ByHand, "is", "are"))
	}
	for _, c := range m.Changes() {
		fmt.Fprintf(w.Out, "\n%s → %s: %s\n", c.From, c.To, w.figure(m.Counts[c]))
		for _, s := range m.Samples {
			if s.LabelChange == c {
				fmt.Fprintf(w.Out, "  %s: %s (%s)\n", terminal.Safe(s.ID), terminal.Safe(s.Title),
					strings.Join(s.Rules, ", "))
			}
		}
	}
	for _, r := range m.Reread {
		fmt.Fprintf(w.Out, "\n%s: %s %s read otherwise\n", r.What, w.figure(r.Changed),
			job.Plural(r.Changed, "is", "are"))
		for _, s := range r.Samples {
			fmt.Fprintf(w.Out, "  %s: %s (%s → %s)\n", terminal.Safe(s.ID), terminal.Safe(s.Title),
				orDash(terminal.Safe(s.From)), orDash(terminal.Safe(s.To)))
		}
	}
}

// labelCounts says how many there are of each label.
func (w *Printer) labelCounts(book job.Labels, n map[job.Label]int) string {
	parts := make([]string, len(book))
	for i := range book {
		parts[i] = w.figure(n[book[i].Label]) + " " + string(book[i].Label)
	}
	return strings.Join(parts, ", ")
}
