package ledger

import (
	"context"
	"sync"
)

// stamp tells states of a ledger apart: equal ones are of the same state.
type stamp string

// memory has what was counted in one state of a ledger. A long-lived process is asked for
// the same counts with each search, and each goes through all rows.
type memory struct {
	mu     sync.Mutex
	of     stamp
	counts map[any]any
}

// at gives the state that the ledger is in, and forgets what was counted in others.
func (m *memory) at(ctx context.Context, e engine) (stamp, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, err := e.stamp(ctx)
	if err == nil && now != m.of {
		m.of, m.counts = now, map[any]any{}
	}
	return now, err
}

// remembered gives what count counts, which it is not called for where nothing was
// written to the ledger since the last time. key tells what is counted.
func remembered[T any](ctx context.Context, l *Ledger, key any, count func() (T, error)) (T, error) {
	before, err := l.memory.at(ctx, l.engine)
	if err != nil {
		var none T
		return none, err
	}
	l.memory.mu.Lock()
	known, ok := l.memory.counts[key].(T)
	ok = ok && l.memory.of == before
	l.memory.mu.Unlock()
	if ok {
		return known, nil
	}
	found, err := count()
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	if err == nil && l.memory.of == before { // else it may be of an earlier state
		l.memory.counts[key] = found
	}
	return found, err
}
