package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"jobsieve/crawler"
	"jobsieve/crawler/rows"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Import reads the rows of a file into the ledger and delivers them. source
// names rows that name none. A row that can't be read is reported with its line,
// and the rest goes on.
func (l *Line) Import(ctx context.Context, command, name, source string, in io.Reader) (sum *Summary, err error) {
	id, err := l.Ledger.BeginRun(ctx, command, l.Now())
	if err != nil {
		return nil, err
	}
	s := l.store(name)
	s.keepContacts = l.KeepContacts
	s.claims = l.claims()
	defer func() { err = errors.Join(err, s.claims.release()) }()
	receipt := job.Receipt{Source: "import", Started: l.Now(), Pages: 1}
	opts := l.Rows
	opts.Name = name
	account := rows.Account{
		State: func(p *job.Posting) {
			p.Source = cmp.Or(p.Source, source)
			if p.CrawledAt.IsZero() {
				p.CrawledAt = l.Crawled
			}
		},
		LeftOut: func(line int, why job.Rejection, err error) {
			l.leftOut(&receipt, name, line, err)
			s.Reject(why, name)
		},
		Posting:  func(p *job.Posting) error { return s.Posting(ctx, p, crawler.Sight{}) },
		Repeated: s.Repeated,
	}
	report, err := account.Each(ctx, in, opts)
	for _, note := range report.Notes {
		receipt.Problems = append(receipt.Problems, name+": "+note)
	}
	err = errors.Join(err, s.flush(ctx))
	switch {
	case stopped(ctx, err):
		receipt.Why, err = "stopped: asked to stop", nil
	case report.Cut != nil:
		receipt.Why = report.Cut.Error()
	case s.counts.Rejected > 0:
		receipt.Why = fmt.Sprintf("rows left out: %d", s.counts.Rejected)
	case report.Differ != "":
		receipt.Why = report.Differ
	}
	receipt.Finished, receipt.Complete, receipt.Counts = l.Now(), err == nil && receipt.Why == "", s.counts
	receipt.Cut = s.long
	if receipt.Complete {
		receipt.End = job.EndWhole
	}
	if err == nil && !receipt.AddUp() {
		err = fmt.Errorf("the counts of the import do not add up: %+v", receipt.Counts)
	}
	if err == nil {
		receipt.Turned, err = s.claims.settle(ctx, &receipt)
	}
	return l.end(ctx, id, &Summary{
		began: receipt.Started, Sources: []job.Receipt{receipt}, FromToday: s.fromToday,
	}, err)
}

// leftOut reports a row that was left out: the first few to everyone, the others
// to those who want to know.
func (l *Line) leftOut(receipt *job.Receipt, name string, line int, err error) {
	if len(receipt.Problems) >= rows.MaxTold {
		l.Log.Debug("row left out", "file", name, "line", line, "reason", err)
		return
	}
	l.Log.Error("row left out", "file", name, "line", line, "reason", err)
	receipt.Problems = append(receipt.Problems, fmt.Sprintf("%s:%d: %v", name, line, err))
}

// claims are the crawls that an import of a complete file stands for: one of each source
// that it names.
type claims struct {
	line *Line
	by   map[string]*ledger.Crawl
}

// claims begins to claim crawls; nil unless the import is complete.
func (l *Line) claims() *claims {
	if !l.Complete {
		return nil
	}
	return &claims{l, map[string]*ledger.Crawl{}}
}

// of claims the crawl of a source.
func (c *claims) of(ctx context.Context, source string) (*ledger.Crawl, error) {
	if crawl, ok := c.by[source]; ok {
		return crawl, nil
	}
	crawl, err := c.line.Ledger.BeginCrawl(ctx, source, c.line.Now(), c.line.Wait)
	if err == nil {
		c.by[source] = crawl
	}
	return crawl, err
}

// wayOfFiles is how complete files are read: they are compared with one another.
const wayOfFiles = "complete file"

// settle closes what the file lacks of the sources that it names, if all of its rows were
// read, and says how many postings got which state.
func (c *claims) settle(ctx context.Context, r *job.Receipt) (map[job.State]int, error) {
	if c == nil || ctx.Err() != nil {
		return nil, nil
	}
	ctx, stop := gracefully(ctx)
	defer stop()
	all := map[job.State]int{}
	for _, crawl := range c.by {
		turned, err := crawl.Settle(ctx, &ledger.Ending{
			At: r.Finished, Way: wayOfFiles, Listed: r.Complete, Misses: 1,
		})
		for state, n := range turned {
			all[state] += n
		}
		if err := errors.Join(err, crawl.End(ctx)); err != nil {
			return all, err
		}
	}
	return all, nil
}

func (c *claims) release() error {
	if c == nil {
		return nil
	}
	var errs []error
	for _, crawl := range c.by {
		errs = append(errs, crawl.Release())
	}
	return errors.Join(errs...)
}
