package conformance

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jobsieve/ledger"
)

// resumable is how long after its last answer a crawl is taken up again.
const resumable = 48 * time.Hour

func oneOwner(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	first, err := a.BeginCrawl(ctx, "s", day, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Keep(ctx, "before", &ledger.Page{Status: 200, At: day}); err != nil {
		t.Fatal(err)
	}
	var held *ledger.HeldError
	if _, err := b.BeginCrawl(ctx, "s", day, time.Millisecond); !errors.As(err, &held) {
		t.Errorf("a second crawl of the source: %v", err)
	}
	if _, err := b.LastCrawl(ctx, "s", 0); !errors.As(err, &held) {
		t.Errorf("its pages are read meanwhile: %v", err)
	}
	other, err := b.BeginCrawl(ctx, "s/2", day, 0)
	if err != nil {
		t.Fatalf("a crawl of another source: %v", err)
	}
	if err := errors.Join(first.Release(), other.Release()); err != nil {
		t.Fatal(err)
	}
	again, err := b.BeginCrawl(ctx, "s", day, 0)
	if err != nil || !again.Resumed {
		t.Fatalf("after its release: resumed %v, %v", again != nil && again.Resumed, err)
	}
	defer func() {
		if err := again.Release(); err != nil {
			t.Error(err)
		}
	}()
	// The first owner goes on all the same: nothing that it writes is taken.
	_, stored := a.Store(ctx, first, []ledger.Entry{entry("s", "1", "Clerk")})
	for what, err := range map[string]error{
		"store": stored, "keep": first.Keep(ctx, "r", &ledger.Page{Status: 200, At: day}), "not modified": first.Keep(ctx, "r", &ledger.Page{Status: 304, At: day}), "end": first.End(ctx),
	} {
		if !errors.Is(err, ledger.ErrClaimLost) {
			t.Errorf("%s of the earlier claim: %v", what, err)
		}
	}
	if n, err := a.Count(ctx); n != 0 || err != nil {
		t.Errorf("%d postings are stored: %v", n, err)
	}
	if _, ok, err := again.Kept(ctx, "r"); ok || err != nil {
		t.Errorf("a page is kept: %v", err)
	}
	if _, err := b.Store(ctx, again, []ledger.Entry{entry("s", "1", "Clerk")}); err != nil {
		t.Errorf("the owner stores: %v", err)
	}
}

func lastCrawlOfNone(t *testing.T, p Place) {
	l := open(t, p.Locator)
	for range 2 { // the claim is given up
		if _, err := l.LastCrawl(t.Context(), "s", 0); !errors.Is(err, ledger.ErrNoCrawl) {
			t.Errorf("got %v, want ledger.ErrNoCrawl", err)
		}
	}
}

// lastPage wants the newest body that is kept for a request, from any crawl,
// and with it what the server gave for asking whether it has changed.
func lastPage(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	last := func(c *ledger.Crawl) string {
		t.Helper()
		a, ok, err := c.Last(ctx, "r")
		if err != nil || !ok {
			return fmt.Sprint(ok, err)
		}
		return fmt.Sprint(string(a.Body), a.ETag, " of ", a.At.Sub(day), " asked ", a.Asked.Sub(day))
	}
	for i, step := range []struct {
		answer ledger.Page
		want   string
	}{
		{ledger.Page{Status: 200, ETag: `"1"`, Body: []byte("one")}, `one"1" of 0s asked 0s`},
		{ledger.Page{Status: 304}, `one"1" of 0s asked 1h0m0s`},
		{ledger.Page{Status: 200, ETag: `"2"`, Body: []byte("two")}, `two"2" of 2h0m0s asked 2h0m0s`},
		{ledger.Page{Status: 404}, "false <nil>"},
		{ledger.Page{Status: 304}, "false <nil>"},
	} {
		at := day.Add(time.Duration(i) * time.Hour)
		c, err := l.BeginCrawl(ctx, "a", at, 0)
		if err != nil {
			t.Fatal(err)
		}
		step.answer.At = at
		if err := errors.Join(c.Keep(ctx, "r", &step.answer), c.End(ctx), c.Release()); err != nil || last(c) != step.want {
			t.Errorf("%d: %s, want %s: %v", i, last(c), step.want, err)
		}
	}
	other, err := l.BeginCrawl(ctx, "b", day, 0)
	if err != nil || last(other) != "false <nil>" {
		t.Errorf("another source's page is known: %v", err)
	}
	if err := other.Release(); err != nil {
		t.Error(err)
	}
}

func cutOffCrawl(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	var claimed *ledger.Crawl
	begin := func(now time.Time) *ledger.Crawl {
		t.Helper()
		if claimed != nil { // as the end of its process would
			if err := claimed.Release(); err != nil {
				t.Fatal(err)
			}
		}
		c, err := l.BeginCrawl(ctx, "a", now, 0)
		if err != nil {
			t.Fatal(err)
		}
		claimed = c
		return c
	}
	kept := func(c *ledger.Crawl, request string) string {
		t.Helper()
		a, ok, err := c.Kept(ctx, request)
		if err != nil || !ok {
			return fmt.Sprint(ok, err)
		}
		return fmt.Sprint(a.Status, " ", string(a.Body), " ", a.At.Sub(day))
	}
	first := begin(day)
	if err := errors.Join(first.Keep(ctx, "r1", &ledger.Page{Status: 200, Body: []byte("one"), At: day}), first.Keep(ctx, "r2", &ledger.Page{Status: 404, At: day})); err != nil {
		t.Fatal(err)
	}
	again := begin(day.Add(resumable - time.Hour))
	if !again.Resumed || kept(again, "r1") != "200 one 0s" || kept(again, "r2") != "404  0s" || kept(again, "r3") != "false <nil>" {
		t.Errorf("resumed %v: %s, %s, %s", again.Resumed, kept(again, "r1"), kept(again, "r2"), kept(again, "r3"))
	}
	if err := again.End(ctx); err != nil {
		t.Fatal(err)
	}
	next := begin(day.Add(time.Hour))
	if next.Resumed || kept(next, "r1") != "false <nil>" {
		t.Errorf("a crawl after one that ended: resumed %v, %s", next.Resumed, kept(next, "r1"))
	}
	if err := next.Keep(ctx, "r1", &ledger.Page{Status: 304, At: day.Add(time.Hour)}); err != nil || kept(next, "r1") != "304 one 0s" {
		t.Errorf("not modified: %s, %v", kept(next, "r1"), err)
	}
	if late := begin(day.Add(time.Hour + resumable)); late.Resumed {
		t.Error("a crawl is taken up again that was cut off too long ago")
	}
	left := func(requests ...string) (n int) {
		t.Helper()
		for _, request := range requests {
			_, ok, err := claimed.Last(ctx, request)
			if err != nil {
				t.Error(err)
			}
			if ok {
				n++
			}
		}
		return n
	}
	drop := func(before, now time.Time, want int) {
		t.Helper()
		if err := l.DropPages(ctx, "a", before, now); err != nil {
			t.Fatal(err)
		}
		if n := left("r1", "r2", "r4"); n != want {
			t.Errorf("%d pages are left, want %d", n, want)
		}
	}
	drop(day.Add(time.Minute), day.Add(time.Hour), 1) // the one that was asked for later
	last := begin(day.Add(time.Hour + resumable))
	if err := last.Keep(ctx, "r4", &ledger.Page{Status: 200, Body: []byte("four"), At: day.Add(3 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	drop(day.Add(4*time.Hour), day.Add(5*time.Hour), 1) // that of a crawl that may go on
	drop(day.Add(4*time.Hour), day.Add(4*time.Hour+resumable), 0)
}

// frontiers pauses a crawl and goes on with it: what was kept is there until it ends, or
// another one begins.
func frontiers(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	if _, err := l.GoOn(ctx, "a", day, 0); !errors.Is(err, ledger.ErrNotBegun) {
		t.Errorf("a crawl that nobody began: %v", err)
	}
	c, err := l.BeginCrawl(ctx, "a", day, 0)
	if err != nil || len(c.Frontier) > 0 || c.Run != 0 {
		t.Fatalf("%+v: %v", c, err)
	}
	page := &ledger.Page{Status: 200, Body: []byte("one"), At: day}
	if err := errors.Join(c.Keep(ctx, "r", page), c.Pause(ctx, []byte("here"), 7), c.Release()); err != nil {
		t.Fatal(err)
	}
	again, err := l.GoOn(ctx, "a", day, 0)
	if err != nil || string(again.Frontier) != "here" || again.Run != 7 || !again.Resumed {
		t.Fatalf("%+v: %v", again, err)
	}
	if err := c.Pause(ctx, []byte("late"), 8); !errors.Is(err, ledger.ErrClaimLost) {
		t.Errorf("an earlier claim keeps where it stands: %v", err)
	}
	// What the crawl goes on from outlasts how long pages are kept.
	if err := errors.Join(l.DropPages(ctx, "a", day.Add(time.Hour), day.Add(time.Hour)), again.Pause(ctx, nil, 7)); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := again.Kept(ctx, "r"); !ok || err != nil {
		t.Errorf("its pages are dropped: %v", err)
	}
	if err := errors.Join(again.Pause(ctx, []byte("there"), 7), again.End(ctx), again.Release()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.GoOn(ctx, "a", day, 0); !errors.Is(err, ledger.ErrNotBegun) {
		t.Errorf("a crawl that ended: %v", err)
	}
	for _, now := range []time.Time{day, day.Add(2 * resumable)} {
		next, err := l.BeginCrawl(ctx, "a", now, 0)
		if err != nil || len(next.Frontier) > 0 || next.Run != 0 || next.Resumed {
			t.Fatalf("%+v: %v", next, err)
		}
		page.At = now
		if err := errors.Join(next.Keep(ctx, "r", page), next.Pause(ctx, []byte("here"), 9), next.Release()); err != nil {
			t.Fatal(err)
		}
	}
}
