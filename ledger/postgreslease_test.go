package ledger

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/job"
)

// openStill is openServer for a machine that renews no lease by itself.
func openStill(t *testing.T, locator string) (*Ledger, *postgres) {
	t.Helper()
	l, p := openServer(t, locator)
	p.every = time.Hour
	return l, p
}

// lapse has all leases end.
func lapse(t *testing.T, p *postgres) {
	t.Helper()
	if _, err := p.main.ExecContext(t.Context(), "UPDATE claim SET until = "+serverClock+" - 1"); err != nil {
		t.Fatal(err)
	}
}

func beginOne(t *testing.T, l *Ledger) *Crawl {
	t.Helper()
	c, err := l.BeginCrawl(t.Context(), "s", time.Now(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wantHeld wants a claim refused, as held by this process.
func wantHeld(t *testing.T, l *Ledger) {
	t.Helper()
	var held *HeldError
	c, err := l.BeginCrawl(t.Context(), "s", time.Now(), time.Millisecond)
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() || held.Holder.Started.IsZero() ||
		!strings.HasPrefix(held.Holder.Command, Command[:10]) {
		t.Errorf("held: %v", err)
	}
	if err == nil {
		_ = c.Release()
	}
}

// A lease that lapsed is another's to take: the holder who wakes is told, and neither writes
// any more nor ends the other's.
func TestLeaseLapses(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	a, p := openStill(t, locator)
	b, _ := openStill(t, locator)
	first := beginOne(t, a)
	wantHeld(t, b)
	if names, err := b.Unended(ctx); len(names) > 0 || err != nil {
		t.Errorf("unended: %q, %v", names, err)
	}
	lapse(t, p)
	if claims, err := b.Claims(ctx); len(claims) > 0 || err != nil {
		t.Errorf("claims that lapsed: %v, %v", claims, err)
	}
	second := beginOne(t, b)
	_, stored := a.Store(ctx, first, []Entry{{Posting: job.Posting{ID: "1", Source: "s"}, Seen: time.Now(), Reading: &Reading{}}})
	for _, err := range []error{first.End(ctx), first.Keep(ctx, "r", &Page{Status: 200, At: time.Now()}), stored} {
		if !errors.Is(err, ErrClaimLost) {
			t.Errorf("the woken holder writes: %v", err)
		}
	}
	if mine, err := first.claim.(*lease).renew(ctx); mine || err != nil {
		t.Errorf("the woken holder renews: %v, %v", mine, err)
	}
	if err := first.Release(); err != nil {
		t.Error(err)
	}
	wantHeld(t, a)
	if err := errors.Join(second.End(ctx), second.Release()); err != nil {
		t.Error(err)
	}
	third := beginOne(t, a)
	if err := third.Release(); err != nil {
		t.Error(err)
	}
}

// A holder whose lease lapsed while nobody wanted it goes on with it.
func TestLeaseRenewedLate(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	a, p := openStill(t, locator)
	b, _ := openStill(t, locator)
	c := beginOne(t, a)
	lapse(t, p)
	if mine, err := c.claim.(*lease).renew(ctx); !mine || err != nil {
		t.Errorf("renewed: %v, %v", mine, err)
	}
	wantHeld(t, b)
	if err := errors.Join(c.End(ctx), c.Release()); err != nil {
		t.Error(err)
	}
}

// Whoever crawls is told that another has the lease, and that alone.
func TestLeaseLost(t *testing.T) {
	locator := pgtest.Database(t)
	a, p := openServer(t, locator)
	p.every = time.Millisecond
	c := beginOne(t, a)
	ctx, stop := c.Under(t.Context())
	defer stop()
	if _, err := p.main.ExecContext(ctx, "UPDATE claim SET token = 'of another'"); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	if !errors.Is(context.Cause(ctx), ErrClaimLost) {
		t.Errorf("it ended with %v", context.Cause(ctx))
	}
	if err := c.Release(); err != nil {
		t.Error(err)
	}
	if claims, err := a.Claims(t.Context()); len(claims) != 1 || err != nil {
		t.Errorf("the other's claim: %v, %v", claims, err)
	}
}

// A server that is started anew between two renewals leaves the lease as it was.
func TestLeaseOutlivesRestart(t *testing.T) {
	locator, ctx := pgtest.OwnDatabase(t), t.Context()
	a, p := openServer(t, locator)
	p.every, p.lasts = 10*time.Millisecond, time.Hour
	c := beginOne(t, a)
	before, err := a.Claims(ctx)
	if err = errors.Join(err, pgtest.Restart(0)); err != nil || len(before) != 1 {
		t.Fatal(before, err)
	}
	for renewed := false; !renewed; {
		now, err := a.Claims(ctx)
		if err != nil || len(now) != 1 {
			t.Fatal(now, err)
		}
		renewed = now[0].Until.After(before[0].Until)
	}
	if err := errors.Join(c.End(ctx), c.Release()); err != nil {
		t.Error(err)
	}
}

// A crawl that a program of an earlier version has claimed, by a lock of its session, is held
// as long as that lasts.
func TestLeaseBesideEarlierVersion(t *testing.T) {
	locator := pgtest.Database(t)
	a, p := openServer(t, locator)
	old, err := p.lock(t.Context(), "crawl 043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	wantHeld(t, a)
	if err := old.Release(); err != nil {
		t.Fatal(err)
	}
	if err := beginOne(t, a).Release(); err != nil {
		t.Error(err)
	}
}

// Whoever waits for a lease writes nothing meanwhile.
func TestLeaseWaitedFor(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	a, p := openStill(t, locator)
	b, _ := openStill(t, locator)
	c := beginOne(t, a)
	before, err := p.stamp(ctx)
	if err != nil {
		t.Fatal(err)
	}
	wantHeld(t, b)
	if after, err := p.stamp(ctx); after != before || err != nil {
		t.Errorf("stamped %s, before %s: %v", after, before, err)
	}
	if err := c.Release(); err != nil {
		t.Error(err)
	}
}

// Leases and machines wait for no write, however long that takes.
func TestLeaseBesideALongWrite(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	a, _ := openStill(t, locator)
	b, _ := openStill(t, locator)
	c := beginOne(t, a)
	err := b.transact(ctx, "write", func(*sql.Tx) error {
		mine, err := c.claim.(*lease).renew(ctx)
		if !mine {
			t.Error("it was not renewed")
		}
		joined, failed := a.Join(ctx, Machine{})
		if failed == nil {
			failed = errors.Join(joined.beat(ctx), joined.Leave(ctx))
		}
		return errors.Join(err, failed)
	})
	if err = errors.Join(err, c.Release()); err != nil {
		t.Error(err)
	}
}

// A machine that drains claims nothing from then on, before it has learned of it; what it
// holds goes on.
func TestLeaseOfDrainingMachine(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	a, _ := openStill(t, locator)
	b, _ := openStill(t, locator)
	m, err := a.Join(ctx, Machine{Name: "one"})
	if err != nil {
		t.Fatal(err)
	}
	c := beginOne(t, a)
	if err := b.Drain(ctx, "one", true); err != nil {
		t.Fatal(err)
	}
	if mine, err := c.claim.(*lease).renew(ctx); !mine || err != nil {
		t.Errorf("what it holds: %v, %v", mine, err)
	}
	if err := errors.Join(c.End(ctx), c.Release()); err != nil {
		t.Error(err)
	}
	if _, err := a.BeginCrawl(ctx, "s", time.Now(), time.Hour); !errors.Is(err, ErrDraining) {
		t.Errorf("it claims more: %v", err)
	}
	if err := beginOne(t, b).Release(); err != nil {
		t.Error(err)
	}
	if err := b.Drain(ctx, "one", false); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(beginOne(t, a).Release(), m.Leave(ctx)); err != nil {
		t.Error(err)
	}
}

// A machine learns with a beat that it is to drain, and comes back where it was dropped.
func TestMachineBeats(t *testing.T) {
	for _, locator := range []string{t.TempDir(), pgtest.Database(t)} {
		ctx := t.Context()
		l, err := Open(ctx, locator)
		if err != nil {
			t.Fatal(err)
		}
		m, err := l.Join(ctx, Machine{Name: "one"})
		if err != nil {
			t.Fatal(err)
		}
		for _, draining := range []bool{true, false} {
			if err := errors.Join(l.Drain(ctx, "one", draining), m.beat(ctx)); err != nil || m.Draining() != draining {
				t.Errorf("draining %v, want %v: %v", m.Draining(), draining, err)
			}
		}
		err = l.engine.aside(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM machine")
			return err
		})
		if err = errors.Join(err, m.beat(ctx)); err != nil {
			t.Fatal(err)
		}
		if machines, err := l.Machines(ctx); len(machines) != 1 || machines[0].ID != m.ID() || err != nil {
			t.Errorf("machines %v: %v", machines, err)
		}
		if err := errors.Join(m.Leave(ctx), l.Close()); err != nil {
			t.Error(err)
		}
	}
}
