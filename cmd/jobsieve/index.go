package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jobsieve/config"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type indexCmds struct {
	Setup   indexSetupCmd   `cmd:"" help:"Make the index where there is none; for Elasticsearch the template and the alias too."`
	Status  indexStatusCmd  `cmd:"" help:"Count documents: in the ledger, delivered, waiting, refused; and compare the mapping."`
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
	ix, err := a.openElastic(a.ctx, c)
	if err != nil {
		return err
	}
	if err := ix.Setup(a.ctx); err != nil { // the template may be an older one's
		return err
	}
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
	return `Ends with 0 when the index has all documents, 3 when it refused some ("jobsieve index refused" lists them), 1 when it can't be reached or some still wait.`
}

// Run delivers what waits.
func (cmd *indexSyncCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	return a.withStored(cmd.waitFlags, func(l *ledger.Ledger) error { return a.sync(c, l, cmd.JSON) })
}

// sync delivers what waits and tells the counts.
func (a *app) sync(c *config.Config, l *ledger.Ledger, asJSON bool) error {
	p := newProgress(a.err)
	counts, err := a.deliver(a.ctx, c, l, func(done int) { p.tell("indexed", done) })
	p.clear()
	if told := a.tellDeliveries(counts, asJSON); err == nil {
		err = told
	}
	return err
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
	JSON bool `name:"json" help:"Print it as JSON."`
}

// indexStatus is what is known of the index.
type indexStatus struct {
	Index string `json:"index"`
	ledger.Deliveries
	// Reached says that the index answered; Error why not.
	Reached bool   `json:"reached"`
	Error   string `json:"error,omitempty"`
	Server  string `json:"server,omitempty"`
	Name    string `json:"name,omitempty"`
	// Held is how many documents the index holds.
	Held  *int     `json:"held"`
	Drift []string `json:"drift"`
}

// Run counts documents and compares the mapping.
func (cmd *indexStatusCmd) Run(a *app) (err error) {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	s := indexStatus{Index: c.Index, Drift: []string{}}
	if s.Deliveries, err = a.lastDeliveries(a.ctx, c, l); err != nil {
		return err
	}
	if c.Index == config.DefaultIndex {
		s.Reached = true
	} else if err := a.elasticStatus(c, l, &s); err != nil {
		s.Error = err.Error()
	}
	if cmd.JSON {
		return a.writeJSON(s)
	}
	return a.tellStatus(&s)
}

// elasticStatus asks the server.
func (a *app) elasticStatus(c *config.Config, l *ledger.Ledger, s *indexStatus) error {
	opts, err := a.elasticOptions(c)
	if err != nil {
		return err
	}
	ix, err := elastic.Open(a.ctx, opts, false)
	if err != nil {
		return err
	}
	s.Reached, s.Name, s.Server = true, ix.Name, fmt.Sprintf("%s, Elasticsearch %s", ix.Server.Name, ix.Server.Version)
	if s.Deliveries, err = l.Deliveries(a.ctx, ledger.Target(ix.Target())); err != nil {
		return err
	}
	held, err := ix.Count(a.ctx)
	if err != nil {
		return err
	}
	s.Held = &held
	s.Drift, err = ix.Drift(a.ctx)
	return err
}

func (a *app) tellStatus(s *indexStatus) error {
	fmt.Fprintf(a.out, "index %s: %d documents = %d delivered + %d waiting + %d refused\n", s.Index, s.Taken, s.Delivered, s.Waiting, s.Refused)
	if s.Error != "" {
		fmt.Fprintf(a.out, "not reached: %s\n", terminal.Safe(s.Error))
	}
	if s.Name != "" {
		fmt.Fprintf(a.out, "server %s; index %s holds %d documents\n", s.Server, s.Name, *s.Held)
	}
	for _, d := range s.Drift {
		fmt.Fprintf(a.out, "mapping: %s\n", d)
	}
	if len(s.Drift) > 0 {
		fmt.Fprintf(a.out, "The mapping is not this program's; %s\n", a.command("index", "rebuild"))
	}
	return nil
}

type indexRebuildCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Help says how it is done.
func (*indexRebuildCmd) Help() string {
	return `For Elasticsearch a new index is made beside the old one, filled from the ledger, counted and compared, and the alias moved in one step; searches see no gap, and what is written meanwhile is delivered after. The old index stays until "jobsieve index prune".`
}

// Run makes the index anew.
func (cmd *indexRebuildCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	if c.Index != config.DefaultIndex {
		return a.rebuildElastic(c, cmd.JSON)
	}
	if _, running := web.Dial(a.data()); running {
		return fmt.Errorf("the daemon holds the index in %s: stop it first", a.data())
	}
	return a.withStored(cmd.waitFlags, func(l *ledger.Ledger) error {
		lock, err := a.lock(cmd.waitFlags, "index", "the index in "+a.data())
		if lock == nil || err != nil {
			return err
		}
		ix, err := embedded.Create(a.data())
		if err != nil {
			return errors.Join(err, lock.Release())
		}
		p := newProgress(a.err)
		counts, err := pipeline.Deliver(a.ctx, l, ix, a.now, func(done int) { p.tell("indexed", done) })
		p.clear()
		if err = errors.Join(err, ix.Close(), lock.Release()); err != nil {
			return err
		}
		return a.tellDeliveries(counts, cmd.JSON)
	})
}

// rebuildElastic makes a new index beside the old one and moves the alias. It
// writes nothing but acknowledgements to the ledger, and needs no lock: what
// others store meanwhile waits for the new index and is delivered at the end.
func (a *app) rebuildElastic(c *config.Config, asJSON bool) (err error) {
	opts, err := a.elasticOptions(c)
	if err != nil {
		return err
	}
	old, err := elastic.Connect(a.ctx, opts)
	if err != nil {
		return err
	}
	l, err := a.openLedger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	p := newProgress(a.err)
	next, counts, err := pipeline.Rebuild(a.ctx, l, pipeline.RebuildSteps{
		Begin: func(ctx context.Context) (pipeline.Rebuilt, error) {
			if err := old.PutTemplate(ctx); err != nil {
				return nil, err
			}
			return old.Create(ctx)
		},
		Now: a.now, Progress: func(done int) { p.tell("indexed", done) },
	})
	p.clear()
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(a.out, "%s leads to the new index %s; \"%s\" deletes the old ones\n", alias(c), next.(*elastic.Index).Name, a.command("index", "prune"))
		if counts.Waiting > 0 {
			fmt.Fprintf(a.out, "What waits was stored meanwhile; the run that stored it delivers it, or: %s\n", a.command("index", "sync"))
		}
	}
	err = a.tellDeliveries(counts, asJSON)
	if errors.Is(err, partly) && counts.Refused == 0 {
		return nil
	}
	return err
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
		return a.withStored(cmd.waitFlags, func(l *ledger.Ledger) error {
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
	prefix := embedded.TargetPrefix
	if c.Index != config.DefaultIndex {
		prefix = elastic.TargetPrefix(c.Index, c.Elasticsearch.Alias)
	}
	return l.LastTarget(a.ctx, prefix)
}

type indexPruneCmd struct{ waitFlags }

// Run deletes the indexes that a rebuild has left.
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
	pruned, err := ix.Prune(a.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "deleted %d indexes: %s\n", len(pruned), strings.Join(pruned, ", "))
	return a.withStored(cmd.waitFlags, func(l *ledger.Ledger) error {
		return l.ForgetDeliveries(a.ctx, elastic.TargetPrefix(c.Index, c.Elasticsearch.Alias), ledger.Target(ix.Target()))
	})
}
