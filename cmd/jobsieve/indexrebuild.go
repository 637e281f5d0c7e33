package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"jobsieve/config"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

type indexRebuildCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Help says how it is done.
func (*indexRebuildCmd) Help() string {
	return `A new index is made beside the old one, filled from the ledger, compared with it document by document, and put in its place in one step; searches see no gap, and what is written meanwhile is delivered after. Where that fails the old index stays and the new one goes. An old index in Elasticsearch stays until "jobsieve index prune"; the embedded index needs the daemon stopped.`
}

// Run makes the index anew. It writes nothing but acknowledgements to the
// ledger: what others store meanwhile waits for the new index and is delivered at
// the end.
func (cmd *indexRebuildCmd) Run(a *app) (err error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if c.Index == config.DefaultIndex {
		return a.rebuildEmbedded(l, cmd.waitFlags, cmd.JSON)
	}
	return a.rebuildElastic(c, l, cmd.JSON)
}

func (a *app) rebuildEmbedded(l *ledger.Ledger, w waitFlags, asJSON bool) (err error) {
	lock, err := a.lockIndex(w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	next, counts, err := a.rebuild(l, func(context.Context) (pipeline.Rebuilt, error) { return embedded.Begin(a.data()) })
	if err != nil {
		return err
	}
	err = errors.Join(l.ForgetDeliveries(a.ctx, embedded.TargetPrefix, ledger.Target(next.Target())), next.Close())
	if err != nil {
		return err
	}
	return a.tellRebuilt(counts, asJSON)
}

// lockIndex takes the embedded index. A daemon gives it up only when it ends, so
// that there is nothing to wait for.
func (a *app) lockIndex(w waitFlags) (*ledger.Lock, error) {
	_, running := a.daemonOf(&config.Config{Index: config.DefaultIndex})
	if running {
		w.Wait = 0
	}
	lock, err := a.lock(w, "index", "the index in "+a.data())
	var held *ledger.HeldError
	if running && errors.As(err, &held) {
		return nil, &codeError{exitHeld, fmt.Errorf("the daemon holds the index, stop it first: %w", held)}
	}
	return lock, err
}

func (a *app) rebuild(
	l *ledger.Ledger, begin func(context.Context) (pipeline.Rebuilt, error),
) (pipeline.Rebuilt, ledger.Deliveries, error) {
	p := newProgress(a.err)
	defer p.clear()
	steps := pipeline.RebuildSteps{Begin: begin, Now: a.now, Progress: func(done int) { p.tell("indexed", done) }}
	return pipeline.Rebuild(a.ctx, l, steps)
}

// tellRebuilt tells the counts. What was stored meanwhile waits, and is no fault.
func (a *app) tellRebuilt(d ledger.Deliveries, asJSON bool) error {
	err := a.tellDeliveries(&indexStatus{Deliveries: d}, asJSON)
	if errors.Is(err, partly) && d.Refused == 0 {
		return nil
	}
	return err
}

// rebuildElastic makes a new index beside the old one and moves the alias.
func (a *app) rebuildElastic(c *config.Config, l *ledger.Ledger, asJSON bool) error {
	opts, err := a.elasticOptions(c)
	if err != nil {
		return err
	}
	old, err := elastic.Connect(a.ctx, opts)
	if err != nil {
		return err
	}
	next, counts, err := a.rebuild(l, func(ctx context.Context) (pipeline.Rebuilt, error) { return old.Create(ctx) })
	if err != nil {
		return err
	}
	if !asJSON {
		const format = "%s leads to the new index %s; \"%s\" deletes the old ones\n"
		fmt.Fprintf(a.out, format, alias(c), next.(*elastic.Index).Name, a.command("index", "prune"))
		if counts.Waiting > 0 {
			fmt.Fprintf(a.out, "What waits was stored meanwhile; the run that stored it delivers it, or: %s\n", a.command("index", "sync"))
		}
	}
	return a.tellRebuilt(counts, asJSON)
}

type indexPruneCmd struct {
	waitFlags
	Yes bool `help:"Delete without asking, as scripts must."`
}

// Help says what goes.
func (*indexPruneCmd) Help() string {
	return `Lists what it will delete, and asks. It deletes only indexes that jobsieve made for the alias (named after it and a number of six digits, with jobsieve's mark in the mapping), that are older than the one the alias leads to, and that no alias names.`
}

// Run deletes the indexes that rebuilds have left.
func (cmd *indexPruneCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if c.Index == config.DefaultIndex {
		return usage("the embedded index leaves nothing to prune")
	}
	opts, err := a.elasticOptions(c)
	if err != nil {
		return err
	}
	ix, err := elastic.Open(a.ctx, opts, false)
	if err != nil {
		return err
	}
	left, err := ix.Left(a.ctx)
	if err != nil {
		return err
	}
	if len(left) == 0 {
		_, err := fmt.Fprintf(a.out, "There is nothing to delete: %s leads to %s, and rebuilds have left no other index.\n", alias(c), ix.Name)
		return err
	}
	names := make([]string, len(left))
	for i, o := range left {
		names[i] = o.Name
	}
	const format = "%s leads to %s. To be deleted at %s: %s\n"
	fmt.Fprintf(a.out, format, alias(c), ix.Name, c.Index, strings.Join(names, ", "))
	if !cmd.Yes {
		if err := a.confirm(); err != nil {
			return err
		}
	}
	return a.withStored(func(l *ledger.Ledger) error { return a.prune(ix, l, left, names) })
}

func (a *app) prune(ix *elastic.Index, l *ledger.Ledger, left []elastic.Own, names []string) error {
	for i, o := range left {
		err := ix.Delete(a.ctx, o)
		if err == nil {
			err = l.ForgetTarget(a.ctx, ledger.Target(o.Target))
		}
		if err != nil {
			return fmt.Errorf("delete %s, after %d others: %w", o.Name, i, err)
		}
	}
	_, err := fmt.Fprintf(a.out, "deleted %d indexes: %s\n", len(names), strings.Join(names, ", "))
	return err
}

// confirm asks a person; its error is one of usage where there is none to ask.
func (a *app) confirm() error {
	in, ok := a.in.(*os.File)
	if !ok || terminal.Columns(in) == 0 {
		return usage("nothing was deleted: there is nobody to ask; give --yes to delete them")
	}
	fmt.Fprint(a.err, "Delete them? [y/N] ")
	answer, _ := bufio.NewReader(in).ReadString('\n') // no answer is a no
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return usage("nothing was deleted")
}
