package main

import (
	"errors"
	"fmt"

	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type indexCmds struct {
	Setup   indexSetupCmd   `cmd:"" help:"Create the index if there is none; for Elasticsearch, the alias too."`
	Status  indexStatusCmd  `cmd:"" help:"Count documents, in the ledger and in the index, and say where they differ."`
	Sync    indexSyncCmd    `cmd:"" help:"Deliver what is waiting in the ledger."`
	Rebuild indexRebuildCmd `cmd:"" help:"Rebuild the index from the ledger."`
	Refused indexRefusedCmd `cmd:"" help:"List the documents that the index refused, and why."`
	Prune   indexPruneCmd   `cmd:"" help:"Delete the indexes that rebuilds have left behind (Elasticsearch)."`
}

type indexSetupCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print one JSON object: the index, and on a server its alias, name and version."`
}

// Run makes the index where there is none.
func (cmd *indexSetupCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	made, err := d.Index.Setup(a.ctx, cmd.wait())
	if err != nil {
		return a.held(cmd.waitFlags, err)
	}
	if cmd.JSON {
		out := setUp{Index: d.Config.Index, Made: made}
		if !d.Index.Embedded() {
			out.Alias = d.Index.Alias()
		}
		return a.writeJSON(out)
	}
	if d.Index.Embedded() {
		_, err = fmt.Fprintf(a.out, "the embedded index in %s is ready\n", a.data())
		return err
	}
	const format = "%s leads to %s at %s, Elasticsearch %s (%s, cluster %s)\n"
	_, err = fmt.Fprintf(a.out, format,
		d.Index.Alias(), made.Name, d.Config.Index, made.Version, made.Node, made.Cluster)
	return err
}

// setUp is what setup prints as JSON.
type setUp struct {
	Index string `json:"index"`
	Alias string `json:"alias,omitempty"`
	chosen.Made
}

type indexSyncCmd struct {
	waitFlags
	JSON bool `name:"json" help:"Print the counts as JSON."`
}

// Help says how it ends.
func (*indexSyncCmd) Help() string {
	return `Then it compares the index with the ledger. Exits with 0 when the index holds all documents, 3 when it refused some ("jobsieve index refused" lists them) or does not hold what it took before ("jobsieve index rebuild" mends that), 1 when it can't be reached and documents are waiting.`
}

// Run delivers what waits.
func (cmd *indexSyncCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error { return a.sync(d, l, cmd.JSON) })
}

// sync delivers what is waiting, compares the index with the ledger, and reports
// the counts.
func (a *app) sync(d *desk.Desk, l *ledger.Ledger, asJSON bool) error {
	p := terminal.NewProgress(a.err)
	counts, err := d.Index.Sync(a.ctx, l, func(done int) { p.Tell("indexed", done) })
	p.Clear()
	s := &chosen.Status{Deliveries: counts}
	if err == nil {
		s, err = d.Index.Status(a.ctx, l)
	}
	if err == nil && s.Error != "" {
		err = errors.New(s.Error)
	}
	if failed := a.tellDeliveries(s, asJSON); err == nil {
		err = failed
	}
	return err
}

// tellDeliveries reports what became of the documents, and where the index does
// not hold what it took.
func (a *app) tellDeliveries(s *chosen.Status, asJSON bool) error {
	if asJSON {
		if err := a.writeJSON(synced{s.Deliveries, s.Held, s.Differs, s.Mend}); err != nil {
			return err
		}
	} else {
		a.show().Deliveries(s)
	}
	if s.Waiting+s.Refused > 0 || s.Differs != "" {
		return partly
	}
	return nil
}

// synced is what a sync prints as JSON.
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
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	if cmd.Retry {
		return a.withStored(d, func(l *ledger.Ledger) error {
			target, err := d.Index.Target(a.ctx, l)
			if err == nil {
				err = l.Retry(a.ctx, target)
			}
			if err != nil {
				return err
			}
			return a.sync(d, l, cmd.JSON)
		})
	}
	refused, err := d.Refused(a.ctx)
	if err != nil {
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
		at := r.At.Format("2006-01-02 15:04")
		fmt.Fprintf(a.out, "%s (%s), %s: %s\n",
			terminal.Safe(r.ID), terminal.Safe(r.Source), at, terminal.Safe(r.Reason))
	}
	if len(refused) == 0 && !cmd.JSON {
		fmt.Fprintln(a.out, "The index refused nothing.")
	}
	return nil
}
