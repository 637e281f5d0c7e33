package desk

import (
	"context"
	"errors"

	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Forgettable calls f for every current posting that a name or the filter means: those
// of the names, else those that pass. unknown are the names that no posting has.
// lacking is as for Export.
func (d *Desk) Forgettable(
	ctx context.Context, names []string, which *filter.Filter, lacking func(chosen.Lack), f func(*ledger.Record) error,
) (unknown []string, err error) {
	if len(names) == 0 {
		return nil, d.each(ctx, which, FromLedger, lacking, f, nil)
	}
	return unknown, d.read(ctx, func(l *ledger.Ledger) error {
		for _, name := range names {
			records, err := l.Get(ctx, name)
			if len(records) == 0 && err == nil {
				unknown = append(unknown, name)
			}
			for _, r := range records {
				err = errors.Join(err, f(r))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetPassing forgets the postings that pass a filter, which must ask for something,
// in a ledger that is open for writing.
func (d *Desk) ForgetPassing(
	ctx context.Context, l *ledger.Ledger, which *filter.Filter, lacking func(chosen.Lack),
) (n int, err error) {
	if which.IsZero() {
		return 0, errors.New("forget: expected a filter, which the empty one is not: it lets every posting pass")
	}
	p, err := d.passing(ctx, l, which, lacking)
	if err != nil {
		return 0, err
	}
	var numbers []int64
	err = l.Each(ctx, p.only(func(r *ledger.Record) error {
		numbers = append(numbers, r.N)
		return nil
	}))
	if err != nil {
		return 0, err
	}
	return l.ForgetNumbered(ctx, numbers)
}
