package desk

import (
	"context"

	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// IndexStatus compares the index with the ledger, document by document.
func (d *Desk) IndexStatus(ctx context.Context) (s *chosen.Status, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		s, err = d.Index.Status(ctx, l)
		return err
	})
	return s, err
}

// Refused lists the documents that the index refused, and why.
func (d *Desk) Refused(ctx context.Context) (refused []ledger.Refusal, err error) {
	err = d.read(ctx, func(l *ledger.Ledger) error {
		target, err := d.Index.Target(ctx, l)
		if err == nil {
			refused, err = l.Refused(ctx, target)
		}
		return err
	})
	return refused, err
}
