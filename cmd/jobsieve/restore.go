package main

import (
	"errors"
	"fmt"
	"time"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type restoreCmd struct {
	File    string        `arg:"" help:"The backup to restore."`
	Replace bool          `help:"Put it in the place of the ledger that is there, which is kept beside it."`
	Wait    time.Duration `default:"10s" help:"How long to wait for others that have the ledger open, or hold the index."`
	JSON    bool          `name:"json" help:"Print JSON lines: what was restored, and then the counts of the index."`
}

// Help says what it needs and how it ends.
func (*restoreCmd) Help() string {
	return `Stop the daemon, and let crawls and imports end: while another process has the ledger open, nothing is done, that process is named, and the exit code is 75. The backup is unpacked and checked in the data folder first, brought to this program's schema where it is older, and refused where it is newer. Then it takes the ledger's place in one step: a kill at any moment leaves the one or the other.

After that the index is rebuilt from the ledger, since it may hold what was stored after the backup.
If the index can't be reached the exit code is 3, and "jobsieve index rebuild" does it later.

A ledger that was replaced is kept in the data folder as ledger-DATE.db until you delete it. To go back
to it, restore that file. What was forgotten after the backup is there again: forget it once more.

  jobsieve restore /backup/jobsieve-2026-11-27
  jobsieve restore --replace /backup/jobsieve-2026-11-27`
}

// Run restores a backup.
func (cmd *restoreCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	r, err := d.Restore(a.ctx, cmd.File, cmd.Replace, cmd.Wait)
	var held *ledger.HeldError
	if errors.As(err, &held) {
		return fmt.Errorf("%w; nothing was changed: end that process, and restore again", err)
	}
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = a.writeJSON(r)
	} else {
		a.show().Restored(a.data(), &r)
	}
	return errors.Join(err, cmd.rebuild(a, d))
}

// rebuild makes the index anew.
func (cmd *restoreCmd) rebuild(a *app, d *desk.Desk) error {
	p := terminal.NewProgress(a.err)
	made, err := d.RebuildIndex(a.ctx, cmd.Wait, func(done int) { p.Tell("indexed", done) })
	p.Clear()
	if err != nil {
		const format = "the ledger is restored, but the index still holds what it held before: %w; \"%s\" mends that"
		return &codeError{exitPartly, fmt.Errorf(format, err, a.command("index", "rebuild"))}
	}
	return a.tellDeliveries(&chosen.Status{Deliveries: made.Deliveries}, cmd.JSON)
}
