// Package lately keeps counts of many rows that are asked for more often than they change
// in a way that matters.
package lately

import (
	"context"
	"sync"
	"time"
)

// Oldest is how old the count of many rows may be, ManyRows how many those are: counting
// fewer takes a moment, and is done each time.
const (
	Oldest   = 5 * time.Second
	ManyRows = 10_000
)

// Count keeps a count. Its zero value has none. It may be used by several goroutines.
type Count[T any] struct {
	mu       sync.Mutex
	value    T
	at       time.Time
	known    bool
	counting bool
}

// Get gives what count counts, and says of how many rows: as it is now, or was lately. Of
// those who ask at once one counts; the others get what was known before, if anything was.
func (c *Count[T]) Get(ctx context.Context, count func(context.Context) (value T, rows int, err error)) (T, error) {
	c.mu.Lock()
	if c.known && (c.counting || time.Since(c.at) < Oldest) {
		defer c.mu.Unlock()
		return c.value, nil
	}
	mine := !c.counting
	c.counting = true
	c.mu.Unlock()
	if mine {
		defer c.ended() // also where count panics
	}
	value, rows, err := count(ctx)
	if mine {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.known = err == nil && rows >= ManyRows
		c.value, c.at = value, time.Now()
	}
	return value, err
}

func (c *Count[T]) ended() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counting = false
}
