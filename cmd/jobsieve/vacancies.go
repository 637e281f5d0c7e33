package main

import (
	"errors"
	"fmt"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type vacanciesCmds struct {
	List   vacanciesListCmd   `cmd:"" default:"withargs" help:"List the vacancies with several postings, the largest first."`
	Show   vacanciesShowCmd   `cmd:"" help:"Show the postings of a vacancy, and why each is one of it."`
	Split  vacanciesSplitCmd  `cmd:"" help:"Take postings out of their vacancy, for ever."`
	Join   vacanciesJoinCmd   `cmd:"" help:"Make one vacancy of those of two postings, for ever."`
	Update vacanciesUpdateCmd `cmd:"" help:"Compare the postings that wait for it, as the next run would."`
}

type vacanciesListCmd struct {
	Least int  `default:"2" help:"How many postings a vacancy has at least."`
	Limit int  `default:"20" help:"How many vacancies to show."`
	JSON  bool `name:"json" help:"Print JSON."`
}

// Help says what a vacancy is.
func (*vacanciesListCmd) Help() string {
	return `Postings of one vacancy are those that boards repeat, that are posted again, and that consultancies copy. They have titles alike, and texts or employers too; and city, shift, pay, experience and line of work do not differ where both state them. Each line is the posting that stands for its vacancy: the newest that states pay.

  jobsieve vacancies
  jobsieve vacancies show naukri-chowk:nc-005
  jobsieve vacancies split naukri-chowk:nc-005
  jobsieve vacancies join naukri-chowk:nc-005 acme:1042`
}

// Run lists vacancies.
func (cmd *vacanciesListCmd) Run(a *app) error {
	if cmd.Least < 1 || cmd.Limit < 1 {
		return usage("--least and --limit: expected numbers from 1 on")
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	v, err := d.Vacancies(a.ctx, cmd.Least, cmd.Limit)
	if err := a.aside(err); err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(v)
	}
	return a.show().Vacancies(&v)
}

type vacanciesShowCmd struct {
	ID   string `arg:"" help:"The id of one of its postings; source/id of one that several sources have."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Run shows a vacancy.
func (cmd *vacanciesShowCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	v, err := d.Vacancy(a.ctx, cmd.ID)
	if err := a.compared(a.aside(err)); err != nil {
		return err
	}
	switch {
	case v == nil && a.damaged == nil:
		return a.unknownIDs([]string{cmd.ID})
	case v == nil:
		return nil
	case cmd.JSON:
		return a.writeJSON(v)
	}
	return a.show().Vacancy(v)
}

// compared adds to the error for a posting that waits to be compared what does that.
func (a *app) compared(err error) error {
	var due *desk.DueError
	if errors.As(err, &due) {
		return fmt.Errorf("%w; \"%s\" does it", err, a.command("vacancies", "update"))
	}
	return err
}

type vacanciesSplitCmd struct {
	IDs []string `arg:"" name:"id" help:"The postings' ids. They stay together with one another, if they are."`
}

// Run splits a vacancy.
func (cmd *vacanciesSplitCmd) Run(a *app) error {
	return a.withVacancies(func(d *desk.Desk, l *ledger.Ledger) error {
		others, unknown, err := d.SplitVacancy(a.ctx, l, a.now(), cmd.IDs)
		if err := errors.Join(a.compared(err), a.unknownIDs(unknown)); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "kept apart from %s, for ever\n", job.Count(others, "posting"))
		return err
	})
}

type vacanciesJoinCmd struct {
	A string `arg:"" name:"id" help:"The id of a posting."`
	B string `arg:"" name:"other" help:"The id of another."`
}

// Run joins vacancies.
func (cmd *vacanciesJoinCmd) Run(a *app) error {
	return a.withVacancies(func(d *desk.Desk, l *ledger.Ledger) error {
		unknown, err := d.JoinVacancies(a.ctx, l, a.now(), cmd.A, cmd.B)
		if err := errors.Join(a.compared(err), a.unknownIDs(unknown)); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "one vacancy, for ever; \"%s\" shows it\n",
			terminal.Safe(a.command("vacancies", "show", cmd.A)))
		return err
	})
}

type vacanciesUpdateCmd struct {
	All bool `help:"Compare all postings again, as is needed once after an upgrade with other rules."`
}

// Run compares what waits for it.
func (cmd *vacanciesUpdateCmd) Run(a *app) error {
	return a.withVacancies(func(_ *desk.Desk, l *ledger.Ledger) error {
		if cmd.All {
			if err := l.LetVacanciesWait(a.ctx); err != nil {
				return err
			}
		}
		p := terminal.NewProgress(a.err)
		done, err := l.GroupVacancies(a.ctx, func(done int) { p.Tell("compared", done) })
		p.Clear()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.out, "compared %s\n", job.Count(done, "posting"))
		return err
	})
}

// withVacancies runs f with the desk, and the ledger open for writing.
func (a *app) withVacancies(f func(*desk.Desk, *ledger.Ledger) error) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error { return f(d, l) })
}
