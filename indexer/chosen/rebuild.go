package chosen

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/indexer/embedded"
	"jobsieve/ledger"
)

// Remade is an index that was rebuilt.
type Remade struct {
	ledger.Deliveries
	// Name is that of the new index on its server, empty for the embedded one.
	Name string
}

// Rebuild builds the index again from the ledger, beside the old one, and puts it
// in its place in one step. It writes nothing but acknowledgements to the ledger:
// what others store meanwhile waits for the new index and is delivered at the end.
// Its error is a *ledger.HeldError where another process holds the embedded index;
// a daemon gives it up only when it ends, so there is no waiting for it.
func (x *Index) Rebuild(
	ctx context.Context, l *ledger.Ledger, wait time.Duration, progress func(done int),
) (Remade, error) {
	steps := rebuildSteps{Now: x.Now, Progress: progress}
	if x.Embedded() {
		return x.rebuildEmbedded(ctx, l, wait, steps)
	}
	opts, err := x.elastic()
	if err != nil {
		return Remade{}, err
	}
	old, err := elastic.Connect(ctx, opts)
	if err != nil {
		return Remade{}, err
	}
	steps.Begin = func(ctx context.Context) (rebuilt, error) { return old.Create(ctx) }
	if x.Share != nil {
		steps.Begun = func(ctx context.Context, next rebuilt) error { return x.share(ctx, l, next.(*elastic.Index)) }
	}
	next, counts, err := rebuild(ctx, l, steps)
	if err != nil {
		return Remade{}, err
	}
	return Remade{counts, next.(*elastic.Index).Name}, nil
}

func (x *Index) rebuildEmbedded(
	ctx context.Context, l *ledger.Ledger, wait time.Duration, steps rebuildSteps,
) (r Remade, err error) {
	_, running := x.Daemon()
	if running {
		wait = 0
	}
	lock, err := x.lock(ctx, wait)
	var held *ledger.HeldError
	if running && errors.As(err, &held) {
		return r, fmt.Errorf("the daemon holds the index, stop it first: %w", held)
	}
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	steps.Begin = func(context.Context) (rebuilt, error) { return embedded.Begin(x.Dir) }
	next, counts, err := rebuild(ctx, l, steps)
	if err != nil {
		return r, err
	}
	err = l.ForgetDeliveries(ctx, embedded.TargetPrefix, ledger.Target(next.Target()))
	return Remade{Deliveries: counts}, errors.Join(err, next.Close())
}

// rebuilt is an index that is filled beside another and then takes its place.
type rebuilt interface {
	indexer.Index
	// TakePlace puts the index in the place of the other, in one step.
	TakePlace(ctx context.Context) error
	// Discard deletes the index, which has not taken its place.
	Discard(ctx context.Context) error
}

// rebuildSteps are what a rebuild needs.
type rebuildSteps struct {
	// Begin makes the new index, empty.
	Begin func(context.Context) (rebuilt, error)
	// Begun, which may be nil, is called with it.
	Begun    func(context.Context, rebuilt) error
	Now      func() time.Time
	Progress func(done int)
}

// rebuild fills a new index from the ledger, compares it with the ledger,
// document by document, puts it in the place of the old one, and delivers what
// was stored meanwhile. Where that fails, the old index stays, and the new one
// is deleted.
func rebuild(ctx context.Context, l *ledger.Ledger, steps rebuildSteps) (rebuilt, ledger.Deliveries, error) {
	next, err := steps.Begin(ctx)
	if err != nil {
		return nil, ledger.Deliveries{}, fmt.Errorf("rebuild: %w", err)
	}
	counts, err := build(ctx, l, next, steps)
	if err == nil {
		err = next.TakePlace(ctx)
	}
	if err != nil {
		clean := context.WithoutCancel(ctx)
		err = fmt.Errorf("rebuild: the old index stays: %w", err)
		return nil, counts, errors.Join(err, next.Discard(clean), l.ForgetTarget(clean, ledger.Target(next.Target())))
	}
	counts, err = Deliver(ctx, l, next, steps.Now, nil)
	return next, counts, err
}

// building stands for the time of deliveries to an index that is being built.
func building() time.Time { return time.Time{} }

// build fills a new index from the ledger and compares the two. Only then is it
// the one that the ledger was last delivered to: one that a kill leaves never is.
func build(ctx context.Context, l *ledger.Ledger, next rebuilt, steps rebuildSteps) (ledger.Deliveries, error) {
	if steps.Begun != nil {
		if err := steps.Begun(ctx, next); err != nil {
			return ledger.Deliveries{}, err
		}
	}
	counts, err := Deliver(ctx, l, next, building, steps.Progress)
	var differs indexer.Difference
	if err == nil {
		differs, err = Compare(ctx, l, next)
	}
	if err == nil && !differs.None() {
		err = errors.New(differs.String())
	}
	if err == nil {
		err = l.Built(ctx, ledger.Target(next.Target()), steps.Now())
	}
	return counts, err
}
