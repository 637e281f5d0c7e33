package desk

import (
	"context"
	"errors"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// ErrLedgerOnly says that only a ledger knows what is asked.
var ErrLedgerOnly = errors.New("only the ledger knows what postings were before")

// Lives makes a table of the lives of postings. Its error is ErrLedgerOnly where it is
// asked of an index, which has their last state alone. lacking is that of Table.
func (d *Desk) Lives(
	ctx context.Context, ask report.Lived, which Counted, lacking func(chosen.Lack),
) (*Table, error) {
	if which.From != FromLedger {
		return nil, ErrLedgerOnly
	}
	t := &Table{}
	err := d.read(ctx, func(l *ledger.Ledger) error {
		p, err := d.passing(ctx, l, which.Filter, lacking)
		if err != nil {
			return err
		}
		p.within(which.Dates)
		if err := p.live(ctx, l, ask); err != nil {
			return err
		}
		t.Older = l.Older()
		t.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
	t.Table = ask.Table()
	return t, err
}

// live counts the lives of the postings that pass.
func (p *passes) live(ctx context.Context, l *ledger.Ledger, ask report.Lived) error {
	of, found, err := p.numbered(ctx, l)
	if err != nil {
		return err
	}
	var doc indexer.Document
	return l.Lives(ctx, func(n int64, s *job.Summary, last time.Time, turns []ledger.Turn) error {
		doc.SetSummary(s)
		if found != nil && !found[n] || !of.document(&doc) {
			return nil
		}
		life := report.Life{FirstSeen: s.FirstSeen, LastSeen: dayOf(last), Closed: s.Closed, State: s.State}
		for _, turn := range turns {
			life.Turns = append(life.Turns, report.Turn{Day: dayOf(turn.At), State: turn.State})
		}
		ask.Live(&doc, &life)
		return nil
	})
}

// dayOf is the day of a moment in India.
func dayOf(at time.Time) string { return at.In(job.IST).Format(time.DateOnly) }
