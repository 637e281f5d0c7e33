package main

import (
	"errors"
	"fmt"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
)

type sourcesCmds struct {
	Check  sourcesCheckCmd  `cmd:"" help:"Ask each source once whether it answers; store nothing."`
	Test   sourcesTestCmd   `cmd:"" help:"Read a few postings from a source and show them, field by field; store nothing."`
	Status sourcesStatusCmd `cmd:"" help:"Show how each source is doing, by its last run against the ones before."`
}

type sourcesTestCmd struct {
	Name  string `arg:"" help:"The source's name in the configuration."`
	Limit int    `default:"5" help:"How many postings to read."`
	JSON  bool   `name:"json" help:"Print one JSON object: postings, rejected, receipt."`
}

// Run reads a few postings.
func (cmd *sourcesTestCmd) Run(a *app) error {
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	src, err := c.Source(cmd.Name)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	env := crawler.Env{Contact: c.Contact, Version: version, Now: a.now, Log: a.log}
	p, err := crawler.Look(a.ctx, src, env, cmd.Limit)
	if err != nil {
		return err
	}
	if !cmd.JSON {
		a.show().Preview(src, p)
	} else if err := a.writeJSON(previewOf(src, p)); err != nil {
		return err
	}
	if p.Receipt.Failed {
		return errors.New(p.Receipt.Why)
	}
	return nil
}

// preview is a source's preview as JSON.
type preview struct {
	Postings []map[string]string   `json:"postings"`
	Rejected map[job.Rejection]int `json:"rejected"`
	Receipt  job.Receipt           `json:"receipt"`
}

func previewOf(src *config.Source, p *crawler.Preview) preview {
	out := preview{Postings: []map[string]string{}, Rejected: p.Rejected, Receipt: p.Receipt}
	for i := range p.Postings {
		posting := &p.Postings[i]
		o := map[string]string{"id": posting.ID, "url": src.Hide(posting.URL), "posted": posting.Posted}
		for _, f := range job.Fields {
			o[string(f)] = posting.Text(f)
		}
		out.Postings = append(out.Postings, o)
	}
	return out
}

type sourcesStatusCmd struct {
	JSON bool `name:"json" help:"Print JSON lines."`
}

// Help says how it ends.
func (*sourcesStatusCmd) Help() string {
	return `A disabled source is listed and not judged. Any other has a problem if its last run failed or was cut short, yielded less than half of what it usually does, was blocked, or if a field that used to be filled no longer is. Exits with 3 if one has.`
}

// Run shows how each source does.
func (cmd *sourcesStatusCmd) Run(a *app) error {
	d, err := a.desk(true)
	if err != nil {
		return err
	}
	all, err := d.Health(a.ctx)
	if err != nil {
		return err
	}
	ill := false
	for i := range all {
		ill = ill || len(all[i].Problems) > 0
		if !cmd.JSON {
			a.show().Health(&all[i])
		} else if err := a.writeJSON(all[i]); err != nil {
			return err
		}
	}
	if len(all) == 0 && !cmd.JSON {
		fmt.Fprintf(a.out, "%s has no sources.\n", d.Config.File)
	}
	if ill {
		return partly
	}
	return nil
}

type runsCmd struct {
	Source string `placeholder:"NAME" help:"Only runs of this source."`
	Limit  int    `default:"20" help:"The most to show."`
	Full   bool   `help:"Show each receipt in full."`
	JSON   bool   `name:"json" help:"Print the receipts as JSON lines."`
}

// Run lists receipts, the newest first.
func (cmd *runsCmd) Run(a *app) error {
	if cmd.Limit < 0 {
		return usage("--limit: expected 0 or more")
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	receipts, err := d.Runs(a.ctx, cmd.Source, cmd.Limit)
	if err := sourceError("--source", err); err != nil {
		return err
	}
	if cmd.JSON {
		for i := range receipts {
			if err := a.writeJSON(receipts[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if cmd.Full {
		for i := range receipts {
			a.show().FullReceipt(&receipts[i])
		}
		return nil
	}
	return a.show().Runs(receipts)
}
