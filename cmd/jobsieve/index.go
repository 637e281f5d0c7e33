package main

import (
	"fmt"

	"jobsieve/config"
	"jobsieve/indexer/embedded"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type indexCmds struct {
	Sync    indexSyncCmd    `cmd:"" help:"Deliver what waits in the ledger."`
	Status  indexStatusCmd  `cmd:"" help:"Count documents: in the ledger, delivered, waiting, refused."`
	Rebuild indexRebuildCmd `cmd:"" help:"Make the index anew from the ledger."`
}

type indexSyncCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Run delivers what waits.
func (cmd *indexSyncCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	return a.withWriter(cmd.waitFlags, func(l *ledger.Ledger) error {
		p := newProgress(a.err)
		counts, err := a.deliver(a.ctx, c, l, func(done int) { p.tell("indexed", done) })
		p.clear()
		if err != nil {
			return err
		}
		return a.tellDeliveries(counts, cmd.JSON)
	})
}

func (a *app) tellDeliveries(d ledger.Deliveries, asJSON bool) error {
	if asJSON {
		if err := a.writeJSON(d); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, "%d documents = %d delivered + %d waiting + %d refused\n", d.Taken, d.Delivered, d.Waiting, d.Refused)
	}
	if d.Waiting+d.Refused > 0 {
		return partly
	}
	return nil
}

type indexStatusCmd struct {
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Run counts documents.
func (cmd *indexStatusCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	counts, err := a.lastDeliveries(a.ctx, c, l)
	if closeErr := l.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(counts)
	}
	_, err = fmt.Fprintf(a.out, "index %s: %d documents = %d delivered + %d waiting + %d refused\n", c.Index, counts.Taken, counts.Delivered, counts.Waiting, counts.Refused)
	return err
}

type indexRebuildCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Run makes the index anew.
func (cmd *indexRebuildCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if c.Index != config.DefaultIndex {
		return usage("rebuilding an Elasticsearch index is not built yet")
	}
	if _, running := web.Dial(a.data()); running {
		return fmt.Errorf("the daemon holds the index in %s: stop it first", a.data())
	}
	return a.withWriter(cmd.waitFlags, func(l *ledger.Ledger) error {
		lock, err := a.lock(cmd.waitFlags, "index", "the index in "+a.data())
		if lock == nil || err != nil {
			return err
		}
		ix, err := embedded.Create(a.data())
		if err != nil {
			return joinErrors(err, lock.Release())
		}
		p := newProgress(a.err)
		counts, err := pipeline.Deliver(a.ctx, l, ix, a.now, func(done int) { p.tell("indexed", done) })
		p.clear()
		if err = joinErrors(err, ix.Close(), lock.Release()); err != nil {
			return err
		}
		return a.tellDeliveries(counts, cmd.JSON)
	})
}
