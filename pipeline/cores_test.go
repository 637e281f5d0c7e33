package pipeline

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Work under way is finished within grace; what was not begun then is left.
func TestWorkEndsGracefully(t *testing.T) {
	for _, c := range []struct {
		name     string
		each     time.Duration // of one reading
		n        int
		wantDone bool
		atMost   time.Duration // after the run was asked to stop
	}{
		{"a batch that ends in time", time.Millisecond, 200, true, grace},
		{"a batch of very long texts", 400 * time.Millisecond, 10_000, false, grace + 400*time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				cancel()
				began := time.Now()
				late, stop := gracefully(ctx)
				defer stop()
				var done atomic.Int64
				err := onAllCores(late, c.n, func(int) { time.Sleep(c.each); done.Add(1) })
				if c.wantDone != (err == nil) || c.wantDone != (int(done.Load()) == c.n) || err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("%d of %d done: %v", done.Load(), c.n, err)
				}
				if took := time.Since(began); took > c.atMost {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}
