package main

import (
	"fmt"

	"jobsieve/config"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type reextractCmd struct {
	waitFlags
	Source []string `placeholder:"NAME" help:"Read only the pages of this source; may be given several times."`
	JSON   bool     `name:"json" help:"Print the summary as one line of JSON."`
}

// Help says what it is for.
func (*reextractCmd) Help() string {
	return `After a selector was mended: reads the pages of each source's last crawl again, by what jobsieve.yaml says now, and stores and indexes what that changes. No site is asked for anything. Pages are kept for a week, or as long as fetch.keep_pages says.`
}

// Run reads the kept pages again.
func (cmd *reextractCmd) Run(a *app) error {
	d, err := a.desk(true)
	if err != nil {
		return err
	}
	chosen, err := chosenSources(d.Config, cmd.Source)
	if err != nil {
		return err
	}
	sources := chosen[:0:0]
	for _, src := range chosen {
		if src.Kind != config.KindFile {
			sources = append(sources, src)
		} else if len(cmd.Source) > 0 {
			return usage("source %s reads a file, of which no pages are kept: run it again", src.Name)
		}
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		p := terminal.NewProgress(a.err)
		line, err := a.line(d, l, p, cmd.waitFlags)
		if err != nil {
			return err
		}
		sum, err := line.Reextract(a.ctx, sources)
		p.Clear()
		if err != nil {
			return fmt.Errorf("reextract: %w", err)
		}
		return a.finish(sum, cmd.JSON, cmd.waitFlags)
	})
}
