package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"jobsieve/classifier"
	"jobsieve/crawler/rows"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

type rulesCmds struct {
	Check    rulesCheckCmd    `cmd:"" help:"Check the rules and their cases."`
	List     rulesListCmd     `cmd:"" help:"List the rules in use."`
	Coverage rulesCoverageCmd `cmd:"" help:"Count what each rule and criterion does among postings."`
	Impact   rulesImpactCmd   `cmd:"" help:"Show which postings change their label under other rules."`
	Init     rulesInitCmd     `cmd:"" help:"Write an example of rules of one's own."`
}

// rulesReader makes a reader with the rules of a folder laid over the embedded
// ones; "embedded" is those alone, and empty the configured ones.
func (a *app) rulesReader(dir string) (*pipeline.Reader, error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return nil, err
	}
	switch dir {
	case "":
		dir = c.Rules
	case "embedded":
		dir = ""
	}
	return readerWith(c, dir)
}

type rulesCheckCmd struct {
	Dir string `arg:"" optional:"" help:"Folder of rules to lay over the embedded ones (default: the configured one)."`
}

// Run checks the rules.
func (cmd *rulesCheckCmd) Run(a *app) error {
	r, err := a.rulesReader(cmd.Dir)
	if err != nil {
		return err
	}
	if faults := r.CheckCases(); len(faults) > 0 {
		return &codeError{exitUsage, faults}
	}
	rules, cases := r.Classifier().Rules(), 0
	for i := range rules {
		cases += len(rules[i].Match) + len(rules[i].NoMatch)
	}
	_, err = fmt.Fprintf(a.out, "%d rules, %d cases hold; rules version %s\n", len(rules), cases, r.Classifier().Version())
	return err
}

type rulesListCmd struct {
	JSON bool `name:"json" help:"Print JSON lines."`
}

// Run lists the rules.
func (cmd *rulesListCmd) Run(a *app) error {
	r, err := a.rulesReader("")
	if err != nil {
		return err
	}
	rules := r.Classifier().Rules()
	if cmd.JSON {
		for i := range rules {
			if err := a.writeJSON(rules[i]); err != nil {
				return err
			}
		}
		return nil
	}
	var lines strings.Builder
	w := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tCRITERION\tPOINTS TO\tIN\tWEIGHT\tTESTS\tWHERE")
	for i := range rules {
		info := &rules[i]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%v\t%s\t%s:%d\n", info.ID, orDash(info.Criterion), pointsTo(info), fieldsOf(info), info.Weight, testsOf(info), info.File, info.Line)
	}
	return errors.Join(w.Flush(), terminal.Fit(a.out, lines.String()))
}

func pointsTo(info *classifier.RuleInfo) string {
	if info.Function != "" && info.Function != job.FunctionNone {
		return string(info.Label) + " " + string(info.Function)
	}
	return string(info.Label)
}

func fieldsOf(info *classifier.RuleInfo) string {
	if info.Facts != "" {
		return "facts"
	}
	var names []string
	for _, f := range info.In {
		names = append(names, string(f))
	}
	return strings.Join(names, ",")
}

func testsOf(info *classifier.RuleInfo) string {
	if info.Facts != "" {
		return info.Facts
	}
	return fmt.Sprintf("%d phrases, %d unless", info.Phrases, info.Unless)
}

type rulesCoverageCmd struct {
	rowFlags
	File string `arg:"" help:"Postings as JSON lines or CSV; a member or column label gives the right label where it is known."`
	JSON bool   `name:"json" help:"Print JSON lines: criteria, then rules."`
}

// Help says what is counted.
func (*rulesCoverageCmd) Help() string {
	return `Of each criterion and rule: in how many postings it matched, in how many of them the label would be another without it (decisive), in how many the label is the opposite (conflicts), and, among postings that carry a label, the share that agrees with it (precision).`
}

// Run counts.
func (cmd *rulesCoverageCmd) Run(a *app) error {
	r, err := a.rulesReader("")
	if err != nil {
		return err
	}
	c := pipeline.NewCoverage(r)
	err = a.eachRow(cmd.File, cmd.rowFlags, func(row *rows.Row) error {
		c.Add(&row.Posting, job.Label(row.Member("label")))
		return nil
	})
	if err != nil && !errors.Is(err, partly) {
		return err
	}
	return errors.Join(err, cmd.tell(a, r.Classifier().Labels(), c))
}

func (cmd *rulesCoverageCmd) tell(a *app, book job.Labels, c *pipeline.Coverage) error {
	if cmd.JSON {
		for _, u := range append(c.Criteria(), c.Rules()...) {
			if err := a.writeJSON(u); err != nil {
				return err
			}
		}
		return nil
	}
	fmt.Fprintf(a.out, "%d postings: %s\n\n", c.Postings, labelCounts(book, c.Labels))
	var lines strings.Builder
	w := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, part := range []struct {
		name string
		uses []*pipeline.Use
	}{{"CRITERION", c.Criteria()}, {"RULE", c.Rules()}} {
		fmt.Fprintf(w, "POSTINGS\tDECISIVE\tCONFLICTS\tPRECISION\t  %s\n", part.name)
		for _, u := range part.uses {
			fmt.Fprintf(w, "%d\t%d\t%d\t%s\t  %s\n", u.Postings, u.Decisive, u.Conflicts, u.Precision(), u.ID)
		}
		fmt.Fprintln(w)
	}
	return errors.Join(w.Flush(), terminal.Fit(a.out, lines.String()))
}

