package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jobsieve/classifier"
	"jobsieve/crawler/rows"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

type rulesCmds struct {
	Check    rulesCheckCmd    `cmd:"" help:"Check the rules and their cases."`
	List     rulesListCmd     `cmd:"" help:"List the rules in use."`
	Coverage rulesCoverageCmd `cmd:"" help:"Count what each rule and criterion does among postings."`
	Impact   rulesImpactCmd   `cmd:"" help:"Show which postings change their label, pay or facts under other rules."`
	Init     rulesInitCmd     `cmd:"" help:"Write an example of your own rules, to edit."`
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
	return pipeline.ReaderFor(c, dir)
}

type rulesCheckCmd struct {
	Dir  string `arg:"" optional:"" help:"Folder of rules to lay over the embedded ones (default: the configured one)."`
	JSON bool   `name:"json" help:"Print one JSON object."`
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
	if cmd.JSON {
		return a.writeJSON(struct {
			Rules   int                  `json:"rules"`
			Cases   int                  `json:"cases"`
			Version string               `json:"rules_version"`
			Lists   []classifier.ListUse `json:"lists"`
		}{len(rules), cases, r.Classifier().Version(), append([]classifier.ListUse{}, r.Classifier().OwnLists()...)})
	}
	_, err = fmt.Fprintf(a.out, "%s, %s hold; rules version %s\n",
		job.Count(len(rules), "rule"), job.Count(cases, "case"), r.Classifier().Version())
	return errors.Join(err, a.show().OwnLists(r.Classifier().OwnLists()))
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
	return a.show().Rules(rules)
}

type rulesCoverageCmd struct {
	rowFlags
	File string `arg:"" help:"Postings as JSON lines or CSV; a member or column label gives the right label where it is known."`
	JSON bool   `name:"json" help:"Print JSON lines: criteria, then rules."`
}

// Help says what is counted.
func (*rulesCoverageCmd) Help() string {
	return `For each criterion and rule: in how many postings it matched, in how many of them the label would be another without it (decisive), in how many the label is the opposite (conflicts), and, among postings that carry a label, the share that agrees with it (precision). Labels that an export has from the rules count for nothing; those by hand do:

  jobsieve export --labelled-by hand > gold.jsonl
  jobsieve rules coverage gold.jsonl`
}

// Run counts.
func (cmd *rulesCoverageCmd) Run(a *app) error {
	r, err := a.rulesReader("")
	if err != nil {
		return err
	}
	c := desk.NewCoverage(r)
	err = a.eachRow(cmd.File, cmd.rowFlags, func(row *rows.Row) error {
		c.Add(&row.Posting, givenLabel(row))
		return nil
	})
	if err != nil && !errors.Is(err, partly) {
		return err
	}
	return errors.Join(err, cmd.tell(a, c))
}

// givenLabel is the right label of a row, empty where it is not known: one that an
// export has from the rules says nothing about them.
func givenLabel(row *rows.Row) job.Label {
	if job.Labeller(row.Member("labelled_by")) == job.ByRules {
		return ""
	}
	return job.Label(row.Member("label"))
}

