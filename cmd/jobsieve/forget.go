package main

import (
	"errors"
	"fmt"
	"strings"

	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type forgetCmd struct {
	waitFlags
	IDs []string `arg:"" name:"id" help:"The postings' ids; source/id of one that several sources have."`
}

// Help says what is left.
func (*forgetCmd) Help() string {
	return `Removes the text of postings from the ledger, in all their versions, and their documents from the index. A posting that is still on its board comes back with the next crawl, unless its source leaves it out (keep). The ledger's file is rewritten, so that the text is gone from the disk; the embedded index drops a document's words when it next merges its files, and "index rebuild" does so at once.`
}

// Run forgets postings.
func (cmd *forgetCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(func(l *ledger.Ledger) error {
		n, unknown, err := l.Forget(a.ctx, cmd.IDs)
		if err != nil {
			return err
		}
		if len(unknown) > 0 {
			ids := terminal.Safe(strings.Join(unknown, ", "))
			err = fmt.Errorf("no posting has the id %s; \"%s\" shows ids", ids, a.command("search", "WORDS"))
		}
		if n == 0 {
			return err
		}
		fmt.Fprintf(a.out, "forgot %s\n", job.Count(n, "posting"))
		return errors.Join(err, a.sync(d, l, false))
	})
}
