package work

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
)

func TestMain(m *testing.M) {
	if locator := os.Getenv(helperEnv); locator != "" {
		os.Exit(help(locator))
	}
	os.Exit(pgtest.Main(m))
}

// patience is how long a test waits for what must come.
const patience = time.Minute

// options are a queue's in tests, with failures that are tried again soon.
func options(machine string) Options {
	return Options{Machine: machine, FirstWait: 10 * time.Millisecond, LongestWait: 40 * time.Millisecond}
}

// queues are the ways to open so many queues that share their tasks.
var queues = map[string]func(t testing.TB, many int) []Queue{
	"in process": func(t testing.TB, many int) []Queue {
		q, err := InProcess(options("machine 1"))
		if err != nil {
			t.Fatal(err)
		}
		return slices.Repeat([]Queue{q}, many)
	},
	"shared": func(t testing.TB, many int) (all []Queue) {
		locator := pgtest.Database(t)
		for i := range many {
			all = append(all, opened(t, locator, options(fmt.Sprint("machine ", i+1))))
		}
		return all
	},
}

func opened(t testing.TB, locator string, options Options) Queue {
	t.Helper()
	q, err := Open(t.Context(), locator, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	return q
}

// each way to open queues passes the same tests.
func conform(t *testing.T, many int, test func(t *testing.T, all []Queue)) {
	for name, open := range queues {
		t.Run(name, func(t *testing.T) { test(t, open(t, many)) })
	}
}

func add(t testing.TB, q Queue, tasks ...Task) {
	t.Helper()
	if err := q.Add(t.Context(), tasks...); err != nil {
		t.Fatal(err)
	}
}

// numbered gives so many tasks of kind k.
func numbered(many int) (tasks []Task) {
	for i := range many {
		tasks = append(tasks, Task{"k", fmt.Sprintf("%03d", i)})
	}
	return tasks
}

// begin works on a queue until the test's end, or until it is stopped.
func begin(t testing.TB, q Queue, workers Workers) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- q.Work(ctx, workers) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// only are workers for tasks of kind k.
func only(most int, do Handler) Workers {
	return Workers{ByKind: map[Kind]Worker{"k": {Do: do, Most: most}}}
}

// ran notes what ran.
type ran struct {
	mu    sync.Mutex
	names []string
}

func (r *ran) add(name string) (times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
	for _, n := range r.names {
		if n == name {
			times++
		}
	}
	return times
}

func stateOf(t testing.TB, q Queue) State {
	t.Helper()
	s, err := q.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// until waits until a queue is as it must become.
func until(t testing.TB, q Queue, what string, is func(State) bool) State {
	t.Helper()
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		s, err := q.State(t.Context())
		if err == nil && is(s) {
			return s
		}
		if time.Since(began) > patience {
			t.Fatalf("not %s: %+v, %v", what, s, err)
		}
	}
}

func empty(s State) bool { return len(s.Kinds) == 0 }

func receive[T any](t testing.TB, from <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatal("waited in vain for: " + what)
	}
	return v
}
