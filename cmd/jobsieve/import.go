package main

import (
	"errors"
	"fmt"
	"os"

	"jobsieve/ledger"
)

type importCmd struct {
	waitFlags
	File   string `arg:"" help:"JSON lines (.jsonl) or CSV (.csv) with a line of column names; - for JSON lines on standard input."`
	Source string `default:"import" help:"The source of rows that name none."`
	JSON   bool   `name:"json" help:"Print the summary as one line of JSON."`

	KeepContacts bool `help:"Leave e-mail addresses and telephone numbers in the texts; else each of their bytes is stored as x."`
}

// Help teaches what a row is.
func (*importCmd) Help() string {
	return `A row has title and, as far as it is known, id, source, company, location, experience, salary, skills, description, url, posted, openings, crawled_at. A row's id is kept as it is. Rows that say what they said before change nothing; a changed row becomes a new version.

  jobsieve import postings.jsonl
  zcat board.jsonl.gz | jobsieve import -`
}

// Run imports a file.
func (cmd *importCmd) Run(a *app) (err error) {
	in := a.in
	if cmd.File != "-" {
		f, err := os.Open(cmd.File)
		if err != nil {
			return usage("%w", err)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		in = f
	}
	c, err := a.loadConfig(false)
	if err != nil {
		return err
	}
	return a.withWriter(cmd.waitFlags, func(l *ledger.Ledger) error {
		p := newProgress(a.err)
		line, err := a.line(c, l, p, cmd.waitFlags)
		if err != nil {
			return err
		}
		line.KeepContacts = cmd.KeepContacts
		sum, err := line.Import(a.ctx, "import", cmd.File, cmd.Source, in)
		p.clear()
		if err != nil {
			return fmt.Errorf("import %s: %w", cmd.File, err)
		}
		return a.finish(sum, cmd.JSON, cmd.waitFlags)
	})
}