// labelCounts tells how many there are of each label.
func labelCounts(book job.Labels, n map[job.Label]int) string {
	parts := make([]string, len(book))
	for i := range book {
		parts[i] = fmt.Sprintf("%d %s", n[book[i].Label], book[i].Label)
	}
	return strings.Join(parts, ", ")
}

type rulesImpactCmd struct {
	rowFlags
	From    string `placeholder:"DIR" default:"embedded" help:"Rules before: a folder laid over the embedded ones, or \"embedded\"."`
	To      string `placeholder:"DIR" help:"Rules after (default: the configured folder)."`
	What    string `arg:"" name:"file" help:"Postings as JSON lines or CSV, or \"ledger\"."`
	Samples int    `default:"5" help:"How many postings to show of each change."`
	JSON    bool   `name:"json" help:"Print one JSON object."`
}

// Help gives an example.
func (*rulesImpactCmd) Help() string {
	return `Nothing is stored.

  jobsieve rules impact --to ./my-rules ledger`
}

// Run compares two rule books.
func (cmd *rulesImpactCmd) Run(a *app) (err error) {
	from, err := a.rulesReader(cmd.From)
	if err != nil {
		return err
	}
	to, err := a.rulesReader(cmd.To)
	if err != nil {
		return err
	}
	m := pipeline.NewImpact(cmd.Samples)
	add := func(p *job.Posting) {
		before, after := from.Read(p), to.Read(p)
		m.Add(p, &before.Verdict, &after.Verdict)
	}
	if cmd.What == "ledger" {
		err = a.eachFrom("ledger", func(r *ledger.Record) error { add(&r.Posting); return nil }, nil)
	} else {
		err = a.eachRow(cmd.What, cmd.rowFlags, func(row *rows.Row) error { add(&row.Posting); return nil })
	}
	if err != nil && !errors.Is(err, partly) {
		return err
	}
	return errors.Join(err, a.tellImpact(m, cmd.JSON))
}

// tellImpact shows what changes.
func (a *app) tellImpact(m *pipeline.Impact, asJSON bool) error {
	if asJSON {
		counts := map[string]int{}
		for c, n := range m.Counts {
			counts[string(c.From+" "+c.To)] = n
		}
		return a.writeJSON(struct {
			*pipeline.Impact
			Counts map[string]int `json:"counts"`
		}{m, counts})
	}
	fmt.Fprintf(a.out, "%d of %d postings change their label\n", m.Changed, m.Postings)
	for _, c := range m.Changes() {
		fmt.Fprintf(a.out, "\n%s → %s: %d\n", c.From, c.To, m.Counts[c])
		for _, s := range m.Samples {
			if s.Change == c {
				fmt.Fprintf(a.out, "  %s: %s (%s)\n", terminal.Safe(s.ID), terminal.Safe(s.Title), strings.Join(s.Rules, ", "))
			}
		}
	}
	return nil
}

//go:embed my-rules.yaml
var exampleRules []byte

type rulesInitCmd struct {
	Dir string `arg:"" help:"Folder to make."`
}

// Run writes an example.
func (cmd *rulesInitCmd) Run(a *app) error {
	if err := os.MkdirAll(cmd.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	path := filepath.Join(cmd.Dir, "my-rules.yaml")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; edit it, or choose another folder", path)
	}
	if err == nil {
		_, err = f.Write(exampleRules)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("write the example: %w", err)
	}
	fmt.Fprintf(a.out, "wrote %s\n\nTry next\n  %s\n  %s\n", path, a.command("rules", "check", cmd.Dir), a.command("rules", "impact", "--to", cmd.Dir, "ledger"))
	return nil
}

type relabelCmd struct {
	waitFlags
	Apply   bool `help:"Store the new labels; without it they are only shown."`
	Samples int  `default:"5" help:"How many postings to show of each change."`
	JSON    bool `name:"json" help:"Print one JSON object."`
}

// Help says what happens.
func (*relabelCmd) Help() string {
	return `Reads every posting of the ledger anew with today's rules and readers, without a crawl, and shows which labels change. With --apply the new readings are stored, the earlier ones kept as history, and what changed is indexed.`
}

// Run shows what changes, and stores it if asked to.
func (cmd *relabelCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	r, err := a.reader(c)
	if err != nil {
		return err
	}
	m := pipeline.NewImpact(cmd.Samples)
	if !cmd.Apply {
		err := a.eachFrom("ledger", func(rec *ledger.Record) error {
			to := r.Read(&rec.Posting)
			m.Add(&rec.Posting, &rec.Verdict, &to.Verdict)
			return nil
		}, nil)
		if err != nil {
			return err
		}
		if err := a.tellImpact(m, cmd.JSON); err != nil || cmd.JSON || m.Changed == 0 {
			return err
		}
		_, err = fmt.Fprintf(a.out, "\nNothing is stored yet: %s\n", a.command("relabel", "--apply"))
		return err
	}
	return a.withStored(func(l *ledger.Ledger) error {
		n, err := l.Reread(a.ctx, a.now(), r.ReadAll(a.ctx), func(rec *ledger.Record, to *ledger.Reading) {
			m.Add(&rec.Posting, &rec.Verdict, &to.Verdict)
		})
		if err != nil {
			return err
		}
		if m.Postings, err = l.Count(a.ctx); err != nil {
			return err
		}
		if err := a.tellImpact(m, cmd.JSON); err != nil {
			return err
		}
		if !cmd.JSON {
			fmt.Fprintf(a.out, "\n%d readings stored; the earlier ones are kept as history\n", n)
			return a.sync(c, l, false)
		}
		_, err = a.deliver(a.ctx, c, l, func(int) {})
		return err
	})
}