func (cmd *rulesCoverageCmd) tell(a *app, c *desk.Coverage) error {
	if cmd.JSON {
		for _, u := range append(c.Criteria(), c.Rules()...) {
			if err := a.writeJSON(u); err != nil {
				return err
			}
		}
		return nil
	}
	return a.show().Coverage(c)
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
	return `Labels, and what else is read otherwise: the function of a label that stays, pay and
facts. Nothing is stored.

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
	var m *desk.Impact
	if cmd.What == "ledger" {
		var d *desk.Desk
		if d, err = a.desk(false); err != nil {
			return err
		}
		m, err = d.Impact(a.ctx, from, to, cmd.Samples)
		err = a.aside(err)
	} else {
		m = desk.NewImpact(cmd.Samples)
		err = a.eachRow(cmd.What, cmd.rowFlags, func(row *rows.Row) error {
			m.Compare(&row.Posting, from, to)
			return nil
		})
	}
	if err != nil && !errors.Is(err, partly) {
		return err
	}
	return errors.Join(err, a.tellImpact(m, cmd.JSON))
}

// tellImpact shows what changes.
func (a *app) tellImpact(m *desk.Impact, asJSON bool) error {
	if asJSON {
		counts := map[string]int{}
		for c, n := range m.Counts {
			counts[string(c.From+" "+c.To)] = n
		}
		return a.writeJSON(struct {
			*desk.Impact
			Counts map[string]int `json:"counts"`
		}{m, counts})
	}
	a.show().Impact(m)
	return nil
}

//go:embed my-rules.yaml
var exampleRules []byte

type rulesInitCmd struct {
	Dir string `arg:"" help:"Folder to create."`
}

// Run writes an example.
func (cmd *rulesInitCmd) Run(a *app) error {
	if err := os.MkdirAll(cmd.Dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	path := filepath.Join(cmd.Dir, "my-rules.yaml")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists already; edit it, or choose another folder", path)
	}
	if err == nil {
		_, err = f.Write(exampleRules)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("write the example: %w", err)
	}
	check, impact := a.command("rules", "check", cmd.Dir), a.command("rules", "impact", "--to", cmd.Dir, "ledger")
	fmt.Fprintf(a.out, "wrote %s\n\nTry next\n  %s\n  %s\n", path, check, impact)
	return nil
}

type relabelCmd struct {
	waitFlags
	filter.Flags
	Apply   bool `help:"Store the new labels; without it they are only shown."`
	Samples int  `default:"5" help:"How many postings to show of each change."`
	JSON    bool `name:"json" help:"Print one JSON object."`
}

// Help says what happens.
func (*relabelCmd) Help() string {
	return `Reads every posting in the ledger again with today's rules and readers, without a crawl, and shows which labels change; with filters, those that pass them by what was read of them before. With --text the index finds the words; what it lacks is not read again, and a message says so. With --apply the new readings are stored, the earlier ones kept as history, and what changed is indexed. A label by hand stays what it is, and is counted.

Where machines share the ledger they read the postings with this process, in chunks, those that have the same version and rules; ending the command leaves the rest to them, and giving it again joins in. With --text this process reads them alone.

  jobsieve relabel
  jobsieve relabel --label UNCLASSIFIED --where 'pay is known and company = "Acme Services"'
  jobsieve relabel --apply --source acme`
}

// Run shows what changes, and stores it if asked to.
func (cmd *relabelCmd) Run(a *app) error {
	d, f, err := a.asked(&cmd.Flags, "")
	if err != nil {
		return err
	}
	if cmd.Apply {
		return a.withStored(d, func(l *ledger.Ledger) error { return cmd.apply(a, d, l, &f) })
	}
	m, err := d.Relabelled(a.ctx, &f, cmd.Samples, a.lacking(d))
	if err := a.aside(err); err != nil {
		return err
	}
	if err := errors.Join(a.tellImpact(m, cmd.JSON), cmd.tellNothing(a, d, &f, m)); err != nil {
		return err
	}
	if cmd.JSON || m.Changed == 0 {
		return nil
	}
	args := append([]string{"relabel", "--apply"}, f.Args()...)
	_, err = fmt.Fprintf(a.out, "\nNothing is stored yet; to store it: %s\n", a.command(args...))
	return err
}

// tellNothing says that nothing passes the filter.
func (cmd *relabelCmd) tellNothing(a *app, d *desk.Desk, f *filter.Filter, m *desk.Impact) error {
	if m.Postings > 0 || f.IsZero() {
		return nil
	}
	return a.tellNothing(d, f, "")
}

func (cmd *relabelCmd) apply(a *app, d *desk.Desk, l *ledger.Ledger, f *filter.Filter) error {
	if f.Text == "" {
		shared, err := sharers(a.ctx, l, "crawl")
		if err != nil {
			return err
		}
		if shared {
			return cmd.applyShared(a, d, l, f)
		}
	}
	n, m, err := d.Relabel(a.ctx, l, f, cmd.Samples, a.lacking(d))
	if err != nil {
		return err
	}
	return cmd.tellApplied(a, d, l, f, n, m)
}

// tellApplied tells what was stored, and brings the index up to it.
func (cmd *relabelCmd) tellApplied(
	a *app, d *desk.Desk, l *ledger.Ledger, f *filter.Filter, readings int, m *desk.Impact,
) error {
	if err := errors.Join(a.tellImpact(m, cmd.JSON), cmd.tellNothing(a, d, f, m)); err != nil {
		return err
	}
	if !cmd.JSON {
		fmt.Fprintf(a.out, "\n%s stored; the earlier ones are kept as history\n", job.Count(readings, "reading"))
		return a.sync(d, l, false)
	}
	_, err := d.Index.Sync(a.ctx, l, func(int) {})
	return err
}
