package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/sentence"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/report"
)

// ErrLedgerOnly says that only a ledger knows what is asked.
var ErrLedgerOnly = errors.New("only the ledger knows what postings were before")

// Lives makes a table of the lives of postings, or of vacancies: of those whose
// representative passes the filter, as one posting of what it says. Its error is ErrLedgerOnly where it is
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
		live := p.live
		if which.PerVacancy {
			live = p.liveTogether
		}
		if err := live(ctx, l, ask); err != nil {
			return err
		}
		t.Older = l.Older()
		t.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
	t.Table = ask.Table()
	if which.PerVacancy && t.Postings > 0 {
		t.Notes = append(t.Notes, sentence.Of("per_vacancy_lives",
			"each vacancy counts as one posting, open while any of its postings is, in the "+
				"groups of its representative; one whose representative does not pass the filters is not counted"))
	}
	return t, err
}

// live counts the lives of the postings that pass.
func (p *passes) live(ctx context.Context, l *ledger.Ledger, ask report.Lived) error {
	return p.lives(ctx, l, func(doc *indexer.Document, _ *job.Summary, passes bool, life func() report.Life) {
		if passes {
			life := life()
			ask.Live(doc, &life)
		}
	})
}

// lives calls f for every posting, with whether it passes and what makes its life. All but
// that is overwritten when f returns.
func (p *passes) lives(
	ctx context.Context, l *ledger.Ledger, f func(*indexer.Document, *job.Summary, bool, func() report.Life),
) error {
	of, found, err := p.numbered(ctx, l)
	if err != nil {
		return err
	}
	var doc indexer.Document
	return l.Lives(ctx, func(n int64, s *job.Summary, last time.Time, turns []ledger.Turn) error {
		doc.SetSummary(s)
		f(&doc, s, (found == nil || found[n]) && of.document(&doc), func() report.Life {
			return lifeOf(s, last, turns)
		})
		return nil
	})
}

func lifeOf(s *job.Summary, last time.Time, turns []ledger.Turn) report.Life {
	life := report.Life{FirstSeen: s.FirstSeen, LastSeen: dayOf(last), Closed: s.Closed, State: s.State}
	for _, turn := range turns {
		life.Turns = append(life.Turns, report.Turn{Day: dayOf(turn.At), State: turn.State})
	}
	return life
}

// sharing is what is known of a vacancy of several postings.
type sharing struct {
	representative []byte // its packed summary, if it passes
	lives          []report.Life
}

// liveTogether counts the lives of the vacancies whose representative passes. It keeps
// those of vacancies of several postings alone, some 300 bytes a posting.
func (p *passes) liveTogether(ctx context.Context, l *ledger.Ledger, ask report.Lived) error {
	shared := map[job.Vacancy]*sharing{}
	err := p.lives(ctx, l, func(doc *indexer.Document, s *job.Summary, passes bool, life func() report.Life) {
		alone := s.Role != job.RoleRepresentative && s.Role != job.RoleOther
		if alone && !passes {
			return
		}
		own := life()
		if alone {
			ask.Live(doc, &own)
			return
		}
		v := shared[s.Vacancy]
		if v == nil {
			v = &sharing{}
			shared[s.Vacancy] = v
		}
		v.lives = append(v.lives, own)
		if passes && s.Role == job.RoleRepresentative {
			v.representative = s.AppendPacked(nil)
		}
	})
	if err != nil && !InPart(err) {
		return err
	}
	return errors.Join(err, countShared(shared, ask))
}

// countShared counts vacancies of several postings.
func countShared(shared map[job.Vacancy]*sharing, ask report.Lived) error {
	var (
		unpacker job.Unpacker
		s        job.Summary
		doc      indexer.Document
	)
	for _, vacancy := range slices.Sorted(maps.Keys(shared)) {
		v := shared[vacancy]
		if v.representative == nil {
			continue
		}
		if err := unpacker.Unpack(v.representative, &s); err != nil {
			return err
		}
		doc.SetSummary(&s)
		life := report.Together(v.lives)
		ask.Live(&doc, &life)
	}
	return nil
}

// dayOf is the day of a moment in India.
func dayOf(at time.Time) string { return at.In(job.IST).Format(time.DateOnly) }
