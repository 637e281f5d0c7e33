package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/internal/pgtest"
)

// A task that is added by many, on many machines, waits once and runs once.
func TestUnique(t *testing.T) {
	const machines, adders = 3, 8
	conform(t, machines, func(t *testing.T, all []Queue) {
		tasks := numbered(20)
		var group sync.WaitGroup
		for i := range adders {
			group.Go(func() {
				some := slices.Clone(tasks)
				if i%2 == 0 {
					slices.Reverse(some)
				}
				if err := all[i%machines].Add(t.Context(), append(some, some[0])...); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		want := map[Kind]Count{"k": {Waiting: len(tasks)}}
		if diff := cmp.Diff(want, stateOf(t, all[0]).Kinds, cmpopts.IgnoreFields(Count{}, "Lag")); diff != "" {
			t.Error(diff)
		}
		var done ran
		for _, q := range all {
			begin(t, q, only(2, func(_ context.Context, name string) (Next, error) {
				done.add(name)
				return Next{}, nil
			}))
		}
		until(t, all[0], "empty", empty)
		slices.Sort(done.names)
		for i, task := range tasks {
			if len(done.names) != len(tasks) || done.names[i] != task.Name {
				t.Fatalf("ran %v", done.names)
			}
		}
	})
}

// A task that is added while it runs runs once more, however often it was added; kinds are
// apart.
func TestAddedWhileItRuns(t *testing.T) {
	conform(t, 2, func(t *testing.T, all []Queue) {
		began, goOn := make(chan bool), make(chan bool)
		var others ran
		begin(t, all[0], Workers{ByKind: map[Kind]Worker{
			"k": {Most: 2, Do: func(context.Context, string) (Next, error) {
				began <- true
				<-goOn
				return Next{}, nil
			}},
			"other": {Most: 1, Do: func(_ context.Context, name string) (Next, error) {
				others.add(name)
				return Next{}, nil
			}},
		}})
		add(t, all[1], Task{"k", "a"})
		receive(t, began, "the first run")
		for range 3 {
			add(t, all[1], Task{"k", "a"}, Task{"other", "a"})
		}
		until(t, all[1], "the other kind is done", func(s State) bool { return len(s.Kinds) == 1 })
		s := stateOf(t, all[1])
		if n := s.Kinds["k"]; n.Running != 1 || n.Waiting != 0 || len(s.Running) != 1 || s.Running[0].Machine != "machine 1" ||
			s.Running[0].Task != (Task{"k", "a"}) || s.Running[0].Stuck {
			t.Errorf("while it runs: %+v", s)
		}
		goOn <- true
		receive(t, began, "the second run")
		goOn <- true
		until(t, all[1], "empty", empty)
		if len(others.names) == 0 {
			t.Error("the other kind did not run")
		}
	})
}

// A task that goes on at once waits behind the others.
func TestAgainIsFair(t *testing.T) {
	conform(t, 1, func(t *testing.T, all []Queue) {
		add(t, all[0], numbered(3)...)
		var order ran
		begin(t, all[0], only(1, func(_ context.Context, name string) (Next, error) {
			return Next{Again: order.add(name) < 3}, nil
		}))
		until(t, all[0], "empty", empty)
		want := []string{"000", "001", "002", "000", "001", "002", "000", "001", "002"}
		if diff := cmp.Diff(want, order.names); diff != "" {
			t.Error(diff)
		}
	})
}

// A task that goes on after a while waits for that.
func TestAgainAfter(t *testing.T) {
	conform(t, 1, func(t *testing.T, all []Queue) {
		const pause = 300 * time.Millisecond
		var order ran
		var first, second time.Time
		begin(t, all[0], only(1, func(_ context.Context, name string) (Next, error) {
			if order.add(name) == 1 {
				first = time.Now()
				return Next{true, pause}, nil
			}
			second = time.Now()
			return Next{}, nil
		}))
		add(t, all[0], Task{"k", "a"})
		until(t, all[0], "empty", empty)
		if waited := second.Sub(first); waited < pause {
			t.Errorf("waited %s", waited)
		}
	})
}

// A task that fails is tried again, and told of; one that panics, too.
func TestFailures(t *testing.T) {
	conform(t, 1, func(t *testing.T, all []Queue) {
		add(t, all[0], Task{"k", "a"}, Task{"k", "b"})
		var tries ran
		mend := make(chan bool)
		begin(t, all[0], only(2, func(_ context.Context, name string) (Next, error) {
			times := tries.add(name)
			if name == "b" && times == 1 {
				panic("no b")
			}
			if name == "b" || times > 4 {
				<-mend
				return Next{}, nil
			}
			return Next{}, fmt.Errorf("try\x00 %d\xff", times)
		}))
		s := until(t, all[0], "waiting for both", func(s State) bool {
			return len(s.Failing) == 2 && s.Failing[0].Failures == 4 && s.Kinds["k"].Running == 2
		})
		if s.Kinds["k"].Failing != 2 || s.Failing[0].Task != (Task{"k", "a"}) || s.Failing[0].Fault != "try? 4?" ||
			s.Failing[1].Failures != 1 || !strings.HasPrefix(s.Failing[1].Fault, "it panicked: no b: ") {
			t.Errorf("state %+v", s)
		}
		close(mend)
		until(t, all[0], "empty", empty)
	})
}

func TestWaits(t *testing.T) {
	o, err := Options{}.usual()
	if err != nil {
		t.Fatal(err)
	}
	for failures, want := range map[int]time.Duration{
		1: 5 * time.Second, 2: 10 * time.Second, 3: 20 * time.Second, 6: 160 * time.Second, 7: 5 * time.Minute, 1 << 40: 5 * time.Minute,
	} {
		if got := o.wait(failures); got != want {
			t.Errorf("after %d failures %s, want %s", failures, got, want)
		}
	}
	if o.Rescue != 90*time.Second {
		t.Errorf("rescued after %s", o.Rescue)
	}
}

// Three machines do five hundred tasks, each at least once.
func TestAll(t *testing.T) {
	const machines = 3
	conform(t, machines, func(t *testing.T, all []Queue) {
		tasks := numbered(500)
		var done ran
		for _, q := range all {
			begin(t, q, only(2, func(_ context.Context, name string) (Next, error) {
				return Next{Again: done.add(name) < 2}, nil
			}))
		}
		add(t, all[0], tasks...)
		until(t, all[0], "empty", empty)
		if len(done.names) < 2*len(tasks) {
			t.Errorf("%d runs of %d tasks", len(done.names), len(tasks))
		}
	})
}

// Once the context ends, what runs may go on for a while; then it is there for others, and
// has not failed.
func TestGrace(t *testing.T) {
	conform(t, 2, func(t *testing.T, all []Queue) {
		add(t, all[0], Task{"k", "quick"}, Task{"k", "slow"})
		began, goOn, ended := make(chan bool), make(chan bool), make(chan string, 2)
		workers := only(2, func(ctx context.Context, name string) (Next, error) {
			began <- true
			if name == "quick" {
				<-goOn
				ended <- fmt.Sprint(name, " ", ctx.Err())
				return Next{}, nil
			}
			<-ctx.Done()
			ended <- fmt.Sprint(name, " ", ctx.Err())
			return Next{}, ctx.Err()
		})
		workers.Grace = 500 * time.Millisecond
		stop := begin(t, all[0], workers)
		receive(t, began, "one run")
		receive(t, began, "another run")
		go stop()
		goOn <- true
		for _, want := range []string{"quick <nil>", "slow context canceled"} {
			if got := receive(t, ended, want); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		stop()
		want := map[Kind]Count{"k": {Waiting: 1}}
		if diff := cmp.Diff(want, stateOf(t, all[1]).Kinds, cmpopts.IgnoreFields(Count{}, "Lag")); diff != "" {
			t.Error(diff)
		}
		begin(t, all[1], only(1, func(context.Context, string) (Next, error) { return Next{}, nil }))
		until(t, all[1], "empty", empty)
	})
}

// A task runs no longer than its bound, and one that does not heed it is told of.
func TestBound(t *testing.T) {
	for name, open := range map[string]func(*testing.T, Options) (Queue, error){
		"in process": func(_ *testing.T, o Options) (Queue, error) { return InProcess(o) },
		"shared":     func(t *testing.T, o Options) (Queue, error) { return Open(t.Context(), pgtest.Database(t), o) },
	} {
		t.Run(name, func(t *testing.T) {
			o := options("m")
			o.Bound, o.Rescue = 50*time.Millisecond, time.Hour
			q, err := open(t, o)
			if err != nil {
				t.Fatal(err)
			}
			defer q.Close()
			add(t, q, Task{"k", "a"})
			goOn, ended := make(chan bool), make(chan error)
			stop := begin(t, q, only(1, func(ctx context.Context, _ string) (Next, error) {
				<-goOn
				<-ctx.Done()
				ended <- ctx.Err()
				return Next{}, nil
			}))
			until(t, q, "stuck", func(s State) bool { return len(s.Running) == 1 && s.Running[0].Stuck })
			goOn <- true
			if err := receive(t, ended, "its end"); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			until(t, q, "empty", empty)
			stop()
		})
	}
}

// The lag is that of the task that is ready the longest.
func TestLag(t *testing.T) {
	conform(t, 1, func(t *testing.T, all []Queue) {
		began := time.Now()
		add(t, all[0], Task{"k", "a"})
		s := until(t, all[0], "late", func(s State) bool { return s.Kinds["k"].Lag > 20*time.Millisecond })
		if s.Kinds["k"].Lag > time.Since(began) {
			t.Errorf("%+v", s)
		}
	})
}

func TestRefused(t *testing.T) {
	conform(t, 1, func(t *testing.T, all []Queue) {
		for _, task := range []Task{{"", "a"}, {"K", "a"}, {"a-", "a"}, {"k", "a\x00"}, {"k", "\xff"}} {
			if err := all[0].Add(t.Context(), task); err == nil {
				t.Errorf("added %q", task)
			}
		}
		do := func(context.Context, string) (Next, error) { return Next{}, nil }
		odd := Workers{ByKind: map[Kind]Worker{"a b": {Do: do, Most: 1}}}
		for _, w := range []Workers{{}, only(0, do), only(1, nil), odd} {
			if err := all[0].Work(t.Context(), w); err == nil {
				t.Errorf("worked with %+v", w)
			}
		}
	})
	if _, err := InProcess(Options{Bound: time.Minute, Rescue: time.Minute}); err == nil {
		t.Error("rescue within the bound")
	}
}

// After the end of a queue nothing of it runs.
func TestNothingIsLeft(t *testing.T) {
	locator := pgtest.Database(t)
	before := runtime.NumGoroutine()
	for _, at := range []string{t.TempDir(), locator} {
		q, err := Open(t.Context(), at, options("m"))
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan bool)
		stop := begin(t, q, only(1, func(context.Context, string) (Next, error) {
			done <- true
			return Next{}, nil
		}))
		add(t, q, Task{"k", "a"})
		receive(t, done, "the task")
		stop()
		if err := q.Close(); err != nil {
			t.Error(err)
		}
		for began := time.Now(); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
			if time.Since(began) > patience {
				stacks := make([]byte, 1<<16)
				t.Fatalf("%T: %d more: %s", q, runtime.NumGoroutine()-before, stacks[:runtime.Stack(stacks, true)])
			}
		}
	}
}

// River's news is for whoever looks for a fault; its warnings are ours.
func TestQuiet(t *testing.T) {
	var out strings.Builder
	log := slog.New(quietly(slog.NewTextHandler(&out, nil))).With("a", 1).WithGroup("g")
	log.Info("started")
	log.Warn("slow", "b", 2)
	if got := out.String(); strings.Contains(got, "started") || !strings.Contains(got, "level=WARN msg=slow a=1 g.b=2") {
		t.Error(got)
	}
}

// What River says again and again, as while the server is away, is logged once a minute.
func TestQuietAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		log := slog.New(quietly(slog.NewTextHandler(&out, nil)))
		for range 120 {
			log.With("queue", "a").Error("Error fetching jobs")
			log.With("queue", "b").Error("Error fetching jobs")
			log.Warn("another")
			time.Sleep(time.Second)
		}
		if got := strings.Count(out.String(), "\n"); got != 4 {
			t.Errorf("%d lines in two minutes:\n%s", got, out.String())
		}
	})
}
