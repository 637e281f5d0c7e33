package desk

import (
	"context"
	"time"

	"jobsieve/ledger"
)

// Basis is what the answers of a desk rest on.
type Basis struct {
	// Stored counts the postings of the ledger; Newest is when one was seen last, the
	// zero time where there is none.
	Stored int
	Newest time.Time
	// RulesVersion is that of today's rules; empty where they have faults.
	RulesVersion string
}

// Basis says what answers rest on: where there are many postings, as it was lately.
func (d *Desk) Basis(ctx context.Context) (Basis, error) {
	return d.basis.Get(ctx, func(ctx context.Context) (b Basis, rows int, err error) {
		if rules := d.outlined(); rules != nil {
			b.RulesVersion = rules.Version
		}
		err = d.readAny(ctx, func(l *ledger.Ledger) error {
			if l == nil {
				return nil
			}
			if b.Stored, err = l.Count(ctx); err == nil {
				b.Newest, err = l.Newest(ctx)
			}
			return err
		})
		return b, b.Stored, err
	})
}
