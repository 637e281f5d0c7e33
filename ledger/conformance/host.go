package conformance

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
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

// slots wants each slot to begin when whoever takes it may ask: at once for the one who took
// the last, for others after what that keeps and after their own gap.
func slots(t *testing.T, p Place) {
	w := &watch{at: day}
	l, other := open(t, p.Locator), open(t, p.Locator)
	take := func(l *ledger.Ledger, host string, want job.Want, begins time.Duration) time.Time {
		t.Helper()
		s, err := l.TakeSlot(t.Context(), host, want, w.now)
		if err != nil || !s.Begins.Equal(day.Add(begins)) || s.Wait != s.Begins.Sub(w.at) {
			t.Fatalf("at %s: the slot begins at %s, want %s; %s to wait: %v", w.at.Sub(day), s.Begins.Sub(day), begins, s.Wait, err)
		}
		return s.Begins
	}
	want := job.Want{Gap: time.Second, Keeps: 3 * time.Second, Most: time.Hour}
	patient, mine := want, want
	patient.Gap = time.Minute
	mine.Mine = take(l, "h.example", want, 0)
	take(other, "h.example:8080", want, 0)
	w.pass(day, time.Second)
	mine.Mine = take(l, "h.example", mine, time.Second)
	take(other, "h.example", want, 4*time.Second)
	take(l, "h.example", mine, 7*time.Second) // it is the last no more
	take(other, "h.example", patient, 67*time.Second)
	w.pass(day, 80*time.Second)
	take(l, "h.example", want, 80*time.Second)
	w.pass(day, 83*time.Second-1)
	take(other, "h.example", want, 83*time.Second)
	w.pass(day, 90*time.Second)
	take(l, "h.example", patient, 143*time.Second)
	for _, most := range []time.Duration{56*time.Second - 1, 56 * time.Second} {
		want.Most = most
		s, err := l.TakeSlot(t.Context(), "h.example", want, w.now)
		taken := most == 56*time.Second
		if err != nil || s.Begins.IsZero() == taken || s.Wait != 56*time.Second {
			t.Errorf("within %s: %+v, %v", most, s, err)
		}
	}
}

// slotsAtOnce lets many take slots of one host at once, from two sides: none is taken twice,
// and each begins when what the one before keeps is over.
func slotsAtOnce(t *testing.T, p Place) {
	const each, askers = 5, 8
	w := &watch{at: day}
	want := job.Want{Gap: time.Second, Keeps: 1500 * time.Millisecond, Most: time.Hour}
	sides := []*ledger.Ledger{open(t, p.Locator), open(t, p.Locator)}
	var mu sync.Mutex
	var taken []time.Time
	var group sync.WaitGroup
	for i := range askers {
		group.Go(func() {
			for range each {
				s, err := sides[i%len(sides)].TakeSlot(t.Context(), "h.example", want, w.now)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				taken = append(taken, s.Begins)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.SortFunc(taken, time.Time.Compare)
	for i, begins := range taken {
		if after := time.Duration(i) * want.Keeps; !begins.Equal(day.Add(after)) {
			t.Errorf("slot %d begins after %s, want %s", i, begins.Sub(day), after)
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
	want := job.Want{Gap: time.Second, Keeps: time.Second, Most: time.Hour - 1}
	told := func(c job.Condition, wait time.Duration) {
		t.Helper()
		s, err := l.TakeSlot(ctx, "h.example", want, w.now)
		if diff := cmp.Diff(c, s.Condition); diff != "" || s.Wait != wait || err != nil {
			t.Errorf("wait %s, %v: %s", s.Wait, err, diff)
		}
		want.Mine = s.Begins
		rest, err := l.HostRest(ctx, "h.example", w.now)
		if rest != c.Rest || err != nil {
			t.Errorf("it rests for %s, want %s: %v", rest, c.Rest, err)
		}
	}
	told(job.Condition{}, 0)
	err := errors.Join(l.NoteHost(ctx, "h.example", job.Condition{Failures: 2}, w.now),
		l.NoteHost(ctx, "other.example", job.Condition{Failures: 2}, w.now))
	if err != nil {
		t.Fatal(err)
	}
	told(job.Condition{Failures: 2}, 0)
	for _, c := range []job.Condition{
		{Failures: 3, Rest: time.Hour, Why: "asks for rest"}, {Failures: 4, Rest: time.Minute, Why: "failed"}, {Failures: 5},
	} {
		if err := l.NoteHost(ctx, "h.example", c, w.now); err != nil {
			t.Fatal(err)
		}
	}
	told(job.Condition{Failures: 5, Rest: time.Hour, Why: "asks for rest"}, time.Hour)
	w.pass(day, time.Minute)
	told(job.Condition{Failures: 5, Rest: 59 * time.Minute, Why: "asks for rest"}, 0)
	w.pass(day, time.Hour)
	told(job.Condition{Failures: 5, Why: "asks for rest"}, 0)
	if rest, err := l.HostRest(ctx, "other.example", w.now); rest != 0 || err != nil {
		t.Errorf("a host that nobody asked rests for %s: %v", rest, err)
	}
}

// robots wants a robots.txt read back as it was kept.
func robots(t *testing.T, p Place) {
	l, other := open(t, p.Locator), open(t, p.Locator)
	ctx := t.Context()
	for _, want := range []job.RobotsFile{
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
		_, err := l.TakeSlot(ctx, host, job.Want{Keeps: 24 * time.Hour}, w.now)
		if err = errors.Join(err, l.KeepRobots(ctx, host, "https", &job.RobotsFile{})); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.DropHosts(ctx, day.Add(time.Minute), day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for host, known := range map[string]bool{"old.example": false, "new.example": true, "ahead.example": false} {
		r, err := l.Robots(ctx, host, "https")
		s, takeErr := l.TakeSlot(ctx, host, job.Want{}, w.now)
		if (r != nil) != known || s.Begins.IsZero() != known || err != nil || takeErr != nil {
			t.Errorf("%s: %v, %+v, %v, %v", host, r, s, err, takeErr)
		}
	}
}
