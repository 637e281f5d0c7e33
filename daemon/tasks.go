package daemon

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"jobsieve/desk"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
	"jobsieve/work"
)

// The tasks of daemons. What is to be done is known from the ledger: a task only says that
// somebody should look.
const (
	crawlTask   work.Kind = "crawl"   // a slice of the crawl of the source that it names
	groupTask   work.Kind = "group"   // what is new is compared and put into clusters
	deliverTask work.Kind = "deliver" // the index is brought up to the ledger
	tellTask    work.Kind = "tell"    // people are told of sick sources and of saved searches
	tidyTask    work.Kind = "tidy"    // what was kept long enough is dropped
	relabelTask work.Kind = "relabel" // the chunk that it names is read again
	fillTask    work.Kind = "fill"    // the part that it names of a new index is delivered
)

var kinds = []work.Kind{crawlTask, groupTask, deliverTask, tellTask, tidyTask, relabelTask, fillTask}

const (
	// sliceTime is how long a crawl goes on before sources that wait have their turn, where
	// machines share a ledger.
	sliceTime = 30 * time.Second
	// againAfter is how long a task waits for another process that is at the same where
	// machines share a ledger: about as long as a machine that is gone still holds it.
	againAfter = 15 * time.Second
)

// command is to which the runs of daemons belong.
const command = "serve"

// tellTasks notes what waits and runs for the metrics.
func (d *Daemon) tellTasks(ctx context.Context) {
	state, err := d.Tasks.State(ctx)
	if err != nil {
		if ctx.Err() == nil {
			d.Log.Error("the state of the tasks can't be read", "error", err)
		}
		return
	}
	for _, kind := range kinds {
		n := state.Kinds[kind]
		d.Metrics.Tasks(string(kind), web.TaskCounts(n))
	}
	d.Metrics.Draining(d.draining())
	d.forget(&state)
}

