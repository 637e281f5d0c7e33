package main

import (
	"jobsieve/internal/terminal"
)

type pruneCmd struct {
	Yes  bool `help:"Take it away; without this it is only counted."`
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help says what goes and what stays.
func (*pruneCmd) Help() string {
	return `Takes out of the ledger what is older than the configuration keeps it. Without --yes it only counts what would go. What the configuration does not name is kept for good:

  prune:
    readings: 8760h   # readings that later ones replaced
    versions: 8760h   # texts of versions other than a posting's first and newest
    runs: 8760h       # runs and their receipts, but the newest 20 of each source

Postings, labels by hand and readings that hold are never pruned. Others may write meanwhile, but at the
end, when the file is rewritten to give the room back: then they wait. A kill costs nothing: run it again.`
}

// Run prunes the ledger, or counts what would go.
func (cmd *pruneCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	p := terminal.NewProgress(a.err)
	pruned, err := d.Prune(a.ctx, a.now(), cmd.Yes, func(rows int) { p.Tell("pruned", rows) })
	p.Clear()
	if err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(pruned)
	}
	a.show().Pruned(&pruned)
	return nil
}
