package chosen

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// Search asks the index: through the daemon that holds it, or itself. wait is
// how long to wait for it. l may be nil where another ledger feeds it.
func (x *Index) Search(
	ctx context.Context, l *ledger.Ledger, q indexer.Query, wait time.Duration,
) (found *Found, err error) {
	if client, ok := x.Daemon(); ok {
		client.Silence = max(wait, time.Second)
		return client.Search(ctx, q)
	}
	ix, done, err := x.OpenFilled(ctx, l, wait)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	return searchOpen(ctx, l, ix, q)
}

// searchOpen searches an open index, and counts what it lacks of the ledger,
// which may be nil.
func searchOpen(ctx context.Context, l *ledger.Ledger, ix indexer.Index, q indexer.Query) (*Found, error) {
	answer, err := ix.Search(ctx, q)
	if err != nil || l == nil {
		return &Found{Answer: answer}, err
	}
	counts, err := Counted(ctx, l, ix)
	return &Found{Answer: answer, Lack: Lack{counts.Waiting, counts.Missing, counts.Foreign}}, err
}

// Each calls f for every document of the index as it is at the beginning, by key.
// lacking, called first, is given how it differs from the ledger, document by
// document, since all of them are read.
func (x *Index) Each(
	ctx context.Context, l *ledger.Ledger, lacking func(Lack), f func(*indexer.Document) error,
) (err error) {
	if _, running := x.Daemon(); running {
		return fmt.Errorf("the daemon holds the index in %s: stop it first, or leave out --from index", x.Dir)
	}
	ix, done, err := x.OpenFilled(ctx, l, Wait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if l != nil {
		c, err := compareOpen(ctx, l, ix)
		if err != nil {
			return err
		}
		differs := &c.Difference
		lacking(Lack{c.Deliveries.Waiting, differs.Missing, differs.Older + differs.Newer + differs.Foreign})
	}
	return ix.Each(ctx, f)
}
