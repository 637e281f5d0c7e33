package daemon

import (
	"context"
	"slices"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/pipeline"
	"jobsieve/work"
)

const (
	// mostSleep is the longest that the daemon does not look at the clock, which may
	// be put right, or have gone on while the machine slept.
	mostSleep = time.Minute
	// observeEvery is how often the sources are judged by what other processes have
	// stored; it is also done when a crawl ends.
	observeEvery = 5 * time.Minute
	// restAfter is how long a source is left alone that another process crawls.
	restAfter = time.Minute
	// lookAllEvery is how often it is looked for what other processes have left to group,
	// to deliver and to tell, and tidyEvery for what was kept long enough.
	lookAllEvery = 5 * time.Minute
	tidyEvery    = time.Hour
)

// addRests is how many times as long as adding what is due took it rests until a crawl that
// ends has it look again: of very many sources, some end at every moment.
const addRests = 10

// rest waits, or until the context ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// scheduler adds tasks when they are due. Its loop alone uses it.
type scheduler struct {
	daemon *Daemon
	// observed is when the sources were judged last, observing by which configuration.
	observed  time.Time
	observing *config.Config
	// looked and tidied are when those tasks were added last.
	looked, tidied time.Time
}

// scheduleUntil adds what is due to the tasks, until the context ends.
func (d *Daemon) scheduleUntil(ctx context.Context) {
	s := &scheduler{daemon: d}
	for ctx.Err() == nil {
		began := time.Now()
		timer := time.NewTimer(s.add(ctx))
		rests := min(addRests*time.Since(began), restAfter)
		select {
		case <-timer.C:
		case <-d.ended:
			s.observed = time.Time{}
			rest(ctx, rests)
		case <-d.reloaded:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// add adds what is due, and gives how long to wait before it is called again.
func (s *scheduler) add(ctx context.Context) time.Duration {
	d, line := s.daemon, s.daemon.current()
	s.observe(ctx, line)
	if d.draining() {
		d.tellTasks(ctx)
		return lookEvery
	}
	tasks, wait, err := s.crawls(ctx, line)
	if err != nil && ctx.Err() == nil {
		d.Log.Error("what is due can't be read from the ledger", "error", err)
		wait = restAfter
	}
	if now := line.Now(); now.Sub(s.looked) >= lookAllEvery {
		s.looked = now
		d.lookAtIndex(ctx)
		for _, kind := range []work.Kind{groupTask, deliverTask, tellTask} {
			tasks = append(tasks, work.Task{Kind: kind})
		}
		left, err := line.Ledger.UndoneChunks(ctx)
		if err != nil && ctx.Err() == nil {
			d.Log.Error("what is left to relabel can't be read from the ledger", "error", err)
		}
		tasks = append(tasks, RelabelTasks(left)...)
	}
	if now := line.Now(); now.Sub(s.tidied) >= tidyEvery {
		s.tidied = now
		tasks = append(tasks, work.Task{Kind: tidyTask})
	}
	if err := d.Tasks.Add(ctx, tasks...); err != nil && ctx.Err() == nil {
		d.Log.Error("what is due can't be added to the tasks", "error", err)
		s.looked, s.tidied = time.Time{}, time.Time{}
		return restAfter
	}
	d.tellTasks(ctx)
	return wait
}

// crawls gives the sources that are due, those that are due longest first, and those whose
// crawls were begun and are done by nobody; and how long it is until the next is due.
func (s *scheduler) crawls(
	ctx context.Context, line *pipeline.Line,
) (tasks []work.Task, wait time.Duration, err error) {
	plan := &Plan{Config: line.Config, Ledger: line.Ledger, Now: line.Now}
	dues, err := plan.Due(ctx)
	if err != nil {
		return nil, 0, err
	}
	slices.SortStableFunc(dues, func(a, b Due) int { return a.At.Compare(b.At) })
	wait = mostSleep
	for _, due := range dues {
		s.daemon.Metrics.Due(due.Source.Name, due.At)
		if in := due.At.Sub(line.Now()); in > 0 {
			wait = min(wait, in)
		} else {
			tasks = append(tasks, work.Task{Kind: crawlTask, Name: due.Source.Name})
		}
	}
	begun, err := line.Ledger.Unended(ctx)
	for _, source := range begun {
		if crawlsBySchedule(line.Config, source) {
			tasks = append(tasks, work.Task{Kind: crawlTask, Name: source})
		}
	}
	return tasks, wait, err
}

// observe judges the sources by their receipts, where that is due, for the metrics.
func (s *scheduler) observe(ctx context.Context, line *pipeline.Line) {
	if before := s.observing; before != line.Config {
		for i := 0; before != nil && i < len(before.Sources); i++ {
			s.daemon.Metrics.Gone(before.Sources[i].Name)
		}
		s.observing, s.observed = line.Config, time.Time{}
	}
	if line.Now().Sub(s.observed) < observeEvery {
		return
	}
	s.observed = line.Now()
	err := judge(ctx, line, func(h desk.Health, receipts []job.Receipt) {
		s.daemon.Metrics.Source(h.Source, receipts, h.Sick())
	})
	if err != nil && ctx.Err() == nil {
		s.daemon.Log.Error("sources can't be judged", "error", err)
	}
}
