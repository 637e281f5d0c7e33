package main

import (
	"errors"
	"fmt"
	"time"

	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

type importCmd struct {
	waitFlags
	rowFlags
	File   string `arg:"" help:"JSON lines, a JSON list, or CSV with a line of column names, plain or as .gz; - for standard input."`
	Source string `default:"import" help:"The source of rows that name none."`
	JSON   bool   `name:"json" help:"Print the summary as one line of JSON."`

	Crawled string `placeholder:"DATE" help:"When the rows were crawled that have no crawled_at, such as 2026-01-31: dates such as \"3 days ago\" count from it (default: now, and it is said how many do)."`

	Complete bool `help:"The file has every open posting of the sources that it names: one that it lacks is closed, once two such files were imported before, and unless it has less than 70 % of what they had."`

	KeepContacts bool `help:"Leave e-mail addresses and telephone numbers in the texts; otherwise each of their bytes is stored as x."`
}

// Help teaches what a row is.
func (*importCmd) Help() string {
	return `A row has a title and, where known, id, source, company, location, experience, salary, skills, description, url, posted, openings, crawled_at; pay may be in salary_min, salary_max, salary_currency and salary_period. The names that other programs give them are known too, and columns that are not used are reported. A row's id is kept as it is. A row that says what it said before changes nothing; a changed row becomes a new version.

  jobsieve import postings.jsonl
  jobsieve import jobs.csv --column posted=listed --column company=firm
  zcat board.jsonl.gz | jobsieve import -
  jobsieve import january.csv --crawled 2026-01-31`
}

// Run imports a file.
func (cmd *importCmd) Run(a *app) (err error) {
	opts, err := cmd.options(cmd.File)
	if err != nil {
		return err
	}
	crawled, err := cmd.crawled(a.now())
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
	return a.withWriter(d, func(l *ledger.Ledger) error {
		p := terminal.NewProgress(a.err)
		line, err := a.line(d, l, p, cmd.waitFlags)
		if err != nil {
			return err
		}
		line.KeepContacts, line.Rows, line.Crawled, line.Complete = cmd.KeepContacts, opts, crawled, cmd.Complete
		sum, err := line.Import(a.ctx, "import", cmd.File, cmd.Source, in)
		p.Clear()
		if err != nil {
			return fmt.Errorf("import %s: %w", cmd.File, err)
		}
		a.tellFromToday(sum.FromToday)
		return a.finish(sum, cmd.JSON, cmd.waitFlags)
	})
}

// crawled is when rows were crawled that do not say it, the zero time where nobody
// says it either. A day alone is its noon, so that "2 hours ago" is that day.
func (cmd *importCmd) crawled(now time.Time) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, cmd.Crawled, job.IST)
	if err == nil {
		at = at.Add(12 * time.Hour)
	} else if at, err = job.ParseTime(cmd.Crawled); err != nil {
		return at, usage("--crawled: expected a date such as 2026-01-31, got %q", cmd.Crawled)
	}
	if at.Format(time.DateOnly) > now.In(job.IST).Format(time.DateOnly) {
		return at, usage("--crawled: expected a day that has come, got %s", cmd.Crawled)
	}
	return at, nil
}

// tellFromToday says how many dates were counted from today, since nothing says when
// the rows were crawled.
func (a *app) tellFromToday(n int) {
	if n == 0 {
		return
	}
	const format = "jobsieve: %s %s a relative date and no crawl time; counted from today, %s. " +
		"A date is counted once: if they were crawled earlier, forget them and import them with --crawled DATE"
	a.note(format, job.Count(n, "row"), job.Plural(n, "has", "have"),
		a.now().In(job.IST).Format(time.DateOnly))
}
