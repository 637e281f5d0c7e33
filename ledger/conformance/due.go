package conformance

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/ledger"
)

// due wants what is known of a schedule read back, and changed as one asks.
func due(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	set := func(source string, want, to ledger.Due, change bool) {
		t.Helper()
		err := l.ChangeDue(ctx, source, func(known ledger.Due) (ledger.Due, bool) {
			if diff := cmp.Diff(want, known); diff != "" {
				t.Errorf("%s: %s", source, diff)
			}
			return to, change
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	first := ledger.Due{Schedule: "@daily", Next: time.UnixMilli(day.UnixMilli())}
	second := first
	second.Begun, second.Next = first.Next, first.Next.Add(time.Hour)
	set("a", ledger.Due{}, first, false)
	set("a", ledger.Due{}, first, true)
	set("a", first, second, true)
	set("b", ledger.Due{}, first, true)
	set("b", first, second, false)
	dues, err := l.Dues(ctx)
	if diff := cmp.Diff(map[string]ledger.Due{"a": second, "b": first}, dues); diff != "" || err != nil {
		t.Errorf("%v: %s", err, diff)
	}
}

// dueOnce lets many begin a crawl that is due once; one that is held by another
// crawl stays due.
func dueOnce(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	take := func(known ledger.Due) (ledger.Due, bool) {
		return ledger.Due{Begun: day, Next: day.Add(time.Hour)}, !known.Next.After(day)
	}
	manual, err := l.BeginCrawl(ctx, "s", day, 0)
	if err != nil {
		t.Fatal(err)
	}
	var held *ledger.HeldError
	if _, err := l.BeginDue(ctx, "s", "", day, 0, take); !errors.As(err, &held) {
		t.Errorf("while it is crawled: %v", err)
	}
	if err := manual.Release(); err != nil {
		t.Fatal(err)
	}
	var begun atomic.Int32
	var group sync.WaitGroup
	for range 4 {
		other := open(t, p.Locator)
		group.Go(func() {
			c, err := other.BeginDue(ctx, "s", "", day, time.Minute, take)
			if err == nil {
				begun.Add(1)
				err = c.Release()
			} else if errors.Is(err, ledger.ErrNotDue) {
				err = nil
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := begun.Load(); n != 1 {
		t.Errorf("begun %d times, want once", n)
	}
	dues, err := l.Dues(ctx)
	if d := dues["s"]; err != nil || !d.Begun.Equal(day) || !d.Next.Equal(day.Add(time.Hour)) {
		t.Errorf("%+v: %v", d, err)
	}
}

// toldSick wants what was told last of each source.
func toldSick(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	err := errors.Join(l.TellSick(ctx, "a", true), l.TellSick(ctx, "b", true), l.TellSick(ctx, "a", false))
	told, readErr := l.ToldSick(ctx)
	want := map[string]bool{"a": false, "b": true}
	if diff := cmp.Diff(want, told); diff != "" || err != nil || readErr != nil {
		t.Errorf("%v, %v: %s", err, readErr, diff)
	}
}
