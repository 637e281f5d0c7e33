package ledger

import (
	"context"
	"testing"
	"time"

	"jobsieve/job"
)

// TestCountsAreRemembered wants rows counted once for each state of the ledger, and what
// another process has written seen at once.
func TestCountsAreRemembered(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	open := func() *Ledger {
		l, err := Open(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		return l
	}
	l, other := open(), open()
	counted := 0
	count := func(ctx context.Context) int {
		t.Helper()
		n, err := remembered(ctx, l, "postings", func() (n int, err error) {
			counted++
			return n, l.engine.db().QueryRowContext(ctx, "SELECT count(*) FROM posting").Scan(&n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	store := func(l *Ledger, id string) {
		t.Helper()
		_, err := l.Store(ctx, nil, []Entry{{Posting: job.Posting{ID: id, Source: "s", Title: "t"}, Seen: time.Now(), Reading: &Reading{}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, step := range []struct {
		by            *Ledger
		want, counted int
	}{{nil, 0, 1}, {nil, 0, 1}, {l, 1, 2}, {nil, 1, 2}, {other, 2, 3}, {nil, 2, 3}} {
		if step.by != nil {
			store(step.by, string(rune('a'+i)))
		}
		if got := count(ctx); got != step.want || counted != step.counted {
			t.Errorf("step %d: %d postings, counted %d times; want %d and %d", i, got, counted, step.want, step.counted)
		}
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := remembered(canceled, l, "postings", func() (int, error) { return 0, nil }); err == nil {
		t.Error("a question that was given up was answered")
	}
	store(other, "last")
	if got := count(ctx); got != 3 {
		t.Errorf("after that: %d postings, want 3", got)
	}
}
