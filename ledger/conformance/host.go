package conformance

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/ledger"
)

// watch is a clock that goes on where it is told to.
type watch struct {
	mu sync.Mutex
	at time.Time
}

func (w *watch) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// pass lets a time pass after another, if it has not passed yet.
func (w *watch) pass(from time.Time, span time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if to := from.Add(span); to.After(w.at) {
		w.at = to
	}
}

// slots wants a slot taken only when it is free: for whoever took the last one at once, for
// others after what that keeps and after their own gap.
func slots(t *testing.T, p Place) {
	w := &watch{at: day}
	l, other := open(t, p.Locator), open(t, p.Locator)
	take := func(l *ledger.Ledger, host string, want ledger.SlotWant, wait time.Duration) time.Time {
		t.Helper()
		s, err := l.TakeSlot(t.Context(), host, want, w.now)
		if err != nil || s.Wait != wait || s.Taken.IsZero() != (wait > 0) {
			t.Fatalf("at %s: %+v, want to wait %s: %v", w.at.Sub(day), s, wait, err)
		}
		return s.Taken
	}
	want := ledger.SlotWant{Gap: time.Second, Keeps: 3 * time.Second}
	first := take(l, "h.example", want, 0)
	take(other, "h.example", want, 3*time.Second)
	take(other, "h.example", ledger.SlotWant{Gap: time.Minute}, time.Minute)
	take(other, "h.example:8080", want, 0)
	w.pass(day, time.Second)
	mine := want
	mine.Mine = first
	second := take(l, "h.example", mine, 0)
	take(l, "h.example", mine, 3*time.Second) // it is the last no more
	w.pass(second, 3*time.Second)
	take(other, "h.example", want, 0)
	mine.Mine = second
	take(l, "h.example", mine, 3*time.Second)
	w.pass(w.at, 3*time.Second-1)
	take(l, "h.example", mine, 1)
	w.pass(w.at, 1)
	take(l, "h.example", mine, 0)
}

// slotsAtOnce lets many take slots of one host from several sides, as a clock goes on: none
// is taken twice, and no two are closer than they keep.
func slotsAtOnce(t *testing.T, p Place) {
	const each, askers = 5, 8
	w := &watch{at: day}
	want := ledger.SlotWant{Gap: time.Second, Keeps: 1500 * time.Millisecond}
	sides := []*ledger.Ledger{open(t, p.Locator), open(t, p.Locator)}
	var mu sync.Mutex
	var taken []time.Time
	var group sync.WaitGroup
	for i := range askers {
		l := sides[i%len(sides)]
		group.Go(func() {
			for n := 0; n < each; {
				before := w.now()
				s, err := l.TakeSlot(t.Context(), "h.example", want, w.now)
				if err != nil {
					t.Error(err)
					return
				}
				if s.Taken.IsZero() {
					w.pass(before, s.Wait)
					continue
				}
				n++
				mu.Lock()
				taken = append(taken, s.Taken)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.SortFunc(taken, time.Time.Compare)
	for i := range taken[1:] {
		if gap := taken[i+1].Sub(taken[i]); gap < want.Keeps {
			t.Errorf("slots %d and %d are %s apart", i, i+1, gap)
		}
	}
	if len(taken) != each*askers {
		t.Errorf("%d slots, want %d", len(taken), each*askers)
	}
}

// conditions wants what is noted of a host told to whoever asks it next, and the longest
// rest kept.
func conditions(t *testing.T, p Place) {
	w := &watch{at: day}
	l := open(t, p.Locator)
	ctx := t.Context()
	want := ledger.SlotWant{Gap: time.Second, Keeps: time.Second}
	told := func(c ledger.Condition, wait time.Duration) {
		t.Helper()
		s, err := l.TakeSlot(ctx, "h.example", want, w.now)
		if diff := cmp.Diff(c, s.Condition); diff != "" || s.Wait != wait || err != nil {
			t.Errorf("wait %s, %v: %s", s.Wait, err, diff)
		}
		want.Mine = s.Taken
	}
	told(ledger.Condition{}, 0)
	err := errors.Join(l.NoteHost(ctx, "h.example", ledger.Condition{Failures: 2}, w.now),
		l.NoteHost(ctx, "other.example", ledger.Condition{Failures: 2}, w.now))
	if err != nil {
		t.Fatal(err)
	}
	told(ledger.Condition{Failures: 2}, 0)
	for _, c := range []ledger.Condition{
		{Failures: 3, Rest: time.Hour, Why: "asks for rest"}, {Failures: 4, Rest: time.Minute, Why: "failed"}, {Failures: 5},
	} {
		if err := l.NoteHost(ctx, "h.example", c, w.now); err != nil {
			t.Fatal(err)
		}
	}
	told(ledger.Condition{Failures: 5, Rest: time.Hour, Why: "asks for rest"}, time.Hour)
	w.pass(day, time.Hour)
	told(ledger.Condition{Failures: 5}, 0)
}

// robots wants a robots.txt read back as it was kept.
func robots(t *testing.T, p Place) {
	l, other := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	for _, want := range []ledger.Robots{
		{Found: true, Text: []byte("User-agent: *\nDisallow: /\x00\xff"), Until: time.Unix(0, day.UnixNano()+1)},
		{Found: true, Until: time.Unix(0, day.UnixNano())},
		{Until: time.Unix(0, day.UnixNano())},
		{Fault: "it was answered 503", Faults: 2, Until: time.Unix(0, day.UnixNano())},
	} {
		if err := l.KeepRobots(ctx, "h.example", "https", &want); err != nil {
			t.Fatal(err)
		}
		got, err := other.Robots(ctx, "h.example", "https")
		if err != nil || got == nil {
			t.Fatalf("%v: %v", got, err)
		}
		if len(got.Text) == 0 {
			got.Text = nil
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Error(diff)
		}
	}
	for _, at := range [][2]string{{"h.example", "http"}, {"other.example", "https"}} {
		if got, err := l.Robots(ctx, at[0], at[1]); got != nil || err != nil {
			t.Errorf("%v: %+v, %v", at, got, err)
		}
	}
	p.Exec(t, "UPDATE robots SET body = x'00'")
	if got, err := l.Robots(ctx, "h.example", "https"); got != nil || err != nil {
		t.Errorf("damaged: %+v, %v", got, err)
	}
}

// oldHosts wants hosts dropped that were not asked for long, or by a clock that was ahead.
func oldHosts(t *testing.T, p Place) {
	w := &watch{at: day}
	l := open(t, p.Locator)
	ctx := t.Context()
	for i, host := range []string{"old.example", "new.example", "ahead.example"} {
		w.pass(day, time.Duration(i)*time.Hour)
		_, err := l.TakeSlot(ctx, host, ledger.SlotWant{Keeps: 24 * time.Hour}, w.now)
		if err = errors.Join(err, l.KeepRobots(ctx, host, "https", &ledger.Robots{})); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.DropHosts(ctx, day.Add(time.Minute), day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for host, known := range map[string]bool{"old.example": false, "new.example": true, "ahead.example": false} {
		r, err := l.Robots(ctx, host, "https")
		s, takeErr := l.TakeSlot(ctx, host, ledger.SlotWant{}, w.now)
		if (r != nil) != known || s.Taken.IsZero() != known || err != nil || takeErr != nil {
			t.Errorf("%s: %v, %+v, %v, %v", host, r, s, err, takeErr)
		}
	}
}
