package main

import (
	"fmt"
	"net/url"
	"strings"

	"jobsieve/crawler"
	"jobsieve/crawler/ats"
	"jobsieve/internal/terminal"
)

type probeCmd struct {
	URL  string `arg:"" help:"A careers page, a list of postings, a feed, a sitemap or an API."`
	JSON bool   `name:"json" help:"Print one JSON object: how, yaml, postings, rejected, receipt, trouble, tried."`
}

// Help says what it does.
func (*probeCmd) Help() string {
	return `Looks at a page, politely, and finds out how its postings are best read: through the platform that it belongs to, as a feed, a sitemap, JSON, pages with JobPosting JSON-LD, or a list. Prints a source to put under sources in jobsieve.yaml, and, on standard error, what it read of the first postings. Stores nothing.

It knows boards on ` + strings.Join(ats.Recognised(), ", ") + `.

  jobsieve probe https://careers.example.org >> jobsieve.yaml`
}

// Run looks at a page.
func (cmd *probeCmd) Run(a *app) error {
	if u, err := url.Parse(cmd.URL); err == nil && u.User != nil {
		return usage("expected an address without a name and password; " +
			"put them into the url of the source, in jobsieve.yaml")
	}
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	env := crawler.Env{Contact: c.Contact, Version: version, Now: a.now, Log: a.log}
	found, err := crawler.Probe(a.ctx, cmd.URL, env, c.Fetch)
	if err != nil {
		return err
	}
	found.Rename(c.FreeName(found.Source.Name))
	text, err := found.Source.YAML()
	if err != nil {
		return err
	}
	if cmd.JSON {
		return tellProbed(a, found, text)
	}
	fmt.Fprintf(a.out, "# %s\n%s", terminal.Safe(found.How), text)
	if found.Preview == nil {
		fmt.Fprintf(a.err, "jobsieve: it could not be tried from here: %s\n", terminal.Safe(found.Trouble))
		return partly
	}
	fmt.Fprintln(a.err)
	a.showOn(a.err).Preview(&found.Source, found.Preview)
	for _, t := range found.Tried {
		fmt.Fprintf(a.err, "Left: %s\n", terminal.Safe(t))
	}
	return nil
}

// probed is what probe prints as JSON.
type probed struct {
	How string `json:"how"`
	// YAML is the source as it is put into the configuration.
	YAML string `json:"yaml"`
	*preview
	Trouble string   `json:"trouble,omitempty"`
	Tried   []string `json:"tried"`
}

func tellProbed(a *app, found *crawler.Found, yaml string) error {
	out := probed{How: found.How, YAML: yaml, Trouble: found.Trouble, Tried: append([]string{}, found.Tried...)}
	if found.Preview != nil {
		p := previewOf(&found.Source, found.Preview)
		out.preview = &p
	}
	if err := a.writeJSON(out); err != nil || found.Preview != nil {
		return err
	}
	return partly
}
