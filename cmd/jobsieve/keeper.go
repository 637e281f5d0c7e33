package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/indexer/embedded"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

// keeper keeps the index up to the ledger while a daemon runs. It delivers when
// it is asked, and again, with growing waits, for as long as that fails.
type keeper struct {
	app     *app
	config  *config.Config
	ledger  *ledger.Ledger
	metrics *web.Metrics
	// open opens the index; it is kept open where hold says so, else reached
	// anew each time.
	open func(context.Context) (indexer.Index, func() error, error)
	hold bool

	sync sync.Mutex // held while the index is brought up

	mu    sync.Mutex
	index indexer.Index // the one that is kept open
	done  func() error

	health sync.Mutex
	fault  error // why the index is not the ledger; nil where it is
	since  time.Time
	failed chan struct{} // a fault began
}

// The waits of a keeper: between tries, doubling, half of it by chance; and
// while all is well, to look after what others have stored.
const (
	firstRetry = 5 * time.Second
	lastRetry  = 5 * time.Minute
)

// retryAfter is how long to wait after so many tries.
func retryAfter(try int) time.Duration {
	d := min(lastRetry, firstRetry<<min(try, 10))
	return d/2 + rand.N(d/2+1)
}

// run keeps the index until the context ends.
func (k *keeper) run(ctx context.Context) {
	k.try(ctx) // what the last process could not deliver waits
	for try := 0; ctx.Err() == nil; try++ {
		wait := retryAfter(try)
		if k.healthy() == nil {
			wait, try = lastRetry, -1
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
			k.try(ctx)
		case <-k.failed:
			try = -1
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

func (k *keeper) try(ctx context.Context) {
	if _, err := k.Sync(ctx, nil); err != nil && ctx.Err() == nil {
		k.app.log.Error("index is behind", "error", err)
	}
}

// acquire gives the index, open; release lets it go.
func (k *keeper) acquire(ctx context.Context) (ix indexer.Index, release func() error, err error) {
	if !k.hold {
		return k.open(ctx)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil {
		if k.index, k.done, err = k.open(ctx); err != nil {
			k.index = nil
			return nil, nil, err
		}
	}
	return k.index, func() error { return nil }, nil
}

// close closes the index, if it is kept open.
func (k *keeper) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil {
		return nil
	}
	k.index = nil
	return k.done()
}

// Sync brings the index up to the ledger.
func (k *keeper) Sync(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
	k.sync.Lock()
	defer k.sync.Unlock()
	counts, err := k.deliver(ctx, progress)
	if errors.Is(err, embedded.ErrTakenAway) {
		k.app.log.Error("the embedded index is opened again, and filled where it is gone", "reason", err)
		if err := k.close(); err != nil {
			k.app.log.Warn("close the index", "error", err) // its files are gone
		}
		counts, err = k.deliver(ctx, progress)
	}
	k.metrics.Documents(counts.Waiting, counts.Refused)
	if ctx.Err() == nil {
		k.note(counts, k.app.orDiffers(counts, err))
	}
	return counts, err
}

func (k *keeper) deliver(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
	ix, release, err := k.acquire(ctx)
	if err != nil {
		counts, countErr := k.app.lastDeliveries(ctx, k.config, k.ledger)
		return counts, errors.Join(err, countErr)
	}
	counts, err := pipeline.Deliver(ctx, k.ledger, ix, k.app.now, progress)
	return counts, errors.Join(err, release())
}

// note remembers whether the index is the ledger, and since when it is not.
func (k *keeper) note(counts ledger.Deliveries, err error) {
	k.health.Lock()
	defer k.health.Unlock()
	if err == nil {
		k.fault = nil
		return
	}
	if k.fault == nil {
		k.since = k.app.now()
		select {
		case k.failed <- struct{}{}:
		default:
		}
	}
	since := k.since.Format(time.DateTime)
	k.fault = fmt.Errorf("the index is behind since %s, %d documents wait: %w", since, counts.Waiting, err)
}

// healthy gives what is wrong with the index.
func (k *keeper) healthy() error {
	k.health.Lock()
	defer k.health.Unlock()
	return k.fault
}

// Search answers the search of another command.
func (k *keeper) Search(ctx context.Context, q indexer.Query) (found *web.Found, err error) {
	err = k.read(ctx, func(ix indexer.Index) error {
		found, err = searchIn(ctx, k.ledger, ix, q)
		return err
	})
	return found, err
}

// Status compares the index with the ledger.
func (k *keeper) Status(ctx context.Context) (s *web.Status, err error) {
	err = k.read(ctx, func(ix indexer.Index) error {
		s, err = statusOf(ctx, k.ledger, ix)
		return err
	})
	return s, err
}

// read reads the index; where its files were taken away it is filled again
// before.
func (k *keeper) read(ctx context.Context, f func(indexer.Index) error) error {
	err := k.readOnce(ctx, f)
	if errors.Is(err, embedded.ErrTakenAway) {
		if _, err := k.Sync(ctx, nil); err != nil {
			return err
		}
		err = k.readOnce(ctx, f)
	}
	return err
}

func (k *keeper) readOnce(ctx context.Context, f func(indexer.Index) error) error {
	ix, release, err := k.acquire(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(ix), release())
}
