package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// Counted says which postings a table counts.
type Counted struct {
	Filter *filter.Filter
	// Dates are of when a posting was posted, or first seen where it states no date;
	// those of the filter leave such a posting out.
	Dates filter.Dates
	From  Origin
}

// Table is a table, and what it rests on.
type Table struct {
	*report.Table
	// Dates counts the postings by how their dates are known; nil for a table that does
	// not go by dates.
	Dates *report.DateCounts
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int
}

// Table makes the table of a report. lacking, called first where the index is read, or
// asked for the filter's words, is given what the ledger has and the index lacks.
func (d *Desk) Table(
	ctx context.Context, ask report.Report, which Counted, lacking func(chosen.Lack),
) (*Table, error) {
	tallies := ask.Tallies()
	var dates *report.Tally
	if which.Dates != (filter.Dates{}) || slices.ContainsFunc(tallies, (*report.Tally).Dated) {
		dates = report.NewDates()
		tallies = append(tallies, dates)
	}
	err := d.tally(ctx, tallies, which, lacking)
	t := &Table{Table: ask.Table()}
	if dates != nil {
		counts := report.DatesIn(dates)
		t.Dates = &counts
	}
	other := d.readAny(ctx, func(l *ledger.Ledger) (err error) {
		t.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
	if err == nil {
		err = other
	}
	return t, err
}

// tally counts postings.
func (d *Desk) tally(
	ctx context.Context, tallies []*report.Tally, which Counted, lacking func(chosen.Lack),
) error {
	switch which.From {
	case FromLedger:
		return d.read(ctx, func(l *ledger.Ledger) error {
			p, err := d.passing(ctx, l, which.Filter, lacking)
			if err != nil {
				return err
			}
			p.within(which.Dates)
			return p.documents(ctx, l, func(doc *indexer.Document) {
				date := cmp.Or(doc.Posted, doc.PostedLatest, doc.FirstSeen)
				for _, t := range tallies {
					t.Add(doc, date)
				}
			})
		})
	case FromIndex:
		return d.readAny(ctx, func(l *ledger.Ledger) error {
			q, err := d.query(ctx, l, which.Filter)
			if err != nil {
				return err
			}
			q.Where = append(q.Where, dated(which.Dates)...)
			return d.Index.Count(ctx, l, lacking, func(ix indexer.Index) (err error) {
				for _, t := range tallies {
					err = errors.Join(err, t.CountWith(ctx, ix, q))
				}
				return err
			})
		})
	}
	return errors.New("expected to read from the ledger or the index, got " + string(which.From))
}

// documents calls f for the documents that pass, with what tables and filters use: from
// summaries, or from whole records where the index has found keys, which summaries lack.
func (p *passes) documents(ctx context.Context, l *ledger.Ledger, f func(*indexer.Document)) error {
	var doc indexer.Document
	if p.found == nil {
		return l.Summaries(ctx, func(_ int64, s *job.Summary) error {
			if doc.SetSummary(s); p.document(&doc) {
				f(&doc)
			}
			return nil
		})
	}
	return l.Each(ctx, func(r *ledger.Record) error {
		if doc = chosen.DocumentOf(r); p.document(&doc) {
			f(&doc)
		}
		return nil
	})
}

// dated are the conditions that hold for the dates by which tables go.
func dated(dates filter.Dates) []indexer.Term {
	if dates == (filter.Dates{}) {
		return nil
	}
	return []indexer.Term{{Any: []indexer.Term{
		{Bounds: indexer.Bounds{Since: dates.Since, Until: dates.Until}},
		{All: []indexer.Term{ // no date, not even one that an earlier version delivered
			{Known: "posted_month", Not: true}, {Known: "posted_how", Not: true},
			{Bounds: indexer.Bounds{SeenSince: dates.Since, SeenUntil: dates.Until}},
		}},
	}}}
}
