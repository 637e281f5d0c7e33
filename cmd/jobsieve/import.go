package main

import (
	"errors"
	"fmt"

	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type importCmd struct {
	waitFlags
	rowFlags
	File   string `arg:"" help:"JSON lines, a JSON list, or CSV with a line of column names, plain or as .gz; - for standard input."`
	Source string `default:"import" help:"The source of rows that name none."`
	JSON   bool   `name:"json" help:"Print the summary as one line of JSON."`

	KeepContacts bool `help:"Leave e-mail addresses and telephone numbers in the texts; otherwise each of their bytes is stored as x."`
}

// Help teaches what a row is.
func (*importCmd) Help() string {
	return `A row has a title and, where known, id, source, company, location, experience, salary, skills, description, url, posted, openings, crawled_at; pay may be in salary_min, salary_max, salary_currency and salary_period. The names that other programs give them are known too, and columns that are not used are reported. A row's id is kept as it is. A row that says what it said before changes nothing; a changed row becomes a new version.

  jobsieve import postings.jsonl
  jobsieve import jobs.csv --column posted=listed --column company=firm
  zcat board.jsonl.gz | jobsieve import -`
}

// Run imports a file.
func (cmd *importCmd) Run(a *app) (err error) {
	opts, err := cmd.options(cmd.File)
	if err != nil {
		return err
	}
	in, closeIn, err := a.open(cmd.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeIn()) }()
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withWriter(func(l *ledger.Ledger) error {
		p := terminal.NewProgress(a.err)
		line, err := a.line(d, l, p, cmd.waitFlags)
		if err != nil {
			return err
		}
		line.KeepContacts, line.Rows = cmd.KeepContacts, opts
		sum, err := line.Import(a.ctx, "import", cmd.File, cmd.Source, in)
		p.Clear()
		if err != nil {
			return fmt.Errorf("import %s: %w", cmd.File, err)
		}
		return a.finish(sum, cmd.JSON, cmd.waitFlags)
	})
}
