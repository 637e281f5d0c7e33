package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"time"

	"jobsieve/job"
)

// Book is what processes that ask the same hosts know of them together. A host is
// named by its HostKey. Methods may be called by several goroutines and processes.
//
// Waits and rests are spans on the clock of the book, which may be another than the
// asker's. That of a ledger is the clock of the machine where it is written; machines
// that share one must agree.
type Book interface {
	// Take takes the host's next slot. Whoever asks, no two begin closer together than
	// each wants; one that nobody uses costs its gap.
	Take(ctx context.Context, host string, w job.Want) (job.Slot, error)
	// Rest gives how long a host is still left alone.
	Rest(ctx context.Context, host string) (time.Duration, error)
	// Note notes how a host does. A longer rest that is noted already stays.
	Note(ctx context.Context, host string, c job.Condition) error
	// Robots gives what is known of a host's robots.txt for a scheme; nil for nothing.
	Robots(ctx context.Context, host, scheme string) (*job.RobotsFile, error)
	// KeepRobots keeps it in place of what was known.
	KeepRobots(ctx context.Context, host, scheme string, f *job.RobotsFile) error
}

// parse reads of a robots.txt what applies to this crawler.
func parse(f *job.RobotsFile) *Robots {
	switch {
	case f.Fault != "":
		return unreachable(f.Fault)
	case !f.Found:
		return allowAll
	}
	return ParseRobots(f.Text, Agent)
}

// bookError says that the book could not be read or written, which is no fault of
// the host.
type bookError struct{ err error }

func (e *bookError) Error() string { return e.err.Error() }

func (e *bookError) Unwrap() error { return e.err }

// Unasked reports an error for which a host was not asked, nor others should be: it is to be
// left alone, or its book fails.
func Unasked(err error) bool {
	var down *DownError
	var book *bookError
	return errors.As(err, &down) || errors.As(err, &book)
}

// BookFailed reports that the book could not be read or written.
func BookFailed(err error) bool {
	var book *bookError
	return errors.As(err, &book)
}

// A slot is kept from others for its gap and for twice as long as answers take, at
// least leastAnswer, so that the gap counts from the end of the answer, as it does
// within a process. One that is missed by more than late is taken again; by then it is known
// how slow the book is, for which the next one is kept too.
const (
	leastAnswer = 500 * time.Millisecond
	late        = leastAnswer / 2
)

// take takes a slot of the host in the book and waits until it begins.
func (t *Transport) take(ctx context.Context, h *host, scheme string) error {
	if t.opts.Hosts.book == nil {
		return nil
	}
	for {
		good, err := t.takeOnce(ctx, h, t.gap(h, scheme))
		if good || err != nil {
			return err
		}
	}
}

// takeOnce takes a slot and waits until it begins; good is false where it was missed, or
// where the host was to be left alone then.
func (t *Transport) takeOnce(ctx context.Context, h *host, gap time.Duration) (good bool, err error) {
	book, now := t.opts.Hosts.book, t.opts.Now()
	answer := max(leastAnswer, min(2*h.latency, maxLatency))
	keeps := gap + answer + h.slow
	slot, err := book.Take(ctx, h.name, job.Want{Gap: gap, Keeps: keeps, Mine: h.mine, Most: t.patience})
	if err != nil {
		return false, &bookError{err}
	}
	if err := t.tooLong(h, &slot); err != nil {
		return false, err
	}
	h.failures = slot.Condition.Failures
	rest := slot.Condition.Rest
	if slot.Wait > 0 {
		if err := t.wait(ctx, slot.Wait); err != nil {
			return false, err
		}
		// Others may have been told meanwhile to leave it alone.
		if rest, err = book.Rest(ctx, h.name); err != nil {
			return false, &bookError{err}
		}
	}
	h.mine = slot.Begins // it has begun: one that was not waited for is nobody's
	h.begins, h.allowed = now.Add(slot.Wait), answer+h.slow
	if rest == 0 {
		missed, allowed := t.opts.Now().Sub(now)-slot.Wait, late+h.slow
		h.slow = min(2*max(missed, 0), MaxWait)
		return missed < allowed, nil
	}
	if rest > MaxWait {
		return false, nil // the book says why
	}
	return false, t.wait(ctx, rest)
}

// errLapsed says that a slot was over before its request was sent.
var errLapsed = errors.New("its slot was over before it could be sent")

// lapsed reports that the host's slot is over: a request that is sent now may come too close
// to another's. The process, or its machine, may have stood still, with or without its clock.
func (t *Transport) lapsed(h *host) bool {
	if h.begins.IsZero() {
		return false
	}
	now := t.opts.Now()
	missed := max(now.Sub(h.begins), now.Round(0).Sub(h.begins.Round(0)))
	if missed < h.allowed {
		return false
	}
	h.slow = min(2*missed, MaxWait) // it may be the way to the host that takes so long
	return true
}

// guarded gives a context for a request that is not sent where the slot has lapsed once there
// is a connection: that is closed, since nothing else stops what is about to be written.
func (t *Transport) guarded(ctx context.Context, h *host) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	trace := &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		if t.lapsed(h) {
			cancel(errLapsed)
			_ = got.Conn.Close() // it is of no use any more
		}
	}}
	return httptrace.WithClientTrace(ctx, trace), func() { cancel(nil) }
}

// tooLong gives a *DownError where a slot can't be waited for.
func (t *Transport) tooLong(h *host, s *job.Slot) error {
	c := &s.Condition
	if c.Rest > MaxWait || s.Begins.IsZero() && c.Rest > 0 && c.Rest == s.Wait {
		h.failures = c.Failures
		h.rest(t.opts.Now().Add(c.Rest), c.Why)
		return &DownError{h.name, h.failures, h.rests, h.why}
	}
	if s.Begins.IsZero() {
		const why = "was asked by another process just now and may be asked again in %s, which is longer than" +
			" this crawl may last (%s): run it again later"
		return &DownError{Host: h.name, Why: fmt.Sprintf(why, s.Wait.Round(time.Second), t.patience.Round(time.Second))}
	}
	return nil
}

// tell notes in the book how the host does, where that has changed.
func (t *Transport) tell(ctx context.Context, h *host) error {
	book := t.opts.Hosts.book
	if book == nil || !h.untold {
		return nil
	}
	rest := max(0, h.rests.Sub(t.opts.Now()))
	err := book.Note(context.WithoutCancel(ctx), h.name, job.Condition{Failures: h.failures, Rest: rest, Why: h.why})
	if err != nil {
		return &bookError{err}
	}
	h.untold = false
	return nil
}
