package main

import (
	"slices"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/internal/terminal"
)

type sourcesCheckCmd struct {
	Name []string `arg:"" optional:"" help:"The sources' names in the configuration; without one all, those that are disabled too."`
	File string   `placeholder:"FILE" help:"Check the sources in this file instead, such as sources.india.yaml, with the contact of the configuration."`
	JSON bool     `name:"json" help:"Print JSON lines: source, disabled, kind, platform, state, here, total, moved, why, advice."`
}

// Help says what is asked and how it ends.
func (*sourcesCheckCmd) Help() string {
	return `Sends each source one request, or two where the first answer only leads to the list, with robots.txt kept and one request at a time to each host: a board is asked for its first page, a feed, a sitemap, a list or JSON at its address. Says how many postings that gives and how many the source says it has, or what was answered instead, and what to do. Nothing is followed, tried again or stored. Exits with 3 if a source does not answer as it should.

  jobsieve sources check
  jobsieve sources check --file sources.india.yaml wns genpact`
}

// Run asks the sources.
func (cmd *sourcesCheckCmd) Run(a *app) error {
	c, err := a.checkedConfig(cmd.File)
	if err != nil {
		return err
	}
	sources, err := namedSources(c, cmd.Name)
	if err != nil {
		return err
	}
	env := crawler.Env{Contact: c.Contact, Version: version, Now: a.now, Log: a.log}
	p := terminal.NewProgress(a.err)
	replies, err := crawler.Ask(a.ctx, sources, env, func(done int) { p.Tell("sources asked", done) })
	p.Clear()
	if err != nil {
		return err
	}
	if !cmd.JSON {
		err = a.show().Replies(replies)
	}
	for i := range replies {
		if cmd.JSON && err == nil {
			err = a.writeJSON(replyOf(&replies[i]))
		}
	}
	if err == nil && slices.ContainsFunc(replies, func(r crawler.Reply) bool { return !r.Good() }) {
		err = partly
	}
	return err
}

// checkedConfig is the configuration, or that of a file of sources with the
// configuration's contact.
func (a *app) checkedConfig(file string) (*config.Config, error) {
	if file == "" {
		return a.loadConfig(true)
	}
	of, err := config.Load(file, checks)
	if err != nil {
		return nil, &codeError{exitUsage, err}
	}
	own, err := a.loadConfig(false)
	if err != nil {
		return nil, err
	}
	if of.Contact == "" {
		of.Contact = own.Contact
	}
	return of, nil
}

// namedSources are those that are named, else all.
func namedSources(c *config.Config, names []string) (all []*config.Source, err error) {
	for _, name := range names {
		s, err := c.Source(name)
		if err != nil {
			return nil, &codeError{exitUsage, err}
		}
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if len(names) == 0 {
		for i := range c.Sources {
			all = append(all, &c.Sources[i])
		}
	}
	if len(all) == 0 {
		return nil, usage("%s has no sources: add one under sources; docs/sources.md shows how", c.File)
	}
	return all, nil
}

// reply is a source's reply as JSON.
type reply struct {
	Source   string             `json:"source"`
	Disabled bool               `json:"disabled"`
	Kind     config.Kind        `json:"kind"`
	Platform string             `json:"platform,omitempty"`
	State    crawler.ReplyState `json:"state"`
	Here     int                `json:"here"`
	Total    *int               `json:"total,omitempty"`
	Moved    string             `json:"moved,omitempty"`
	Why      string             `json:"why,omitempty"`
	Advice   string             `json:"advice,omitempty"`
}

func replyOf(r *crawler.Reply) reply {
	return reply{
		Source: r.Source.Name, Disabled: r.Source.Disabled, Kind: r.Source.Kind, Platform: r.Source.Platform,
		State: r.State, Here: r.Here, Total: r.Total, Moved: r.Moved, Why: r.Why, Advice: r.Advice(),
	}
}
