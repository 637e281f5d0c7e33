package pipeline

import (
	"context"
	"fmt"
	"time"

	"jobsieve/indexer"
	"jobsieve/ledger"
)

// Rebuilt is an index that is filled beside another and then takes its place.
type Rebuilt interface {
	indexer.Index
	// EachVersion calls f for every document's key and version, by key.
	EachVersion(ctx context.Context, f func(key string, version int64) error) error
	// TakeAlias puts the index in the place of the other, in one step.
	TakeAlias(ctx context.Context) error
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
// was stored meanwhile. Where the comparison fails the old index stays.
func Rebuild(ctx context.Context, l *ledger.Ledger, steps RebuildSteps) (Rebuilt, ledger.Deliveries, error) {
	next, err := steps.Begin(ctx)
	if err != nil {
		return nil, ledger.Deliveries{}, fmt.Errorf("rebuild: %w", err)
	}
	counts, err := Deliver(ctx, l, next, steps.Now, steps.Progress)
	if err != nil {
		return nil, counts, fmt.Errorf("rebuild: the old index stays: %w", err)
	}
	if err := compare(ctx, l, next); err != nil {
		return nil, counts, fmt.Errorf("rebuild: the old index stays: %w", err)
	}
	if err := next.TakeAlias(ctx); err != nil {
		return nil, counts, fmt.Errorf("rebuild: the old index stays: %w", err)
	}
	counts, err = Deliver(ctx, l, next, steps.Now, nil)
	return next, counts, err
}

// versioned is a document's key and version.
type versioned struct {
	key     string
	version int64
}

// compare checks that an index holds what was delivered to it: those
// documents, and in no older version than was noted. Documents that were
// stored since may be newer, or more.
func compare(ctx context.Context, l *ledger.Ledger, ix Rebuilt) error {
	want := map[string]int64{}
	err := l.Expected(ctx, ledger.Target(ix.Target()), func(key string, revision int64) error {
		want[key] = revision
		return nil
	})
	if err != nil {
		return err
	}
	var older []versioned
	err = ix.EachVersion(ctx, func(key string, version int64) error {
		if version < want[key] {
			older = append(older, versioned{key, version})
		}
		delete(want, key)
		return nil
	})
	switch {
	case err != nil:
		return err
	case len(older) > 0:
		return fmt.Errorf("%d documents are older than the ledger's, the first %s in version %d", len(older), older[0].key, older[0].version)
	}
	for key := range want {
		return fmt.Errorf("%d documents are missing, one of them %s", len(want), key)
	}
	return nil
}
