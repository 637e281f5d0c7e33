package chosen

import (
	"context"
	"errors"

	"jobsieve/indexer/elastic"
	"jobsieve/ledger"
)

// Part is a part of an index that is being built: the documents of a span of the ledger's own
// numbers.
type Part struct {
	// Index is the name of the index on its server, and Target it is for the ledger.
	Index  string        `json:"index"`
	Target ledger.Target `json:"target"`
	// After and Last are the span: what is after the one, up to the other.
	After int64 `json:"after"`
	Last  int64 `json:"last"`
}

// partSize is how many numbers a part spans: they are delivered within seconds.
const partSize = 5000

// share lets others fill a new index, and tells of its parts.
func (x *Index) share(ctx context.Context, l *ledger.Ledger, next *elastic.Index) error {
	last, err := l.LastNumber(ctx)
	if err == nil {
		err = next.Share(ctx)
	}
	if err != nil {
		return err
	}
	var parts []Part
	for after := int64(0); after < last; after += partSize {
		parts = append(parts, Part{next.Name, ledger.Target(next.Target()), after, after + partSize})
	}
	return x.Share(ctx, parts)
}

// Fill delivers a part of an index that another process builds. Where that is over it does
// nothing.
func (x *Index) Fill(ctx context.Context, l *ledger.Ledger, p *Part) error {
	opts, err := x.elastic()
	if err != nil {
		return err
	}
	server, err := elastic.Connect(ctx, opts)
	if err != nil {
		return err
	}
	next, err := server.Filling(ctx, p.Index)
	if errors.Is(err, elastic.ErrNotFilling) || err == nil && ledger.Target(next.Target()) != p.Target {
		return nil
	}
	if err != nil {
		return err
	}
	d := &delivery{ledger: l, index: next, target: p.Target, now: building, after: p.After, last: p.Last}
	if err := d.run(ctx); !errors.Is(err, elastic.ErrNoIndex) { // else that is over now
		return err
	}
	return nil
}
