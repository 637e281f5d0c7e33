package conformance

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
	"jobsieve/ledger"
)

// linked is an entry that an address led to.
func linked(id string) ledger.Entry {
	e := entry("s", id, "Clerk "+id)
	e.Link, e.Seen = "https://x.example/"+id, day
	return e
}

func links(ids ...string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = "https://x.example/" + id
	}
	return out
}

// inACrawl runs f in a crawl of the source "s", and ends it.
func inACrawl(t *testing.T, l *ledger.Ledger, at time.Time, f func(*ledger.Crawl)) {
	t.Helper()
	crawl, err := l.BeginCrawl(t.Context(), "s", at, 0)
	if err != nil {
		t.Fatal(err)
	}
	f(crawl)
	if err := crawl.End(t.Context()); err != nil {
		t.Error(err)
	}
	if err := crawl.Release(); err != nil {
		t.Error(err)
	}
}

// addresses notes what came of asking for four addresses, two of which lead to one posting,
// and reads that in the same crawl and the next.
func addresses(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	modified := day.Add(-time.Hour)
	known := []ledger.Address{
		{Asked: day, Modified: modified, Way: "w", Outcome: ledger.OutcomeGiven, Now: true, State: job.StateOpen},
		{Asked: day, Way: "w", Outcome: ledger.OutcomeAgain, Now: true, State: job.StateOpen},
		{Asked: day, Way: "w", Outcome: ledger.OutcomeNone, Now: true},
		{Asked: day, Way: "w", Outcome: ledger.OutcomeFailed, Now: true},
		{},
	}
	look := func(c *ledger.Crawl) {
		t.Helper()
		got, err := c.Addresses(ctx, links("a", "alias", "gone", "broken", "new"), "w")
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if !got[i].Asked.Equal(known[i].Asked) || !got[i].Modified.Equal(known[i].Modified) {
				t.Errorf("%d: %+v, want %+v", i, got[i], known[i])
			}
			got[i].Asked, got[i].Modified = known[i].Asked, known[i].Modified
		}
		if diff := cmp.Diff(known, got); diff != "" {
			t.Error(diff)
		}
	}
	inACrawl(t, l, day, func(c *ledger.Crawl) {
		if _, err := l.Store(ctx, c, []ledger.Entry{linked("a")}); err != nil {
			t.Fatal(err)
		}
		all := links("a", "alias", "gone", "broken")
		visits := []ledger.Visit{
			{Link: all[0], ID: "a", At: day, Modified: modified, Outcome: ledger.OutcomeGiven, Said: ledger.SaidNothing},
			{Link: all[1], ID: "a", At: day, Outcome: ledger.OutcomeAgain, Said: ledger.SaidUnchanged},
			{Link: all[2], At: day, Outcome: ledger.OutcomeNone, Said: ledger.SaidUnchanged, Changed: true},
			{Link: all[3], At: day, Outcome: ledger.OutcomeFailed, Said: ledger.SaidNothing},
		}
		for range 2 { // the second time as where the crawl was cut off
			if err := c.Visited(ctx, visits, "w"); err != nil {
				t.Fatal(err)
			}
			for i := range visits {
				visits[i].Said, visits[i].Changed = ledger.SaidUnchanged, false
			}
		}
		look(c)
	})
	later := day.Add(48 * time.Hour)
	for i := range known {
		known[i].Now = false
	}
	inACrawl(t, l, later, func(c *ledger.Crawl) {
		look(c)
		if err := c.Listed(ctx, links("alias", "new"), later); err != nil {
			t.Fatal(err)
		}
		told, err := c.Told(ctx, day)
		want := map[ledger.Said]ledger.Told{ledger.SaidNothing: {Pages: 2}, ledger.SaidUnchanged: {Pages: 2, Changed: 1}}
		if diff := cmp.Diff(want, told); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		turned, err := c.Settle(ctx, &ledger.Ending{At: later, Listed: true, Misses: 1})
		if err != nil || turned[job.StateClosed] != 0 {
			t.Errorf("%v: %v", turned, err)
		}
	})
	if r := get(t, l, "a"); !r.LastSeen.Equal(later) {
		t.Errorf("%+v", r)
	}
	inACrawl(t, l, later, func(c *ledger.Crawl) {
		if err := c.DropAddresses(ctx, later); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Addresses(ctx, links("gone"), "w"); err != nil || !got[0].Asked.IsZero() {
			t.Errorf("%+v: %v", got, err)
		}
	})
}

// adopted asks for an address that was read before addresses were noted, and for one whose
// posting was forgotten.
func adopted(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	inACrawl(t, l, day, func(c *ledger.Crawl) {
		if _, err := l.Store(ctx, c, []ledger.Entry{linked("a"), linked("b")}); err != nil {
			t.Fatal(err)
		}
	})
	look := func(want time.Time, id string) {
		t.Helper()
		inACrawl(t, l, day, func(c *ledger.Crawl) {
			got, err := c.Addresses(ctx, links(id), "w")
			if err != nil || !got[0].Asked.Equal(want) || got[0].Way == "w" == want.IsZero() {
				t.Errorf("%s: %+v, want %s: %v", id, got, want, err)
			}
			if err := c.Listed(ctx, links(id), day.Add(time.Hour)); err != nil {
				t.Error(err)
			}
		})
	}
	look(day, "a")
	look(day, "a") // though it was seen since
	look(day, "b")
	if n, _, err := l.Forget(ctx, []string{"b"}); err != nil || n != 1 {
		t.Fatalf("%d forgotten: %v", n, err)
	}
	look(time.Time{}, "b")
}

// replaced lists an address that gave one posting and then another: the first is missed.
func replaced(t *testing.T, p Place) {
	l := open(t, p.Locator)
	ctx := t.Context()
	all := links("a")
	at := func(n int) time.Time { return day.Add(time.Duration(n) * time.Hour) }
	for n, id := range []string{"old", "new", "", ""} {
		inACrawl(t, l, at(n), func(c *ledger.Crawl) {
			var err error
			if id == "" {
				err = c.Listed(ctx, all, at(n))
			} else {
				e := linked(id)
				e.Link = all[0]
				if _, err := l.Store(ctx, c, []ledger.Entry{e}); err != nil {
					t.Fatal(err)
				}
				err = c.Visited(ctx, []ledger.Visit{
					{Link: all[0], ID: id, At: at(n), Outcome: ledger.OutcomeGiven, Said: ledger.SaidNothing},
				}, "w")
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Settle(ctx, &ledger.Ending{At: at(n), Listed: true, Misses: 1}); err != nil {
				t.Fatal(err)
			}
		})
	}
	for id, want := range map[string]job.State{"old": job.StateClosed, "new": job.StateOpen} {
		if r := get(t, l, id); r.State != want {
			t.Errorf("%s: %+v, want %s", id, r, want)
		}
	}
}
