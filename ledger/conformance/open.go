package conformance

import (
	"errors"
	"sync"
	"testing"

	"jobsieve/job"
	"jobsieve/ledger"
)

// attach opens a ledger that is there, and none that is not.
func attach(t *testing.T, p Place) {
	if err := ledger.Exists(p.Locator); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("before: %v, want ErrNone", err)
	}
	if _, err := ledger.Attach(t.Context(), p.Locator); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("before: %v, want ErrNone", err)
	}
	storeAll(t, open(t, p.Locator), day, entry("s", "1", "Clerk"))
	l, err := ledger.Attach(t.Context(), p.Locator)
	if err != nil {
		t.Fatal(err)
	}
	get(t, l, "1")
	if err := errors.Join(l.Close(), ledger.Exists(p.Locator)); err != nil {
		t.Error(err)
	}
}

// openedAtOnce makes a new ledger from several sides: each finds it whole.
func openedAtOnce(t *testing.T, p Place) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			l, err := ledger.Open(t.Context(), p.Locator)
			if err == nil {
				_, err = l.Count(t.Context())
				err = errors.Join(err, l.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// storedAtOnce stores the same posting from several sides: it is new once.
func storedAtOnce(t *testing.T, p Place) {
	const sides = 4
	var mu sync.Mutex
	counts := map[job.Change]int{}
	var group sync.WaitGroup
	for range sides {
		l := open(t, p.Locator)
		group.Go(func() {
			changes, err := l.Store(t.Context(), nil, []ledger.Entry{entry("s", "1", "Clerk")})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			counts[changes[0]]++
		})
	}
	group.Wait()
	if counts[job.New] != 1 || counts[job.Unchanged] != sides-1 {
		t.Errorf("changes %v", counts)
	}
}
