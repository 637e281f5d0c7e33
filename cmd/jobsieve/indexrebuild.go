package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type indexRebuildCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Help says how it is done.
func (*indexRebuildCmd) Help() string {
	return `A new index is made beside the old one, filled from the ledger, compared with it document by document, and put in its place in one step; searches see no gap, and what is written meanwhile is delivered afterwards. If that fails, the old index stays and the new one is deleted. Machines of the same version that share the ledger deliver parts of a new index in Elasticsearch. An old index in Elasticsearch stays until "jobsieve index prune"; for the embedded index, stop the daemon first.`
}

// Run rebuilds the index.
func (cmd *indexRebuildCmd) Run(a *app) (err error) {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	l, err := ledger.Attach(a.ctx, d.Config.LedgerIn(d.Dir))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	done, err := a.shareRebuild(d, l)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	p := terminal.NewProgress(a.err)
	made, err := d.Index.Rebuild(a.ctx, l, cmd.wait(), func(done int) { p.Tell("indexed", done) })
	p.Clear()
	if err != nil {
		return a.held(cmd.waitFlags, err)
	}
	if made.Name != "" && !cmd.JSON {
		const format = "%s leads to the new index %s; \"%s\" deletes the old ones\n"
		fmt.Fprintf(a.out, format, d.Index.Alias(), made.Name, a.command("index", "prune"))
		if made.Waiting > 0 {
			fmt.Fprintf(a.out,
				"What is waiting was stored meanwhile; the run that stored it will deliver it, or use: %s\n",
				a.command("index", "sync"))
		}
	}
	err = a.tellDeliveries(&chosen.Status{Deliveries: made.Deliveries}, cmd.JSON)
	if errors.Is(err, partly) && made.Refused == 0 {
		return nil // what was stored meanwhile waits, and is no fault
	}
	return err
}

// shareRebuild has machines that share the ledger deliver to an index that is rebuilt, where
// there are any; done is called at the end.
func (a *app) shareRebuild(d *desk.Desk, l *ledger.Ledger) (done func() error, err error) {
	done = func() error { return nil }
	if shared, err := sharers(a.ctx, l, "deliver"); err != nil || !shared || d.Index.Embedded() {
		return done, err
	}
	tasks, err := openTasks(a, d.Config.LedgerIn(d.Dir), l, nil)
	if err != nil {
		return done, err
	}
	d.Index.Share = func(ctx context.Context, parts []chosen.Part) error {
		filling, err := daemon.FillTasks(version, parts)
		if err != nil {
			return err
		}
		return tasks.Add(ctx, filling...)
	}
	return tasks.Close, nil
}

type indexPruneCmd struct {
	waitFlags
	Yes  bool `help:"Delete without asking, for scripts."`
	JSON bool `name:"json" help:"Print one JSON object: the alias, the index that it leads to, and what was deleted."`
}

// Help says what is deleted.
func (*indexPruneCmd) Help() string {
	return `Lists what it will delete, and asks. It deletes only indexes that jobsieve made for the alias (named after it and a number of six digits, with jobsieve's mark in the mapping), that are older than the one the alias leads to, and that no alias names.`
}

// Run deletes the indexes that rebuilds have left.
func (cmd *indexPruneCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	left, err := d.Index.Left(a.ctx)
	if errors.Is(err, chosen.ErrNothingLeft) {
		return usage("%w", err)
	}
	if err != nil {
		return err
	}
	names := strings.Join(left.Names, ", ")
	if names == "" && cmd.JSON {
		return a.writeJSON(pruned{d.Index.Alias(), left.Name, []string{}})
	}
	if names == "" {
		const format = "There is nothing to delete: %s leads to %s, and rebuilds have left no other index behind.\n"
		_, err := fmt.Fprintf(a.out, format, d.Index.Alias(), left.Name)
		return err
	}
	const format = "%s leads to %s. To be deleted at %s: %s\n"
	to := a.out
	if cmd.JSON {
		to = a.err
	}
	fmt.Fprintf(to, format, d.Index.Alias(), left.Name, d.Config.Index, names)
	if !cmd.Yes {
		if err := a.confirm(); err != nil {
			return err
		}
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		if err := left.Prune(a.ctx, l); err != nil {
			return err
		}
		if cmd.JSON {
			return a.writeJSON(pruned{d.Index.Alias(), left.Name, left.Names})
		}
		_, err := fmt.Fprintf(a.out, "deleted %s: %s\n", job.Count(len(left.Names), "index"), names)
		return err
	})
}

// pruned is what prune prints as JSON.
type pruned struct {
	Alias   string   `json:"alias"`
	Name    string   `json:"name"`
	Deleted []string `json:"deleted"`
}

// confirm asks a person; its error is one of usage where there is none to ask.
func (a *app) confirm() error {
	switch yes, err := terminal.Confirm(a.in, a.err, "Delete them?"); {
	case err != nil:
		return usage("nothing was deleted: %w; give --yes to delete them", err)
	case !yes:
		return usage("nothing was deleted")
	}
	return nil
}
