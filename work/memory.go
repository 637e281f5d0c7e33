package work

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// memory is a queue in this process, which ends with it.
type memory struct {
	options Options

	mu    sync.Mutex
	tasks map[Task]*entry
	added int64         // how often a task was made to wait
	woken chan struct{} // closed when a task was
}

var _ Queue = (*memory)(nil)

// entry is a task that waits or runs.
type entry struct {
	past
	running bool
	since   time.Time // since when it is ready, or runs
	order   int64     // among those that are ready since the same time
	again   bool
}

// InProcess gives a queue that this process alone has, and forgets.
func InProcess(options Options) (Queue, error) {
	options, err := options.usual()
	if err != nil {
		return nil, err
	}
	return &memory{options: options, tasks: map[Task]*entry{}, woken: make(chan struct{})}, nil
}

func (m *memory) Add(_ context.Context, tasks ...Task) error {
	tasks, err := each(tasks)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, task := range tasks {
		known := m.tasks[task]
		if known == nil {
			m.enter(task, past{}, 0)
			continue
		}
		known.again = known.running
	}
	return nil
}

// enter makes a task wait, while it has the lock.
func (m *memory) enter(task Task, is past, after time.Duration) {
	m.added++
	m.tasks[task] = &entry{past: is, since: time.Now().Add(after), order: m.added}
	close(m.woken)
	m.woken = make(chan struct{})
}

func (m *memory) Work(ctx context.Context, workers Workers) error {
	if err := workers.check(); err != nil {
		return err
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(workers.Grace, cancel) })()
	var group sync.WaitGroup
	for kind, worker := range workers.ByKind {
		for range worker.Most {
			group.Go(func() {
				for task, ok := m.take(ctx, kind); ok; task, ok = m.take(ctx, kind) {
					m.finish(task, m.options.run(running, &worker, task.Name))
				}
			})
		}
	}
	group.Wait()
	return nil
}

// take waits for a task of a kind; ok is false once the context has ended.
func (m *memory) take(ctx context.Context, kind Kind) (task Task, ok bool) {
	for ctx.Err() == nil {
		task, in, woken := m.first(kind)
		if in <= 0 {
			return task, true
		}
		timer := time.NewTimer(in)
		select {
		case <-ctx.Done():
		case <-woken:
		case <-timer.C:
		}
		timer.Stop()
	}
	return task, false
}

// idle is how long a worker without a task waits before it looks again unasked.
const idle = time.Minute

// first takes the task of a kind whose turn it is; else in is more than 0, and says when
// the next is ready.
func (m *memory) first(kind Kind) (task Task, in time.Duration, woken chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found *entry
	for t, e := range m.tasks {
		if t.Kind == kind && !e.running && (found == nil || before(e, found) < 0) {
			task, found = t, e
		}
	}
	if found == nil {
		return task, idle, m.woken
	}
	if in = time.Until(found.since); in <= 0 {
		found.running, found.since = true, time.Now()
	}
	return task, in, m.woken
}

func before(a, b *entry) int {
	return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.order, b.order))
}

func (m *memory) finish(task Task, e ended) {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := m.tasks[task]
	delete(m.tasks, task)
	if after, is, goes := m.options.follows(task, was.past, e, was.again); goes {
		m.enter(task, is, after)
	}
}

func (m *memory) State(context.Context) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	state, now := State{Kinds: map[Kind]Count{}}, time.Now()
	for task, e := range m.tasks {
		since, count := now.Sub(e.since), state.Kinds[task.Kind]
		if e.running {
			count.Running++
			stuck := since > m.options.Bound
			state.Running = append(state.Running, Running{task, m.options.Machine, since, stuck})
		} else {
			count.Waiting++
			count.Lag = max(count.Lag, since)
		}
		if e.Failures > 0 {
			count.Failing++
			in := max(0, -since)
			state.Failing = append(state.Failing, Failing{task, e.Failures, e.Fault, in})
		}
		state.Kinds[task.Kind] = count
	}
	state.sort()
	return state, nil
}

// sort brings the lists in order, and cuts them.
func (s *State) sort() {
	slices.SortFunc(s.Running, func(a, b Running) int {
		return cmp.Or(-cmp.Compare(a.For, b.For), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	slices.SortFunc(s.Failing, func(a, b Failing) int {
		return cmp.Or(-cmp.Compare(a.Failures, b.Failures), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	s.Running = s.Running[:min(len(s.Running), mostListed)]
	s.Failing = s.Failing[:min(len(s.Failing), mostListed)]
}

func (*memory) Close() error { return nil }
