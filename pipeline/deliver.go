package pipeline

import (
	"context"
	"fmt"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// deliverBatch is how many documents are handed to an index at once.
const deliverBatch = 500

// Deliver hands every waiting document to the index and notes in the ledger
// what became of each. A document counts as delivered when the index says so
// of that very document; where the index can't be reached the rows wait, and
// the error says why. progress, which may be nil, is told how many were
// handled.
func Deliver(ctx context.Context, l *ledger.Ledger, ix indexer.Index, now func() time.Time, progress func(done int)) (ledger.Deliveries, error) {
	target := ledger.Target(ix.Target())
	after, done := int64(0), 0
	for {
		records, err := l.Waiting(ctx, target, after, deliverBatch)
		if err != nil {
			return ledger.Deliveries{}, err
		}
		if len(records) == 0 {
			return l.Deliveries(ctx, target)
		}
		if err := deliverSome(ctx, l, ix, target, records, now()); err != nil {
			counts, countErr := l.Deliveries(context.WithoutCancel(ctx), target)
			if countErr != nil {
				return counts, countErr
			}
			return counts, fmt.Errorf("index: %w", err)
		}
		after = records[len(records)-1].N
		done += len(records)
		if progress != nil {
			progress(done)
		}
	}
}

func deliverSome(ctx context.Context, l *ledger.Ledger, ix indexer.Index, target ledger.Target, records []*ledger.Record, now time.Time) error {
	docs := make([]indexer.Document, len(records))
	for i, r := range records {
		docs[i] = DocumentOf(r)
	}
	acks, err := ix.Deliver(ctx, docs)
	if err != nil {
		return err
	}
	var ds []ledger.Delivery
	for i, a := range acks {
		if !a.Later {
			ds = append(ds, ledger.Delivery{N: records[i].N, Revision: records[i].Revision, Refused: a.Refused})
		}
	}
	return l.Acknowledge(context.WithoutCancel(ctx), target, now, ds)
}
