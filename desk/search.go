package desk

import (
	"context"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/chosen"
	"jobsieve/ledger"
)

// Search asks the index. wait is how long it may take to be had. Its error is
// ledger.ErrNone where there is nothing to search yet.
func (d *Desk) Search(ctx context.Context, q indexer.Query, wait time.Duration) (found *chosen.Found, err error) {
	err = d.readAny(ctx, func(l *ledger.Ledger) error {
		found, err = d.Index.Search(ctx, l, q, wait)
		return err
	})
	return found, err
}
