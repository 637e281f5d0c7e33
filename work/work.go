// Package work shares tasks among the machines that share a ledger. A queue says which
// task runs where and when, and no more: what a task is for, and what it has done, is in
// the ledger, from which the queue can be filled again at any time.
//
// A task runs on one machine at a time, as far as anybody can tell: one whose machine is
// gone, or was paused, is given to another after a while, and the first may wake and go on.
// So a handler must bear that another does the same at once: what it writes is fenced in
// the ledger, as by the attempt of a crawl.
package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind says by which handler a task is done: up to 64 lower-case letters, digits, and
// hyphens between them.
type Kind string

var kinds = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// longestKind is how long a kind may be, in bytes.
const longestKind = 64

func (k Kind) check() error {
	if len(k) > longestKind || !kinds.MatchString(string(k)) {
		const format = "the kind of tasks %q can't be used: expected lower-case letters, digits, and hyphens between"
		return fmt.Errorf(format, k)
	}
	return nil
}

// Task is something to do. One of a kind and name waits or runs at a time: adding it again
// does nothing, but one that is added while it runs runs once more after that.
type Task struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name"`
}

// Next is what becomes of a task that ran without an error: it is done, or it goes on after
// a while, behind those that are ready by then. Among machines what waits is looked for
// every second.
type Next struct {
	Again bool
	After time.Duration
}

// Handler does a task, or a slice of it that is short beside the bound. It returns soon
// after its context ends. A task whose handler gives an error or panics is tried again,
// for ever, after waits that grow.
type Handler func(ctx context.Context, name string) (Next, error)

// Worker does tasks of one kind, so many at once at most.
type Worker struct {
	Do   Handler
	Most int
	// Bound is how long one may run, where that differs from Options.
	Bound time.Duration
}

// Workers are what a machine works with.
type Workers struct {
	ByKind map[Kind]Worker
	// Grace is how long tasks that run go on once no more are taken; then their contexts
	// end, and others may take them at once.
	Grace time.Duration
}

// Queue holds the tasks.
type Queue interface {
	// Add adds tasks, all of them or, where it gives an error, perhaps only some.
	Add(ctx context.Context, tasks ...Task) error
	// Work does tasks until the context ends and those that run have returned. Its error
	// says why it could not begin.
	Work(ctx context.Context, workers Workers) error
	// State says what waits, runs and fails, on all machines.
	State(ctx context.Context) (State, error)
	// Close ends the queue, after every Work has returned.
	Close() error
}

// State is what a queue holds at a moment.
type State struct {
	Kinds map[Kind]Count `json:"kinds"`
	// Running are the first 200 tasks that run, the longest first, and Failing the first
	// 200 whose last run failed, those with the most failures first.
	Running []Running `json:"running"`
	Failing []Failing `json:"failing"`
}

// Count counts the tasks of a kind.
type Count struct {
	Waiting int `json:"waiting"`
	Running int `json:"running"`
	// Failing are those, waiting or running, whose last run failed.
	Failing int `json:"failing"`
	// Lag is how long the one that is ready the longest has been.
	Lag time.Duration `json:"lag"`
}

// Running is a task that runs.
type Running struct {
	Task
	Machine string        `json:"machine"`
	For     time.Duration `json:"for"`
	// Stuck says that it runs for longer than it may.
	Stuck bool `json:"stuck"`
}

// Failing is a task whose last run failed.
type Failing struct {
	Task
	// Failures is how often it failed in a row, and Fault the last error.
	Failures int    `json:"failures"`
	Fault    string `json:"fault"`
	// In is when it is tried again; 0 where it is ready or runs.
	In time.Duration `json:"in"`
}

// mostListed is how many tasks a State lists of each sort.
const mostListed = 200

// Options are how a queue works. All machines of a ledger have the same times.
type Options struct {
	// Machine is by what name a State tells of this one.
	Machine string
	Log     *slog.Logger
	// Bound is how long a handler may run; 0 for a minute.
	Bound time.Duration
	// Rescue is how long a task may run on a machine that is not alive before it is given to
	// another; 0 for one and a half times the bound. Whether there is such a task is looked
	// at nine times in that.
	Rescue time.Duration
	// Alive names the machines that are: a task that runs on one of them is left to it, as
	// long as it may. Nil takes none for alive, so that Rescue must be longer than any bound.
	Alive func(context.Context) ([]string, error)
	// FirstWait and LongestWait are how long a task that failed waits, at first and at
	// last; 0 for five seconds and five minutes.
	FirstWait   time.Duration
	LongestWait time.Duration
}

