package desk

import (
	"context"

	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// IndexStatus is how the index compares with the ledger.
type IndexStatus struct {
	*chosen.Status
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int `json:"read_otherwise"`
}

// IndexStatus compares the index with the ledger, document by document.
func (d *Desk) IndexStatus(ctx context.Context) (*IndexStatus, error) {
	s := &IndexStatus{}
	return s, d.read(ctx, func(l *ledger.Ledger) (err error) {
		if s.Status, err = d.Index.Status(ctx, l); err != nil {
			return err
		}
		s.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
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
