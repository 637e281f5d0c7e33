package conformance

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"jobsieve/ledger"
)

// claimedAtOnce claims one crawl from many sides at once: one of them has it.
func claimedAtOnce(t *testing.T, p Place) {
	const sides = 16
	open(t, p.Locator)
	crawls := make(chan *ledger.Crawl, sides)
	var group sync.WaitGroup
	for range sides {
		l := open(t, p.Locator)
		group.Go(func() {
			var held *ledger.HeldError
			c, err := l.BeginCrawl(t.Context(), "s", day, 0)
			if err == nil {
				crawls <- c
			} else if !errors.As(err, &held) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	close(crawls)
	if len(crawls) != 1 {
		t.Errorf("%d claims of one crawl", len(crawls))
	}
	for c := range crawls {
		if err := errors.Join(c.End(t.Context()), c.Release()); err != nil {
			t.Error(err)
		}
	}
}

// claimsSaid are the claims that a ledger knows, and the machines that hold them.
func claimsSaid(t *testing.T, l *ledger.Ledger) (out []string) {
	t.Helper()
	all, err := l.Claims(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		c := &all[i]
		if c.Holder.PID == 0 || c.Holder.Command == "" || c.Holder.Started.IsZero() || l.Shared() == c.Until.IsZero() {
			t.Errorf("claim %+v", c)
		}
		out = append(out, fmt.Sprintf("%s by %q", c.Source, c.Machine))
	}
	return out
}

func claims(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	joined, err := a.Join(ctx, ledger.Machine{Name: "one"})
	if err != nil {
		t.Fatal(err)
	}
	machine := joined.ID()
	if !a.Shared() {
		machine = "" // of a ledger in a file, files are locked
	}
	first, err := a.Lend().BeginCrawl(ctx, "a/1 %", day, 0)
	second, failed := b.BeginCrawl(ctx, "b", day, 0)
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	want := []string{fmt.Sprintf("a/1 %% by %q", machine), `b by ""`}
	for _, l := range []*ledger.Ledger{a, b} {
		if got := claimsSaid(t, l); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := errors.Join(first.Release(), joined.Leave(ctx)); err != nil {
		t.Error(err)
	}
	if got := claimsSaid(t, a); !slices.Equal(got, want[1:]) {
		t.Errorf("after a release: %q", got)
	}
	third, err := a.BeginCrawl(ctx, "a/1 %", day, 0) // after it has left
	if err != nil {
		t.Fatal(err)
	}
	if got := claimsSaid(t, b); !slices.Equal(got, []string{`a/1 % by ""`, `b by ""`}) {
		t.Errorf("claimed by no machine: %q", got)
	}
	if err := errors.Join(second.Release(), third.Release()); err != nil {
		t.Error(err)
	}
}

// unended wants the sources named whose crawl can be taken up again.
func unended(t *testing.T, p Place) {
	l, other := open(t, p.Locator), open(t, p.Locator)
	ctx, now := t.Context(), time.Now()
	var held *ledger.Crawl
	for _, source := range []string{"ended", "goes on", "of a command", "waits"} {
		c, err := l.BeginCrawl(ctx, source, now, 0)
		if err == nil && source != "of a command" {
			err = c.Pause(ctx, []byte("here"), 1)
		}
		if err == nil && source == "ended" {
			err = c.End(ctx)
		}
		if err == nil && source != "goes on" {
			err = c.Release()
		}
		if err != nil {
			t.Fatal(err)
		}
		if source == "goes on" {
			held = c
		}
	}
	want := []string{"waits"}
	if got, err := other.Unended(ctx); !slices.Equal(got, want) || err != nil {
		t.Errorf("%q, want %q: %v", got, want, err)
	}
	if err := held.Release(); err != nil {
		t.Error(err)
	}
	want = []string{"goes on", "waits"}
	if got, err := other.Unended(ctx); !slices.Equal(got, want) || err != nil {
		t.Errorf("after its release %q, want %q: %v", got, want, err)
	}
}

// machines has several join, one drain, one leave, and one that was killed dropped.
func machines(t *testing.T, p Place) {
	a, b := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	said := func(want ...string) {
		t.Helper()
		all, err := b.Machines(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range all {
			m := &all[i]
			if m.ID == "" || m.Started.IsZero() || m.Ago < 0 {
				t.Errorf("machine %+v", m)
			}
			got = append(got, fmt.Sprintf("%s %s %v %d %s %v", m.Name, m.Version, m.Roles, m.Workers, m.Index, m.Draining))
		}
		if !slices.Equal(got, want) {
			t.Errorf("machines %q, want %q", got, want)
		}
	}
	said()
	one, err := a.Join(ctx, ledger.Machine{Name: "one", Version: "1.0", Roles: []string{"crawl", "index"}, Workers: 4, Index: "embedded"})
	two, failed := b.Join(ctx, ledger.Machine{Name: "two \xff\x1b", Index: "Elasticsearch"})
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	first, second := "one 1.0 [crawl index] 4 embedded ", "two ??  [] 0 Elasticsearch "
	said(first+"false", second+"false")
	if err := errors.Join(b.Drain(ctx, "one", true), b.Drain(ctx, two.ID(), true)); err != nil {
		t.Error(err)
	}
	said(first+"true", second+"true")
	if err := a.Drain(ctx, two.ID(), false); err != nil {
		t.Error(err)
	}
	said(first+"true", second+"false")
	if err := a.Drain(ctx, "three", true); !errors.Is(err, ledger.ErrNoMachine) {
		t.Errorf("drain one that is not there: %v", err)
	}
	p.Exec(t, "UPDATE machine SET seen = 1 WHERE name = 'one'") // it was killed long ago
	three, err := a.Join(ctx, ledger.Machine{Name: "three"})
	if err != nil {
		t.Fatal(err)
	}
	said("three  [] 0  false", second+"false")
	if err := errors.Join(two.Leave(ctx), one.Leave(ctx), three.Leave(ctx)); err != nil {
		t.Error(err)
	}
	said()
}
