package chosen

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/embedded"
	"jobsieve/job"
	"jobsieve/ledger"
)

// Keeper keeps the index up to date with the ledger while a daemon runs. It
// delivers when it is asked, and again, with growing waits, for as long as that
// fails.
type Keeper struct {
	chosen *Index
	ledger *ledger.Ledger
	// counted, which may be nil, is told how many documents wait and were refused.
	counted func(waiting, refused int)
	// open opens the index; it is kept open where hold says so, else reached again
	// each time.
	open func(context.Context) (indexer.Index, func() error, error)
	hold bool

	sync sync.Mutex // held while the index is brought up

	mu    sync.Mutex
	index indexer.Index // the one that is kept open
	done  func() error

	health sync.Mutex
	fault  error // why the index is not the ledger; nil where it is
	behind bool  // documents wait
	since  time.Time
	failed chan struct{} // a fault began
}

// Keep makes a keeper of the index and the ledger that it is brought up to.
// counted, which may be nil, is told how many documents wait and were refused.
func (x *Index) Keep(l *ledger.Ledger, counted func(waiting, refused int)) *Keeper {
	return &Keeper{
		chosen: x, ledger: l, counted: counted, hold: x.Embedded(), failed: make(chan struct{}, 1),
		open: func(ctx context.Context) (indexer.Index, func() error, error) { return x.Open(ctx, Wait) },
	}
}

// Hold opens an index that is kept open for as long as the keeper lives, the
// embedded one, and waits for it. With any other it does nothing.
func (k *Keeper) Hold(ctx context.Context, wait time.Duration) (err error) {
	if !k.hold {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index, k.done, err = k.chosen.Open(ctx, wait); err != nil {
		k.index = nil
	}
	return err
}

// The waits of a keeper: between tries, doubling, half of it random; and while
// all is well, to look for what others have stored.
const (
	firstRetry = 5 * time.Second
	lastRetry  = 5 * time.Minute
)

// retryAfter is how long to wait after so many tries.
func retryAfter(try int) time.Duration {
	d := min(lastRetry, firstRetry<<min(try, 10))
	return d/2 + rand.N(d/2+1)
}

// Run keeps the index until the context ends.
func (k *Keeper) Run(ctx context.Context) {
	k.try(ctx) // what the last process could not deliver waits
	for try := 0; ctx.Err() == nil; try++ {
		wait := retryAfter(try)
		if k.Healthy() == nil {
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

func (k *Keeper) try(ctx context.Context) {
	if _, err := k.Sync(ctx, nil); err != nil && ctx.Err() == nil {
		k.chosen.Log.Error("index is behind", "error", err)
	}
}

// acquire gives the index, open; release lets it go.
func (k *Keeper) acquire(ctx context.Context) (ix indexer.Index, release func() error, err error) {
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

// Close closes the index, if it is kept open.
func (k *Keeper) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil {
		return nil
	}
	k.index = nil
	return k.done()
}

// Sync brings the index up to date with the ledger.
func (k *Keeper) Sync(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
	k.sync.Lock()
	defer k.sync.Unlock()
	counts, err := k.deliver(ctx, progress)
	if errors.Is(err, embedded.ErrTakenAway) {
		k.chosen.Log.Error("the embedded index is reopened, and refilled if it is gone", "reason", err)
		if err := k.Close(); err != nil {
			k.chosen.Log.Warn("close the index", "error", err) // its files are gone
		}
		counts, err = k.deliver(ctx, progress)
	}
	if k.counted != nil {
		k.counted(counts.Waiting, counts.Refused)
	}
	if ctx.Err() == nil {
		k.note(counts, k.chosen.OrDiffers(counts, err))
	}
	return counts, err
}

func (k *Keeper) deliver(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
	ix, release, err := k.acquire(ctx)
	if err != nil {
		counts, countErr := k.chosen.last(ctx, k.ledger)
		return counts, errors.Join(err, countErr)
	}
	counts, err := Deliver(ctx, k.ledger, ix, k.chosen.Now, progress)
	return counts, errors.Join(err, release())
}

// note remembers whether the index agrees with the ledger, and since when it
// does not.
func (k *Keeper) note(counts ledger.Deliveries, err error) {
	k.health.Lock()
	defer k.health.Unlock()
	k.behind = counts.Waiting > 0
	if err == nil {
		k.fault = nil
		return
	}
	if k.fault == nil {
		k.since = k.chosen.Now()
		select {
		case k.failed <- struct{}{}:
		default:
		}
	}
	since := k.since.Format(time.DateTime)
	k.fault = fmt.Errorf("the index has been behind since %s, %s waiting: %w", since,
		job.Count(counts.Waiting, "document"), err)
}

// Look learns what other machines have delivered: the index is not behind any more where they
// could reach it.
func (k *Keeper) Look(ctx context.Context) error {
	counts, err := k.chosen.last(ctx, k.ledger)
	if err != nil {
		return err
	}
	if k.counted != nil {
		k.counted(counts.Waiting, counts.Refused)
	}
	k.health.Lock()
	defer k.health.Unlock()
	if k.behind && counts.Waiting == 0 {
		k.fault, k.behind = nil, false
	}
	return nil
}

// Healthy says what is wrong with the index.
func (k *Keeper) Healthy() error {
	k.health.Lock()
	defer k.health.Unlock()
	return k.fault
}

// Search answers the search of another command.
func (k *Keeper) Search(ctx context.Context, q indexer.Query) (found *Found, err error) {
	err = k.read(ctx, func(ix indexer.Index) error {
		found, err = k.chosen.searchOpen(ctx, k.ledger, ix, q)
		return err
	})
	return found, err
}

// Keys answers another command that asks for the keys of all documents that a
// query finds.
func (k *Keeper) Keys(ctx context.Context, q indexer.Query) (found *FoundKeys, err error) {
	err = k.read(ctx, func(ix indexer.Index) error {
		found, err = k.chosen.keysOpen(ctx, k.ledger, ix, q)
		return err
	})
	return found, err
}

// Compare compares the index with the ledger.
func (k *Keeper) Compare(ctx context.Context) (s *Comparison, err error) {
	err = k.read(ctx, func(ix indexer.Index) error {
		s, err = compareOpen(ctx, k.ledger, ix)
		return err
	})
	return s, err
}

// read reads the index; where its files were taken away it is filled again
// first.
func (k *Keeper) read(ctx context.Context, f func(indexer.Index) error) error {
	err := k.readOnce(ctx, f)
	if errors.Is(err, embedded.ErrTakenAway) {
		if _, err := k.Sync(ctx, nil); err != nil {
			return err
		}
		err = k.readOnce(ctx, f)
	}
	return err
}

func (k *Keeper) readOnce(ctx context.Context, f func(indexer.Index) error) error {
	ix, release, err := k.acquire(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(ix), release())
}
