package main

import (
	"errors"
	"fmt"

	"jobsieve/config"
	"jobsieve/indexer/elastic"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type indexCmds struct {
	Setup   indexSetupCmd   `cmd:"" help:"Make the index where there is none; for Elasticsearch the alias too."`
	Status  indexStatusCmd  `cmd:"" help:"Count documents, in the ledger and in the index, and say where they differ."`
	Sync    indexSyncCmd    `cmd:"" help:"Deliver what waits in the ledger."`
	Rebuild indexRebuildCmd `cmd:"" help:"Make the index anew from the ledger."`
	Refused indexRefusedCmd `cmd:"" help:"List the documents that the index refused, and why."`
	Prune   indexPruneCmd   `cmd:"" help:"Delete the indexes that a rebuild has left (Elasticsearch)."`
}

type indexSetupCmd struct{ waitFlags }

// Run makes the index where there is none.
func (cmd *indexSetupCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if c.Index == config.DefaultIndex {
		_, done, err := a.openIndex(a.ctx, c, cmd.waitFlags)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "the embedded index in %s is there\n", a.data())
		return done()
	}
	opts, err := a.elasticOptions(c)
	if err != nil {
		return err
	}
	ix, err := elastic.Connect(a.ctx, opts)
	if err != nil {
		return err
	}
	if err := ix.Setup(a.ctx); err != nil { // it also takes away what an earlier version has left
		return fmt.Errorf("elasticsearch at %s: index %s: %w", c.Index, alias(c), err)
	}
	a.tellAdded(ix)
	_, err = fmt.Fprintf(a.out, "%s leads to %s at %s, Elasticsearch %s (%s, cluster %s)\n", alias(c), ix.Name, c.Index, ix.Server.Version, ix.Server.Name, ix.Server.Cluster)
	return err
}

func alias(c *config.Config) string {
	if c.Elasticsearch.Alias != "" {
		return c.Elasticsearch.Alias
	}
	return elastic.DefaultAlias
}

type indexSyncCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Help says how it ends.
func (*indexSyncCmd) Help() string {
	return `Then it compares the index with the ledger. Ends with 0 when the index holds all documents, 3 when it refused some ("jobsieve index refused" lists them) or does not hold what it took before ("jobsieve index rebuild" mends that), 1 when it can't be reached and documents wait.`
}

// Run delivers what waits.
func (cmd *indexSyncCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	return a.withStored(func(l *ledger.Ledger) error { return a.sync(c, l, cmd.JSON) })
}

// sync delivers what waits, compares the index with the ledger, and tells the
// counts.
func (a *app) sync(c *config.Config, l *ledger.Ledger, asJSON bool) error {
	p := newProgress(a.err)
	counts, err := a.deliver(a.ctx, c, l, func(done int) { p.tell("indexed", done) })
	p.clear()
	s := &indexStatus{Deliveries: counts}
	if err == nil {
		s, err = a.status(c, l)
	}
	if err == nil && s.Error != "" {
		err = errors.New(s.Error)
	}
	if told := a.tellDeliveries(s, asJSON); err == nil {
		err = told
	}
	return err
}

// tellDeliveries tells what became of the documents, and where the index does
// not hold what it took.
func (a *app) tellDeliveries(s *indexStatus, asJSON bool) error {
	if asJSON {
		if err := a.writeJSON(synced{s.Deliveries, s.Held, s.Differs, s.Mend}); err != nil {
			return err
		}
	} else {
		const format = "%d documents = %d delivered + %d waiting + %d refused\n"
		fmt.Fprintf(a.out, format, s.Taken, s.Delivered, s.Waiting, s.Refused)
		if s.Differs != "" {
			const format = "The index is not the ledger's: it holds %d documents; %s. To mend it: %s\n"
			fmt.Fprintf(a.out, format, *s.Held, terminal.Safe(s.Differs), s.Mend)
		}
	}
	if s.Waiting+s.Refused > 0 || s.Differs != "" {
		return partly
	}
	return nil
}

// synced is what a sync tells as JSON.
type synced struct {
	ledger.Deliveries
	Held    *int   `json:"held"`
	Differs string `json:"differs,omitempty"`
	Mend    string `json:"mend,omitempty"`
}

type indexRefusedCmd struct {
	waitFlags
	Retry bool `help:"Deliver them once more."`
	JSON  bool `name:"json" help:"Print them as JSON lines."`
}

// Run lists what the index refused.
func (cmd *indexRefusedCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if cmd.Retry {
		return a.withStored(func(l *ledger.Ledger) error {
			target, err := a.target(c, l)
			if err == nil {
				err = l.Retry(a.ctx, target)
			}
			if err != nil {
				return err
			}
			return a.sync(c, l, cmd.JSON)
		})
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	target, err := a.target(c, l)
	var refused []ledger.Refusal
	if err == nil {
		refused, err = l.Refused(a.ctx, target)
	}
	if err = errors.Join(err, l.Close()); err != nil {
		return err
	}
	return cmd.tell(a, refused)
}

func (cmd *indexRefusedCmd) tell(a *app, refused []ledger.Refusal) error {
	for _, r := range refused {
		if cmd.JSON {
			if err := a.writeJSON(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.out, "%s (%s), %s: %s\n", terminal.Safe(r.ID), terminal.Safe(r.Source), r.At.Format("2006-01-02 15:04"), terminal.Safe(r.Reason))
	}
	if len(refused) == 0 && !cmd.JSON {
		fmt.Fprintln(a.out, "The index refused nothing.")
	}
	return nil
}

// target is the configured index as it was last delivered to.
func (a *app) target(c *config.Config, l *ledger.Ledger) (ledger.Target, error) {
	return l.LastTarget(a.ctx, targetPrefix(c))
}
