package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// Rebuilt is an index that is filled beside another and then takes its place.
type Rebuilt interface {
	indexer.Index
	// TakePlace puts the index in the place of the other, in one step.
	TakePlace(ctx context.Context) error
	// Discard deletes the index, which has not taken its place.
	Discard(ctx context.Context) error
}

// RebuildSteps are what a rebuild needs.
type RebuildSteps struct {
	// Begin makes the new index, empty.
	Begin    func(context.Context) (Rebuilt, error)
	Now      func() time.Time
	Progress func(done int)
}

// Rebuild fills a new index from the ledger, compares it with the ledger,
// document by document, puts it in the place of the old one, and delivers what
// was stored meanwhile. Where that fails the old index stays, and the new one
// goes.
func Rebuild(ctx context.Context, l *ledger.Ledger, steps RebuildSteps) (Rebuilt, ledger.Deliveries, error) {
	next, err := steps.Begin(ctx)
	if err != nil {
		return nil, ledger.Deliveries{}, fmt.Errorf("rebuild: %w", err)
	}
	target := ledger.Target(next.Target())
	counts, err := Deliver(ctx, l, next, steps.Now, steps.Progress)
	var differs indexer.Difference
	if err == nil {
		differs, err = Compare(ctx, l, next)
	}
	if err == nil && !differs.None() {
		err = errors.New(differs.String())
	}
	if err == nil {
		err = next.TakePlace(ctx)
	}
	if err != nil {
		clean := context.WithoutCancel(ctx)
		err = fmt.Errorf("rebuild: the old index stays: %w", err)
		return nil, counts, errors.Join(err, next.Discard(clean), l.ForgetTarget(clean, target))
	}
	counts, err = Deliver(ctx, l, next, steps.Now, nil)
	return next, counts, err
}
