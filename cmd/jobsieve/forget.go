package main

import (
	"fmt"

	"jobsieve/ledger"
)

type forgetCmd struct {
	waitFlags
	IDs []string `arg:"" name:"id" help:"The postings' ids."`
}

// Help says what is left.
func (*forgetCmd) Help() string {
	return `Takes the text of postings out of the ledger, in all their versions, and their documents out of the index. A posting that is still on its board comes back with the next crawl, unless its source leaves it out (keep).`
}

// Run forgets postings.
func (cmd *forgetCmd) Run(a *app) error {
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	return a.withWriter(cmd.waitFlags, func(l *ledger.Ledger) error {
		n, err := l.Forget(a.ctx, cmd.IDs)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("no posting has such an id")
		}
		fmt.Fprintf(a.out, "forgot %d postings\n", n)
		return a.sync(c, l, false)
	})
}