// What holds where Options say nothing.
const (
	usualBound   = time.Minute
	usualFirst   = 5 * time.Second
	usualLongest = 5 * time.Minute
)

func (o Options) usual() (Options, error) {
	o.Machine = strings.ToValidUTF8(o.Machine, "?")
	o.Bound = cmp.Or(o.Bound, usualBound)
	o.Rescue = cmp.Or(o.Rescue, o.Bound+o.Bound/2)
	o.FirstWait = cmp.Or(o.FirstWait, usualFirst)
	o.LongestWait = cmp.Or(o.LongestWait, usualLongest)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rescue <= o.Bound && o.Alive == nil {
		const format = "tasks would be rescued after %s, while they may run for %s: expected more than that"
		return o, fmt.Errorf(format, o.Rescue, o.Bound)
	}
	return o, nil
}

// wait is how long a task waits that failed so often in a row.
func (o *Options) wait(failures int) time.Duration {
	wait := o.FirstWait
	for i := 1; i < failures && wait < o.LongestWait; i++ {
		wait *= 2
	}
	return min(wait, o.LongestWait)
}

// past is what is known of a task by its runs: how often it failed since it last did not,
// and the last error.
type past struct {
	Failures int    `json:"failures,omitempty"`
	Fault    string `json:"fault,omitempty"`
}

// ended is how a run of a task ended.
type ended struct {
	next Next
	err  error
	// stopped says that its context ended since the machine stops working.
	stopped bool
}

// follows says what follows a run: whether the task goes on, after how long, and what is
// known of it then; again says that it was added while it ran.
func (o *Options) follows(task Task, was past, e ended, again bool) (after time.Duration, is past, goes bool) {
	switch {
	case e.err != nil && e.stopped:
		return 0, was, true
	case e.err != nil:
		is = past{was.Failures + 1, faultOf(e.err)}
		after = o.wait(is.Failures)
		o.Log.Warn("a task failed", "kind", task.Kind, "name", task.Name, "error", is.Fault,
			"failures", is.Failures, "again in", after)
		return after, is, true
	case again:
		return 0, is, true
	}
	return e.next.After, is, e.next.Again
}

// mostFault is how much of an error is kept, in bytes.
const mostFault = 1000

func faultOf(err error) string {
	fault := err.Error()
	fault = fault[:min(len(fault), mostFault)]
	return strings.ReplaceAll(strings.ToValidUTF8(fault, "?"), "\x00", "?")
}

// run does a task within its bound.
func (o *Options) run(ctx context.Context, worker *Worker, name string) (e ended) {
	bound, cancel := context.WithTimeout(ctx, cmp.Or(worker.Bound, o.Bound))
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			e.err = fmt.Errorf("it panicked: %v: %s", p, debug.Stack())
		}
		e.stopped = ctx.Err() != nil
	}()
	e.next, e.err = worker.Do(bound, name)
	return e
}

// each gives tasks in one order, each once.
func each(tasks []Task) ([]Task, error) {
	for _, t := range tasks {
		if err := t.Kind.check(); err != nil {
			return nil, err
		}
		if !utf8.ValidString(t.Name) || strings.ContainsRune(t.Name, 0) {
			const format = "the task %q of kind %s can't be added: expected a name in UTF-8 without NUL"
			return nil, fmt.Errorf(format, t.Name, t.Kind)
		}
	}
	sorted := slices.SortedFunc(slices.Values(tasks), func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return slices.Compact(sorted), nil
}

func (w *Workers) check() error {
	if len(w.ByKind) == 0 {
		return errors.New("there are no workers: expected one for a kind of tasks or more")
	}
	for kind, worker := range w.ByKind {
		if err := kind.check(); err != nil {
			return err
		}
		if worker.Do == nil || worker.Most < 1 {
			return fmt.Errorf("the worker for tasks of kind %s: expected a handler, and 1 task at once or more", kind)
		}
	}
	return nil
}
