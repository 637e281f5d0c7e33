// Package daemon crawls each source on its schedule, never twice at once, keeps
// the index up to date with the ledger, and answers: other commands through a
// socket in the data folder, health checks and metrics over HTTP.
package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"jobsieve/config"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/serving"
	"jobsieve/pipeline"
	"jobsieve/web"
)

// Daemon is a running daemon.
type Daemon struct {
	// Dir is the data folder.
	Dir    string
	Config *config.Config
	Log    *slog.Logger
	// Index keeps the index.
	Index *chosen.Keeper
	// Line crawls sources; it delivers through Index.
	Line    *pipeline.Line
	Metrics *web.Metrics
	// Grace is how long running crawls may take to end when it is stopped.
	Grace time.Duration

	mu     sync.Mutex
	faults map[string]error // what needs a person, by source
}

// CrawlWait is how long a scheduled crawl waits for another process that crawls
// the source.
const CrawlWait = 10 * time.Minute

// Serve answers and crawls until the context ends, then lets crawls finish
// within Grace.
func (d *Daemon) Serve(ctx context.Context) error {
	local, err := chosen.Listen(d.Dir, d.Config.Index, d.Index, d.Log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", d.Config.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen for /healthz and /metrics: %w", err), local.Close(context.Background()))
	}
	public := web.Public(d.Metrics, d.healthy)
	errs := make(chan error, 2)
	go func() { errs <- local.Serve() }()
	go func() {
		if err := public.Serve(serving.Limit(listener)); !errors.Is(err, http.ErrServerClosed) {
			errs <- err
			return
		}
		errs <- nil
	}()
	jobs, err := d.schedule(ctx)
	if err == nil {
		jobs.Start()
		d.Log.Info("serving", "listen", listener.Addr().String(), "data", d.Dir, "index", d.Config.Index, "scheduled",
			len(jobs.Entries()))
		ended := d.keepIndex(ctx)
		defer ended()
		select {
		case <-ctx.Done():
		case err = <-errs:
		}
		d.stop(jobs)
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, public.Shutdown(late), local.Close(late))
}

// keepIndex begins to keep the index up to date with the ledger; the result
// ends that.
func (d *Daemon) keepIndex(ctx context.Context) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { d.Index.Run(ctx) })
	return func() {
		cancel()
		group.Wait()
	}
}

// stop waits for running crawls to end.
func (d *Daemon) stop(jobs *cron.Cron) {
	d.Log.Info("stopping", "grace", d.Grace)
	select {
	case <-jobs.Stop().Done():
	case <-time.After(d.Grace):
		d.Log.Error("some crawls did not end in time; what they stored is safe")
	}
}

// schedule makes the jobs of all sources: never two of one source at once, and
// a panic in one leaves the others running.
func (d *Daemon) schedule(ctx context.Context) (*cron.Cron, error) {
	zone, err := time.LoadLocation(d.Config.Timezone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	log := cronLog{d.Log}
	jobs := cron.New(cron.WithLocation(zone), cron.WithChain(cron.SkipIfStillRunning(log), cron.Recover(log)))
	for i := range d.Config.Sources {
		src := &d.Config.Sources[i]
		if src.Schedule == "" || src.Disabled {
			continue
		}
		schedule, err := parseSchedule(src.Schedule)
		if err != nil {
			return nil, err
		}
		jobs.Schedule(schedule, cron.FuncJob(func() { d.crawl(ctx, src) }))
	}
	return jobs, nil
}

// cronLog passes the scheduler's messages to the log.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, kv ...any) { l.log.Debug("schedule: "+msg, kv...) }
func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("schedule: "+msg, append(kv, "error", err)...)
}

// crawl runs one source.
func (d *Daemon) crawl(ctx context.Context, src *config.Source) {
	sum, err := d.Line.Run(ctx, "serve", []*config.Source{src})
	d.note(src.Name, err)
	if err != nil {
		d.Log.Error("crawl failed", "source", src.Name, "error", err)
		return
	}
	for _, held := range sum.Held {
		d.Log.Warn("crawl left out", "source", src.Name, "reason", held)
	}
	for i := range sum.Sources {
		d.Metrics.Receipt(&sum.Sources[i])
	}
}

// note remembers whether a source needs a person.
func (d *Daemon) note(source string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.faults == nil {
		d.faults = map[string]error{}
	}
	d.faults[source] = err
}

// healthy gives all that needs a person.
func (d *Daemon) healthy() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs := []error{d.Index.Healthy()}
	for _, name := range slices.Sorted(maps.Keys(d.faults)) {
		if err := d.faults[name]; err != nil {
			errs = append(errs, fmt.Errorf("source %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}
