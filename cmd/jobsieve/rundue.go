package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// dueSummary is what a run of the sources that were due did, and which were not.
type dueSummary struct {
	*pipeline.Summary
	// Next are the sources that are due later, the soonest first.
	Next []nextDue `json:"next"`
	// Unscheduled and Disabled are the sources that are never due.
	Unscheduled []string `json:"unscheduled"`
	Disabled    []string `json:"disabled"`
}

// nextDue is when a source is due next.
type nextDue struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
}

// runDue crawls those of the sources that are due, and says when the others are.
func (cmd *runCmd) runDue(a *app, d *desk.Desk, l *ledger.Ledger, sources []*config.Source) error {
	plan := &daemon.Plan{Config: d.Config, Ledger: l, Now: a.now}
	due, _, err := partedOf(a.ctx, plan, sources)
	if err != nil {
		return fmt.Errorf("run --due: %w", err)
	}
	sum := &pipeline.Summary{Sources: []job.Receipt{}}
	if len(due) > 0 {
		if sum, err = cmd.crawlDue(a, d, l, plan, due); err != nil {
			return fmt.Errorf("run --due: %w", err)
		}
	}
	_, later, err := partedOf(context.WithoutCancel(a.ctx), plan, sources)
	if err != nil {
		return fmt.Errorf("run --due: %w", err)
	}
	told := dueSummaryOf(sum, later, d.Config, cmd.Source)
	if !cmd.JSON {
		a.tellDue(told, len(due), d.Config)
	} else if err := a.writeJSON(told); err != nil {
		return err
	}
	return a.outcome(sum, cmd.waitFlags)
}

func (cmd *runCmd) crawlDue(
	a *app, d *desk.Desk, l *ledger.Ledger, plan *daemon.Plan, due []*config.Source,
) (*pipeline.Summary, error) {
	p := terminal.NewProgress(a.err)
	defer p.Clear()
	line, err := a.line(d, l, p, cmd.waitFlags)
	if err != nil {
		return nil, err
	}
	line.Begin = plan.Begin
	return line.Run(a.ctx, "run", due)
}

// partedOf gives those of the sources that are due now, and those that are due later.
func partedOf(
	ctx context.Context, plan *daemon.Plan, sources []*config.Source,
) (due []*config.Source, later []daemon.Due, err error) {
	dues, err := plan.Due(ctx)
	if err != nil {
		return nil, nil, err
	}
	dues = slices.DeleteFunc(dues, func(d daemon.Due) bool { return !slices.Contains(sources, d.Source) })
	due, later = daemon.Parted(dues, plan.Now())
	return due, later, nil
}

// dueSummaryOf makes the summary of a run of the named sources, or of all.
func dueSummaryOf(sum *pipeline.Summary, later []daemon.Due, c *config.Config, names []string) *dueSummary {
	s := &dueSummary{Summary: sum, Next: []nextDue{}, Unscheduled: []string{}, Disabled: []string{}}
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		zone = time.UTC // it was checked when it was read
	}
	for _, d := range later {
		s.Next = append(s.Next, nextDue{d.Source.Name, d.At.In(zone)})
	}
	for i := range c.Sources {
		src := &c.Sources[i]
		switch asked := len(names) == 0 || slices.Contains(names, src.Name); {
		case asked && src.Disabled:
			s.Disabled = append(s.Disabled, src.Name)
		case asked && src.Schedule == "":
			s.Unscheduled = append(s.Unscheduled, src.Name)
		}
	}
	return s
}

// tellDue says for people what a run did of the sources that were due. In a log, the
// soonest of the others is enough.
func (a *app) tellDue(s *dueSummary, due int, c *config.Config) {
	if due > 0 {
		a.show().Summary(s.Summary, a.ctx.Err() != nil)
	} else {
		fmt.Fprintln(a.out, "Nothing is due.")
	}
	next := s.Next
	if len(next) > 1 && !a.terminalOut() {
		next = next[:1]
	}
	for _, n := range next {
		fmt.Fprintf(a.out, "next: %s at %s\n", n.Source, n.At.Format("2006-01-02 15:04 MST"))
	}
	if len(s.Unscheduled) > 0 {
		const format = "never due, without a schedule in %s: %s\n"
		fmt.Fprintf(a.out, format, c.File, strings.Join(s.Unscheduled, ", "))
	}
	if len(s.Disabled) > 0 {
		fmt.Fprintf(a.out, "never due, disabled in %s: %s\n", c.File, strings.Join(s.Disabled, ", "))
	}
}
