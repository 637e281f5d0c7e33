package desk

import (
	"context"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Answer is what a query found.
type Answer struct {
	*chosen.Found
	// ReadOtherwise counts the postings of the ledger that were read by other
	// rules than today's.
	ReadOtherwise int `json:"read_otherwise"`
}

// Search asks the index. wait is how long to wait for the index. Its error is
// ledger.ErrNone where there is nothing to search yet.
func (d *Desk) Search(ctx context.Context, q indexer.Query, wait time.Duration) (*Answer, error) {
	a := &Answer{}
	return a, d.readAny(ctx, func(l *ledger.Ledger) (err error) {
		if a.Found, err = d.Index.Search(ctx, l, q, wait); err != nil {
			return err
		}
		a.ReadOtherwise, err = d.readOtherwise(ctx, l)
		return err
	})
}
