package daemon

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

const (
	// mostSleep is the longest that the daemon does not look at the clock, which may
	// be put right, or have gone on while the machine slept.
	mostSleep = time.Minute
	// observeEvery is how often the sources are judged by what other processes have
	// stored; it is also done when a crawl ends.
	observeEvery = 5 * time.Minute
	// restAfter is how long a source is left alone whose crawl could not begin.
	restAfter = time.Minute
)

// crawls are those of a daemon. Its loop alone uses it.
type crawls struct {
	daemon *Daemon
	// running are the sources that are crawled.
	running map[string]bool
	// rests says until when sources are left alone.
	rests map[string]time.Time
	ended chan end
	group sync.WaitGroup
	// observed is when the sources were judged last, observing by which configuration.
	observed  time.Time
	observing *config.Config
}

// end is how the crawl of a source ended; begun is false where none began.
type end struct {
	source string
	begun  bool
}

// crawlDue crawls each source when it is due, never twice at once, until the context
// ends, and waits for running crawls to end.
func (d *Daemon) crawlDue(ctx context.Context) {
	c := &crawls{
		daemon: d, running: map[string]bool{}, rests: map[string]time.Time{},
		ended: make(chan end, pipeline.ParallelSources),
	}
	for ctx.Err() == nil {
		timer := time.NewTimer(c.begin(ctx))
		select {
		case <-timer.C:
		case e := <-c.ended:
			c.end(e)
		case <-d.reloaded:
		case <-ctx.Done():
		}
		timer.Stop()
	}
	c.group.Wait()
}

// begin begins the crawls that are due, those that are due longest first, and gives
// how long to wait before it is called again.
func (c *crawls) begin(ctx context.Context) time.Duration {
	line := c.daemon.current()
	c.observe(ctx, line)
	plan := &Plan{Config: line.Config, Ledger: line.Ledger, Now: line.Now}
	dues, err := plan.Due(ctx)
	if err != nil && ctx.Err() == nil {
		c.daemon.Log.Error("what is due can't be read from the ledger", "error", err)
		return restAfter
	}
	slices.SortStableFunc(dues, func(a, b Due) int { return a.At.Compare(b.At) })
	now, wait := line.Now(), mostSleep
	for _, due := range dues {
		name := due.Source.Name
		c.daemon.Metrics.Due(name, due.At)
		if rest := c.rests[name]; rest.After(due.At) {
			due.At = rest
		}
		switch {
		case c.running[name], c.daemon.draining():
		case due.At.After(now):
			wait = min(wait, due.At.Sub(now))
		case len(c.running) < pipeline.ParallelSources: // else one that ends makes room
			c.running[name] = true
			c.group.Go(func() { c.ended <- end{name, c.daemon.crawl(ctx, line, plan, due.Source)} })
		}
	}
	return wait
}

// end notes that a crawl ended.
func (c *crawls) end(e end) {
	delete(c.running, e.source)
	delete(c.rests, e.source)
	c.observed = time.Time{}
	if !e.begun {
		c.rests[e.source] = c.daemon.current().Now().Add(restAfter)
		return
	}
	c.daemon.lookSoon()
}

// observe judges the sources by their receipts, where that is due, for the metrics
// and notices.
func (c *crawls) observe(ctx context.Context, line *pipeline.Line) {
	if before := c.observing; before != line.Config {
		for i := 0; before != nil && i < len(before.Sources); i++ {
			c.daemon.Metrics.Gone(before.Sources[i].Name)
		}
		c.observing, c.observed = line.Config, time.Time{}
	}
	if line.Now().Sub(c.observed) < observeEvery {
		return
	}
	c.observed = line.Now()
	healths := make([]desk.Health, 0, len(line.Config.Sources))
	for i := range line.Config.Sources {
		src := &line.Config.Sources[i]
		receipts, err := line.Ledger.Receipts(ctx, src.Name, desk.RecentRuns)
		if err != nil {
			c.daemon.Log.Error("a source can't be judged", "source", src.Name, "error", err)
			return
		}
		health := desk.Judge(src, receipts)
		c.daemon.Metrics.Source(src.Name, receipts, health.Sick())
		healths = append(healths, health)
	}
	c.daemon.judged(healths)
}

// crawl runs one source, if it is due; begun is false where it did not come to that.
func (d *Daemon) crawl(ctx context.Context, line *pipeline.Line, plan *Plan, src *config.Source) (begun bool) {
	own := *line
	own.Begin = plan.Begin
	sum, err := own.Run(ctx, "serve", []*config.Source{src})
	if errors.Is(err, ledger.ErrDraining) {
		return false // another machine crawls it
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return false // it stays due
	}
	if crawlsBySchedule(d.current().Config, src.Name) { // else nothing would end its fault
		d.note(src.Name, err)
	}
	if err != nil {
		d.Log.Error("crawl failed", "source", src.Name, "error", err)
		return false
	}
	for _, held := range sum.Held {
		d.Log.Warn("crawl put off", "source", src.Name, "for", restAfter, "reason", held)
	}
	for i := range sum.Sources {
		d.Metrics.Receipt(&sum.Sources[i])
	}
	return len(sum.Sources) > 0
}
