package fetch

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Book is what processes that ask the same hosts know of them together. A host is
// named by its HostKey. Methods may be called by several goroutines and processes.
//
// Spans count on the clock of the book, which may be another than the asker's: that
// of the one machine where it is kept, or of the database that several machines
// share.
type Book interface {
	// Take takes the host's slot if it is free: of all who ask at once, one has it.
	Take(ctx context.Context, host string, w Want) (Slot, error)
	// Note notes how a host does. A longer rest that is noted already stays.
	Note(ctx context.Context, host string, c Condition) error
	// Robots gives what is known of a host's robots.txt for a scheme; nil for nothing.
	Robots(ctx context.Context, host, scheme string) (*RobotsFile, error)
	// KeepRobots keeps it in place of what was known.
	KeepRobots(ctx context.Context, host, scheme string, f *RobotsFile) error
}

// Want says who wants a slot.
type Want struct {
	// Gap is the least time since anybody else asked the host last.
	Gap time.Duration
	// Keeps is how long others are kept off once the slot is taken.
	Keeps time.Duration
	// Mine is when the asker took the host's slot last, zero for never. If nobody has
	// taken one since, it is free: the asker itself knows when its answer came.
	Mine time.Time
}

// Slot is the right to send a host one request now, or how long to wait for it.
type Slot struct {
	// Taken is when it was taken, by the book's clock; zero where it wasn't.
	Taken time.Time
	// Wait is how long it is not free yet, rests included.
	Wait time.Duration
	// Condition is how the host does.
	Condition Condition
}

// Condition is how a host does.
type Condition struct {
	// Failures are the pages in a row that could not be fetched. Those of processes
	// that fail at the same moment may count once.
	Failures int
	// Rest is how long it is still left alone; Why, read on from its name.
	Rest time.Duration
	Why  string
}

// RobotsFile is what came of asking for a robots.txt.
type RobotsFile struct {
	// Found says that there is one; Text is what it says.
	Found bool
	Text  []byte
	// Fault is why it could not be fetched, empty where that is known; Faults is how
	// many times in a row.
	Fault  string
	Faults int
	// Until is when it is asked for again.
	Until time.Time
}

// parse reads what applies to this crawler.
func (f *RobotsFile) parse() *Robots {
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

// unasked reports an error for which a host was not asked.
func unasked(err error) bool {
	var down *DownError
	var book *bookError
	return errors.As(err, &down) || errors.As(err, &book)
}

// Whoever takes a slot keeps others off for its gap and for twice as long as answers
// take, so that the gap counts from the end of the answer, for at least leastAnswer.
// A slot that took longer than late to take is taken again.
const (
	leastAnswer = 500 * time.Millisecond
	late        = leastAnswer / 2
)

// take takes a slot of the host in the book, as soon as it is free.
func (t *Transport) take(ctx context.Context, h *host, scheme string) error {
	book := t.opts.Hosts.book
	if book == nil {
		return nil
	}
	for {
		began, gap := t.opts.Now(), t.gap(h, scheme)
		answer := max(leastAnswer, min(2*h.latency, maxLatency))
		slot, err := book.Take(ctx, h.name, Want{Gap: gap, Keeps: gap + answer, Mine: h.mine})
		if err != nil {
			return &bookError{err}
		}
		if taken := !slot.Taken.IsZero(); taken {
			h.mine, h.failures = slot.Taken, slot.Condition.Failures
			if t.opts.Now().Sub(began) < late {
				return nil
			}
			continue
		}
		if err := t.tooLong(h, &slot); err != nil {
			return err
		}
		if err := t.wait(ctx, slot.Wait); err != nil {
			return err
		}
	}
}

// tooLong gives a *DownError where a slot can't be waited for.
func (t *Transport) tooLong(h *host, s *Slot) error {
	c := &s.Condition
	if c.Rest > MaxWait {
		h.failures = c.Failures
		h.rest(t.opts.Now().Add(c.Rest), c.Why)
		return &DownError{h.name, h.failures, h.rests, h.why}
	}
	if s.Wait > t.patience {
		const why = "was asked by another process just now and wants %s until the next request, which is longer than" +
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
	err := book.Note(context.WithoutCancel(ctx), h.name, Condition{Failures: h.failures, Rest: rest, Why: h.why})
	if err != nil {
		return &bookError{err}
	}
	h.untold = false
	return nil
}
