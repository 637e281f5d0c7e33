package main

import (
	"errors"
	"fmt"
	"net/url"

	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

// saveFlags save the question of a search.
type saveFlags struct {
	Save    string `placeholder:"NAME" help:"Save the question, not the page or the order: \"jobsieve new NAME\" lists what is first seen from now on."`
	Replace bool   `help:"Replace the saved search of that name."`
	Webhook string `placeholder:"URL" help:"An address that the daemon tells of new postings: JSON, with POST."`
}

// save saves the question of a filter, if it is to be saved, and says what was saved.
func (cmd *saveFlags) save(a *app, d *desk.Desk, f *filter.Filter) error {
	if cmd.Save == "" {
		if cmd.Replace || cmd.Webhook != "" {
			return usage("--replace and --webhook: expected --save NAME with them")
		}
		return nil
	}
	if err := desk.CheckSavedName(cmd.Save); err != nil {
		return usage("--save: %w", err)
	}
	if cmd.Webhook != "" {
		u, err := url.Parse(cmd.Webhook)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return usage("--webhook: expected an http or https address") // which is a secret
		}
	}
	err := a.withStored(d, func(l *ledger.Ledger) error {
		return d.Save(a.ctx, l, cmd.Save, f, cmd.Webhook, cmd.Replace)
	})
	if errors.Is(err, ledger.ErrSaved) {
		const format = "--save: there is a saved search %s already, and it stays; --replace replaces it, " +
			"and \"%s\" shows it"
		return usage(format, cmd.Save, a.command("saved"))
	}
	if err == nil {
		a.note("saved as %s: %s\n\"%s\" lists what is first seen from now on", cmd.Save,
			a.searchOf(f.Args()), a.command("new", cmd.Save))
	}
	return err
}

// searchOf gives the command line of a search with some flags.
func (a *app) searchOf(args []string) string {
	return terminal.Safe(a.command(append([]string{"search"}, args...)...))
}

type savedCmds struct {
	List   savedListCmd   `cmd:"" default:"withargs" help:"List the saved searches, and how many postings are new to each."`
	Forget savedForgetCmd `cmd:"" help:"Forget a saved search."`
}

type savedListCmd struct {
	JSON bool `name:"json" help:"Print a JSON line for each saved search."`
}

// Help says how searches are saved.
func (*savedListCmd) Help() string {
	return `Saved searches are in the ledger; "search --save" saves them.

  jobsieve search voice process --city Pune --save pune-voice
  jobsieve saved
  jobsieve new pune-voice
  jobsieve saved forget pune-voice`
}

// Run lists the saved searches.
func (cmd *savedListCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	all, err := d.Saved(a.ctx)
	if err := a.aside(err); err != nil {
		return err
	}
	if !cmd.JSON {
		return a.show().Saved(all)
	}
	for i := range all {
		if err := a.writeJSON(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

type savedForgetCmd struct {
	Name string `arg:"" help:"Its name."`
}

// Run forgets a saved search.
func (cmd *savedForgetCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		if _, err := a.savedNamed(l, cmd.Name); err != nil {
			return err
		}
		if _, err := l.ForgetSaved(a.ctx, cmd.Name); err != nil {
			return err
		}
		_, err := fmt.Fprintf(a.out, "forgot the saved search %s; no posting was forgotten\n", cmd.Name)
		return err
	})
}

// savedNamed gives the saved searches with some names, all of them for no names. One that
// is not known is wrong usage.
func (a *app) savedNamed(l *ledger.Ledger, names ...string) ([]ledger.SavedSearch, error) {
	all, err := desk.SavedNamed(a.ctx, l, names)
	var unknown *desk.UnknownSavedError
	if errors.As(err, &unknown) {
		return nil, usage("%w; \"%s\" lists them", err, a.command("saved"))
	}
	return all, err
}
