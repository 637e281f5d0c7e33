package main

import (
	"fmt"
	"os/user"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type labelCmd struct {
	waitFlags
	ID       string  `arg:"" help:"The posting's id; source/id of one that several sources have."`
	Label    string  `arg:"" optional:"" help:"The right label, such as BPO; without it the present one is shown."`
	Because  string  `placeholder:"TEXT" help:"Why it is the right one."`
	Function string  `help:"The right function (default: the rules', where the label has it, else none)."`
	By       *string `placeholder:"NAME" help:"Who says so, may be empty (default: the user of this machine)."`
	JSON     bool    `name:"json" help:"Print the posting with its label as JSON, as explain does."`
	Undo     bool    `help:"Take the label by hand away: the rules' holds again."`
}

// Help says how long it holds.
func (*labelCmd) Help() string {
	return `The label by hand holds from then on: searches, tables and exports go by it and mark it, and neither a crawl nor relabel changes it. The rules' verdict is kept beside it with its evidence. forget removes it with the posting.

  jobsieve label acme:1042
  jobsieve label acme:1042 KPO --function market-business-research --because "surveys for a research firm"
  jobsieve label acme:1042 --undo

What was labelled by hand is gold for whoever writes rules:

  jobsieve export --labelled-by hand > gold.jsonl
  jobsieve rules coverage gold.jsonl`
}

// Run labels a posting by hand, or shows its label.
func (cmd *labelCmd) Run(a *app) error {
	if err := cmd.check(); err != nil {
		return err
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	if cmd.Label == "" && !cmd.Undo {
		r, err := d.Labelled(a.ctx, cmd.ID)
		if err = a.aside(err); err != nil {
			return err
		}
		return cmd.tell(a, r)
	}
	hand, err := cmd.hand(a, d)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		r, changed, err := d.Label(a.ctx, l, cmd.ID, hand)
		if err != nil {
			return err
		}
		if err := cmd.tell(a, r); err != nil || !changed {
			return err
		}
		if cmd.JSON {
			_, err = d.Index.Sync(a.ctx, l, func(int) {})
			return err
		}
		return a.sync(d, l, false)
	})
}

// check refuses flags that don't go together.
func (cmd *labelCmd) check() error {
	given := cmd.Because != "" || cmd.Function != "" || cmd.By != nil
	switch {
	case cmd.Undo && (given || cmd.Label != ""):
		return usage("--undo: expected the id alone")
	case cmd.Label == "" && given:
		return usage("expected a label, such as BPO, after the id")
	case cmd.Label != "" && strings.TrimSpace(cmd.Because) == "":
		return usage("--because: expected why %s is the right label", cmd.Label)
	}
	return nil
}

// hand gives the label by hand; nil to take it away.
func (cmd *labelCmd) hand(a *app, d *desk.Desk) (*job.HandLabel, error) {
	if cmd.Undo {
		return nil, nil
	}
	if _, err := d.Reader(); err != nil {
		return nil, err
	}
	hand, err := d.HandLabel(cmd.Label, cmd.Function)
	if err != nil {
		return nil, &codeError{exitUsage, err}
	}
	hand.Because, hand.At = strings.TrimSpace(cmd.Because), a.now().UTC().Truncate(time.Second)
	if cmd.By != nil {
		hand.By = strings.TrimSpace(*cmd.By)
	} else if u, err := user.Current(); err == nil {
		hand.By = u.Username
	}
	return hand, nil
}

// tell shows the label that holds.
func (cmd *labelCmd) tell(a *app, r *ledger.Record) error {
	switch {
	case r != nil && cmd.JSON:
		return a.writeJSON(desk.ExportedOf(r))
	case r != nil:
		return a.show().Label(r)
	case a.damaged == nil: // else it may be the damaged one, which is named at the end
		return fmt.Errorf("no posting %q; \"%s\" shows ids", terminal.Safe(cmd.ID), a.command("search", "WORDS"))
	}
	return nil
}
