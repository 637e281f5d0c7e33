package lately

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestGet wants few rows counted each time, and many once in a while.
func TestGet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Count[int]
		rows, counted := ManyRows-1, 0
		get := func(want int) {
			t.Helper()
			got, err := c.Get(t.Context(), func(context.Context) (int, int, error) {
				counted++
				return counted, rows, nil
			})
			if got != want || err != nil {
				t.Errorf("got %d, %v; want %d", got, err, want)
			}
		}
		get(1)
		get(2)
		rows = ManyRows
		get(3)
		get(3)
		time.Sleep(Oldest)
		get(4)
		time.Sleep(Oldest)
		failed := errors.New("failed")
		_, err := c.Get(t.Context(), func(context.Context) (int, int, error) { return 0, 0, failed })
		if !errors.Is(err, failed) {
			t.Errorf("got %v, want %v", err, failed)
		}
		get(5)
	})
}

// TestGetAtOnce wants one to count for all who ask at once, once there is a count.
func TestGetAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Count[int]
		counted := 0
		slowly := func(context.Context) (int, int, error) {
			counted++
			n := counted
			time.Sleep(time.Second)
			return n, ManyRows, nil
		}
		if got, err := c.Get(t.Context(), slowly); got != 1 || err != nil {
			t.Fatal(got, err)
		}
		time.Sleep(Oldest)
		go func() { _, _ = c.Get(t.Context(), slowly) }()
		synctest.Wait()
		if got, err := c.Get(t.Context(), slowly); got != 1 || err != nil {
			t.Errorf("beside a count: got %d, %v; want the one before", got, err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if got, err := c.Get(t.Context(), slowly); got != 2 || err != nil {
			t.Errorf("after it: got %d, %v; want 2", got, err)
		}
	})
}

// TestGetAfterPanic wants what is known to be counted anew after a count that panicked.
func TestGetAfterPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Count[int]
		counted := func(n int) func(context.Context) (int, int, error) {
			return func(context.Context) (int, int, error) { return n, ManyRows, nil }
		}
		if got, err := c.Get(t.Context(), counted(1)); got != 1 || err != nil {
			t.Fatal(got, err)
		}
		time.Sleep(Oldest)
		func() {
			defer func() { _ = recover() }()
			_, _ = c.Get(t.Context(), func(context.Context) (int, int, error) { panic("while it counts") })
		}()
		if got, err := c.Get(t.Context(), counted(2)); got != 2 || err != nil {
			t.Errorf("got %d, %v; want 2", got, err)
		}
	})
}
