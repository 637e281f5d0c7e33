package main

import (
	"fmt"
	"slices"

	"jobsieve/config"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type runCmd struct {
	waitFlags
	Source []string `placeholder:"NAME" help:"Crawl only this source; may be given several times."`
	Due    bool     `help:"Crawl only what is due by its schedule, and say when the others are."`
	JSON   bool     `name:"json" help:"Print the summary as one line of JSON."`
}

// Help teaches how to run it from cron.
func (*runCmd) Help() string {
	return `One line for cron serves all sources, each by its own schedule in jobsieve.yaml:

  */5 * * * * cd /srv/jobsieve && jobsieve run --due --skip-if-running >> run.log 2>&1

With --due, a source that was never crawled is due at once, and one that was missed, however often, is made up for once.

A run that was stopped, killed, or ran into its deadline is resumed by the next one within two days: what was answered already is not asked for again.`
}

// Run crawls the sources once.
func (cmd *runCmd) Run(a *app) error {
	d, err := a.desk(true)
	if err != nil {
		return err
	}
	sources, err := chosenSources(d.Config, cmd.Source)
	if err != nil {
		return err
	}
	return a.withWriter(d, func(l *ledger.Ledger) error {
		if cmd.Due {
			return cmd.runDue(a, d, l, sources)
		}
		p := terminal.NewProgress(a.err)
		line, err := a.line(d, l, p, cmd.waitFlags)
		if err != nil {
			return err
		}
		sum, err := line.Run(a.ctx, "run", sources)
		p.Clear()
		if err != nil {
			return fmt.Errorf("run: %w", err)
		}
		return a.finish(sum, cmd.JSON, cmd.waitFlags)
	})
}

// chosenSources are those that are named, else all that are not disabled.
func chosenSources(c *config.Config, names []string) ([]*config.Source, error) {
	out, err := namedSources(c, names)
	if err != nil || len(names) > 0 {
		return out, err
	}
	out = slices.DeleteFunc(out, func(s *config.Source) bool { return s.Disabled })
	if len(out) == 0 {
		return nil, usage("every source in %s is disabled: remove disabled from one, or name one with --source", c.File)
	}
	return out, nil
}
