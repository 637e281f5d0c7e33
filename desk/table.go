package desk

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"jobsieve/filter"
	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/sentence"
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
	// AsOf is the day, YYYY-MM-DD, at whose end postings count as they were; empty for now.
	AsOf string
	// PerVacancy counts each vacancy once, by its representative, where that passes the
	// filter.
	PerVacancy bool
}

// ErrNotPerVacancy says that vacancies can't be counted once in what was asked: which
// posting represents one is known for now alone.
var ErrNotPerVacancy = errors.New("which posting stands for a vacancy is known for today alone")

// perVacancy leaves out what other postings represent, where that is wanted.
func (c Counted) perVacancy() (Counted, error) {
	if !c.PerVacancy {
		return c, nil
	}
	if c.AsOf != "" {
		return c, ErrNotPerVacancy
	}
	f := *c.Filter
	f.Not = maps.Clone(f.Not)
	if f.Not == nil {
		f.Not = map[string][]string{}
	}
	const role = "vacancy_role"
	f.Not[role] = append(slices.Clone(f.Not[role]), string(job.RoleOther))
	c.Filter = &f
	return c, nil
}

// Table is a table, and what it rests on.
type Table struct {
	*report.Table
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's, Older those that an earlier version read, where these were
	// looked at.
	ReadOtherwise, Older int
}

// Table makes the table of a report. lacking, called where the index is read, or asked for
// the filter's words, is given what the ledger has and the index lacks.
func (d *Desk) Table(
	ctx context.Context, ask report.Report, which Counted, lacking func(chosen.Lack),
) (*Table, error) {
	which, err := which.perVacancy()
	if err != nil {
		return nil, err
	}
	tallies := ask.Tallies()
	var dates *report.Tally
	months := slices.ContainsFunc(tallies, (*report.Tally).Dated)
	if months || which.Dates != (filter.Dates{}) {
		dates = report.NewDates()
		tallies = append(tallies, dates)
	}
	t := &Table{}
	err = d.tally(ctx, tallies, which, lacking, &t.Older)
	t.Table = ask.Table()
	if which.PerVacancy && t.Postings > 0 {
		t.Notes = append(t.Notes, sentence.Of("per_vacancy",
			"each vacancy counts once, by its newest stated offer, or by its newest posting "+
				"where none states any; one whose posting does not pass the filters is not counted"))
	}
	if dates != nil && t.Postings > 0 {
		counts := report.DatesIn(dates)
		t.Notes = append([]sentence.Sentence{counts.Text(months)}, t.Notes...)
		if err == nil && which.Dates != (filter.Dates{}) {
			err = d.noteBounded(ctx, t, which, counts.Bounded)
		}
	}
	if which.AsOf != "" {
		t.Notes = append([]sentence.Sentence{SaidOf(which.AsOf)}, t.Notes...)
		return t, err
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

// noteBounded says how many postings the dates leave out though they may be of them: what
// is known is only a last day. within is how many of these they let pass.
func (d *Desk) noteBounded(ctx context.Context, t *Table, which Counted, within int) error {
	dates := report.NewDates()
	which.Dates = filter.Dates{}
	if err := d.tally(ctx, []*report.Tally{dates}, which, func(chosen.Lack) {}, new(int)); err != nil {
		return err
	}
	if left := report.DatesIn(dates).Bounded - within; left > 0 {
		t.Notes = append(t.Notes, report.LeftOut(left))
	}
	return nil
}

// tally counts postings. older is set to how many of the ledger's an earlier version read.
func (d *Desk) tally(
	ctx context.Context, tallies []*report.Tally, which Counted, lacking func(chosen.Lack), older *int,
) error {
	switch which.From {
	case FromLedger:
		return d.read(ctx, func(l *ledger.Ledger) error {
			if which.AsOf != "" {
				return d.countAsOf(ctx, l, which, tallies)
			}
			p, err := d.passing(ctx, l, which.Filter, lacking)
			if err != nil {
				return err
			}
			p.within(which.Dates)
			err = p.count(ctx, l, tallies)
			*older = l.Older()
			return err
		})
	case FromIndex:
		return d.readAny(ctx, func(l *ledger.Ledger) error {
			q, err := d.query(ctx, l, which.Filter)
			if err != nil {
				return err
			}
			q.Where = append(q.Where, dated(which.Dates)...)
			return d.Index.Count(ctx, l, lacking, func(ctx context.Context, ix indexer.Index) error {
				group, ctx := errgroup.WithContext(ctx)
				group.SetLimit(lanes)
				for _, t := range tallies {
					group.Go(func() error { return t.CountWith(ctx, ix, q) })
				}
				return group.Wait()
			})
		})
	}
	return errors.New("expected to read from the ledger or the index, got " + string(which.From))
}

// numbered is p for documents of summaries. These lack the keys that the index finds:
// where it was asked, numbers take their place, else found is nil.
func (p *passes) numbered(ctx context.Context, l *ledger.Ledger) (of passes, found map[int64]bool, err error) {
	of = *p
	of.found = nil
	if p.found != nil {
		found, err = l.Numbers(ctx, p.found)
	}
	return of, found, err
}

// count counts the postings that pass, by their summaries.
func (p *passes) count(ctx context.Context, l *ledger.Ledger, tallies []*report.Tally) error {
	of, found, err := p.numbered(ctx, l)
	if err != nil {
		return err
	}
	add := func(n int64, doc *indexer.Document, to []*report.Tally) {
		if found != nil && !found[n] || !of.document(doc) {
			return
		}
		date := cmp.Or(doc.Posted, doc.PostedLatest, doc.FirstSeen)
		for _, t := range to {
			t.Add(doc, date)
		}
	}
	beside := make([][]*report.Tally, lanes)
	counts := make([]func(int64, *job.Summary) error, lanes)
	for i := range counts {
		beside[i] = tallies
		if i > 0 {
			beside[i] = likeThem(tallies)
		}
		var doc indexer.Document
		counts[i] = func(n int64, s *job.Summary) error {
			doc.SetSummary(s)
			add(n, &doc, beside[i])
			return nil
		}
	}
	if err := l.Summaries(ctx, counts...); err != nil {
		return err
	}
	for _, other := range beside[1:] {
		for i, t := range tallies {
			t.Merge(other[i])
		}
	}
	return nil
}

// lanes is in how many goroutines postings are counted; each has tallies of its own.
const lanes = 2

// likeThem begins tallies of the same groups.
func likeThem(tallies []*report.Tally) []*report.Tally {
	out := make([]*report.Tally, len(tallies))
	for i, t := range tallies {
		out[i] = report.NewTally(t.By...)
		out[i].NoVacancies = t.NoVacancies
	}
	return out
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