// forget forgets the faults of sources whose crawls do not fail any more: another machine may
// have taken them up.
func (d *Daemon) forget(state *work.State) {
	under := map[string]bool{}
	for i := range state.Running {
		under[state.Running[i].Name] = true
	}
	for i := range state.Failing {
		under[state.Failing[i].Name] = true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	maps.DeleteFunc(d.faults, func(source string, _ error) bool { return !under[source] })
}

// workUntil does tasks until the context ends, but none while the machine drains.
func (d *Daemon) workUntil(ctx context.Context) {
	for ctx.Err() == nil {
		working, stop := context.WithCancel(ctx)
		workers := d.workers(working)
		if !d.draining() && len(workers.ByKind) > 0 {
			go d.stopToDrain(working, stop)
			if err := d.Tasks.Work(working, workers); err != nil && ctx.Err() == nil {
				d.Log.Error("tasks can't be worked on; it is tried again", "error", err)
			}
		}
		stop()
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// stopToDrain calls stop once the machine drains.
func (d *Daemon) stopToDrain(ctx context.Context, stop func()) {
	if d.Machine == nil {
		return
	}
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for !d.draining() {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
	stop()
}

// workers do what the daemon's roles are. Once stopping ends they stop as soon as they can:
// what is left is known.
func (d *Daemon) workers(stopping context.Context) work.Workers {
	w := work.Workers{ByKind: map[work.Kind]work.Worker{}, Grace: d.Grace}
	add := func(kind work.Kind, most int, do work.Handler) {
		stopped := func(ctx context.Context, name string) (work.Next, error) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(stopping, cancel)()
			next, err := do(ctx, name)
			if stopping.Err() != nil && errors.Is(err, context.Canceled) {
				return work.Next{Again: true}, nil
			}
			return next, err
		}
		w.ByKind[kind] = work.Worker{Most: most, Bound: desk.LongestTask, Do: stopped}
	}
	if d.Roles.Crawl {
		add(crawlTask, d.crawlsAtOnce(), d.crawl)
		add(groupTask, 1, d.group)
		add(tidyTask, 1, d.tidy)
		add(relabelTask, 1, d.relabel)
	}
	if d.Roles.Deliver {
		add(deliverTask, 1, d.deliver)
		add(tellTask, 1, d.tell)
		add(fillTask, 1, d.fill)
	}
	return w
}

// crawlsAtOnce is how many sources are crawled at once.
func (d *Daemon) crawlsAtOnce() int {
	if d.Workers > 0 {
		return d.Workers
	}
	return pipeline.ParallelSources
}

// crawl does a slice of the crawl of a source, if it is due or was begun.
func (d *Daemon) crawl(ctx context.Context, name string) (work.Next, error) {
	line := d.current()
	if !crawlsBySchedule(line.Config, name) {
		return work.Next{}, nil // others may have it in their configuration
	}
	src, err := line.Config.Source(name)
	if err != nil {
		return work.Next{}, err
	}
	own := *line
	own.Begin = (&Plan{Config: line.Config, Ledger: line.Ledger, Now: line.Now, Command: command}).Begin
	receipt, err := own.Slice(ctx, command, src, d.pause(ctx, line.Now))
	var held *ledger.HeldError
	switch {
	case errors.Is(err, ledger.ErrNotDue):
		return work.Next{}, nil
	case errors.Is(err, ledger.ErrDraining):
		return work.Next{Again: true, After: time.Second}, nil
	case errors.As(err, &held), errors.Is(err, ledger.ErrClaimLost):
		d.Log.Warn("crawl put off", "source", name, "for", d.heldFor(), "reason", err)
		return work.Next{Again: true, After: d.heldFor()}, nil
	case ctx.Err() != nil && err != nil:
		return work.Next{}, err
	}
	if crawlsBySchedule(d.current().Config, name) { // else nothing would end its fault
		d.note(name, err)
	}
	if err != nil {
		d.Log.Error("crawl failed", "source", name, "error", err)
		return work.Next{}, err
	}
	if receipt == nil {
		return work.Next{Again: true}, nil
	}
	d.Metrics.Receipt(receipt)
	select {
	case d.ended <- struct{}{}:
	default: // it is known already
	}
	return work.Next{}, d.Tasks.Add(ctx, work.Task{Kind: groupTask})
}

// heldFor is how long a source is left alone that another process crawls.
func (d *Daemon) heldFor() time.Duration {
	if d.Machine == nil {
		return restAfter
	}
	return againAfter
}

// pause says when a slice is to end: when its time is over, where machines share a ledger,
// and when it is stopped.
func (d *Daemon) pause(ctx context.Context, now func() time.Time) func() bool {
	began := now()
	return func() bool {
		return ctx.Err() != nil || d.Machine != nil && now().Sub(began) > sliceTime
	}
}

// group compares what is new, for a while, and puts it into clusters. What is grouped is
// delivered.
func (d *Daemon) group(ctx context.Context, _ string) (work.Next, error) {
	slice, cancel := context.WithTimeout(ctx, sliceTime)
	defer cancel()
	if err := d.current().Group(slice); err != nil {
		return work.Next{}, err
	}
	return work.Next{Again: slice.Err() != nil}, d.Tasks.Add(ctx, work.Task{Kind: deliverTask})
}

// deliver brings the index up to the ledger; what could not be delivered is tried again.
func (d *Daemon) deliver(ctx context.Context, _ string) (work.Next, error) {
	_, err := d.current().Deliver(ctx, nil)
	if err != nil && ctx.Err() == nil {
		d.Log.Error("index is behind", "error", err)
	}
	return work.Next{}, errors.Join(err, d.Tasks.Add(ctx, work.Task{Kind: tellTask}))
}

// lookAtIndex learns what other machines have delivered, if there may be others.
func (d *Daemon) lookAtIndex(ctx context.Context) {
	if d.Machine == nil {
		return
	}
	if err := d.Index.Look(ctx); err != nil && ctx.Err() == nil {
		d.Log.Error("what the index has taken can't be read from the ledger", "error", err)
	}
}

// tell tells people of sources that turn sick or well, and of what is new to saved searches.
func (d *Daemon) tell(ctx context.Context, _ string) (work.Next, error) {
	line := d.current()
	var healths []desk.Health
	err := judge(ctx, line, func(h desk.Health, _ []job.Receipt) { healths = append(healths, h) })
	if err == nil {
		err = d.notify(ctx, line, healths)
	}
	if err != nil && ctx.Err() == nil {
		d.Log.Error("notice failed; it is sent again later", "error", err)
	}
	if err := d.tellSaved(ctx); err != nil && ctx.Err() == nil {
		d.Log.Error("notice of a saved search failed; it is sent again later", "error", err)
	}
	return work.Next{}, ctx.Err()
}

// tidy drops what was kept long enough.
func (d *Daemon) tidy(ctx context.Context, _ string) (work.Next, error) {
	return work.Next{}, d.current().Tidy(ctx)
}

// judge judges the sources by their receipts, the newest of which it gives too.
func judge(ctx context.Context, line *pipeline.Line, each func(desk.Health, []job.Receipt)) error {
	for i := range line.Config.Sources {
		src := &line.Config.Sources[i]
		receipts, err := line.Ledger.Receipts(ctx, src.Name, desk.RecentRuns)
		if err != nil {
			return fmt.Errorf("judge the source %s: %w", src.Name, err)
		}
		each(desk.Judge(src, receipts), receipts)
	}
	return nil
}
