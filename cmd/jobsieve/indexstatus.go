package main

type indexStatusCmd struct {
	JSON bool `name:"json" help:"Print it as JSON."`
}

// Help says how it ends.
func (*indexStatusCmd) Help() string {
	return `Compares what the index holds with the ledger, document by document. Exits with 3 if the index could not be reached, does not hold what was delivered to it, or holds what it should not; "mend" names the command that helps. Waiting documents are counted and are not a fault.`
}

// Run counts documents and compares the index.
func (cmd *indexStatusCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	s, err := d.IndexStatus(a.ctx)
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = a.writeJSON(s)
	} else {
		err = a.show().Status(s.Status)
		a.tellReadOtherwise(s.ReadOtherwise)
	}
	if err == nil && (s.Differs != "" || !s.Reached) {
		return partly
	}
	return err
}
