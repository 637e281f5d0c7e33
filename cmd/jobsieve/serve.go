package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/robfig/cron/v3"

	"jobsieve/config"
	"jobsieve/indexer"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type serveCmd struct {
	waitFlags
	Listen string        `placeholder:"ADDR" help:"Address of /healthz and /metrics (default 127.0.0.1:8790, or listen in the configuration)."`
	Grace  time.Duration `default:"25s" help:"How long running crawls may take to end when the daemon is stopped."`
}

// Help says what the daemon does.
func (*serveCmd) Help() string {
	return `Crawls each source by its schedule, never twice at once, and keeps the index up to the ledger. Searches of other commands are answered through a socket in the data folder. SIGTERM lets each crawl finish the posting that it is reading. SIGHUP is ignored: the configuration is read at the start, so restart the daemon to change it.`
}

// daemon is a running serve.
type daemon struct {
	app     *app
	config  *config.Config
	ledger  *ledger.Ledger
	index   *keeper
	line    *pipeline.Line
	metrics *web.Metrics

	mu     sync.Mutex
	faults map[string]error // what needs a person, by source
}

// Run runs the daemon until it is stopped.
func (cmd *serveCmd) Run(a *app) (err error) {
	a.loud()
	signal.Ignore(syscall.SIGHUP) // the terminal's end, or a habit of reloading, ends no crawl without grace
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	if cmd.Listen != "" {
		c.Listen = cmd.Listen
	}
	lock, err := a.lock(cmd.waitFlags, "serve", "the daemon of "+a.data())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	d := &daemon{app: a, config: c, metrics: web.NewMetrics(), faults: map[string]error{}}
	if err := d.open(cmd.waitFlags); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return d.serve(cmd.Grace)
}

// open opens the ledger, and the embedded index for as long as the daemon
// runs.
func (d *daemon) open(w waitFlags) (err error) {
	a := d.app
	if d.ledger, err = ledger.Open(a.ctx, a.data()); err != nil {
		return err
	}
	d.index = &keeper{
		app: a, config: d.config, ledger: d.ledger, metrics: d.metrics, hold: d.config.Index == config.DefaultIndex,
		failed: make(chan struct{}, 1),
		open: func(ctx context.Context) (indexer.Index, func() error, error) {
			return a.openIndex(ctx, d.config, waitFlags{Wait: indexWait})
		},
	}
	if d.index.hold {
		if d.index.index, d.index.done, err = a.openIndex(a.ctx, d.config, w); err != nil {
			d.index.index = nil
			return errors.Join(err, d.close())
		}
	}
	d.line, err = a.line(d.config, d.ledger, newProgress(nil), waitFlags{Wait: crawlWait})
	if err != nil {
		return err
	}
	d.line.Progress = nil
	d.line.Deliver = func(ctx context.Context, _ func(int)) (ledger.Deliveries, error) {
		counts, err := d.index.Sync(ctx, nil)
		return counts, a.orMissing(counts, err)
	}
	return nil
}

func (d *daemon) close() error {
	var errs []error
	if d.index != nil {
		errs = append(errs, d.index.close())
	}
	if d.ledger != nil {
		errs = append(errs, d.ledger.Close())
	}
	return errors.Join(errs...)
}

// serve answers and crawls until the context ends, then lets crawls finish
// within grace.
func (d *daemon) serve(grace time.Duration) error {
	local, err := web.Listen(d.app.data(), d.config.Index, d.index, d.app.log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", d.config.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen for /healthz and /metrics: %w", err), local.Close(context.Background()))
	}
	public := web.Public(d.metrics, d.healthy)
	errs := make(chan error, 2)
	go func() { errs <- local.Serve() }()
	go func() {
		if err := public.Serve(web.Bound(listener)); !errors.Is(err, http.ErrServerClosed) {
			errs <- err
			return
		}
		errs <- nil
	}()
	jobs, err := d.schedule()
	if err == nil {
		jobs.Start()
		d.app.log.Info("serving", "listen", listener.Addr().String(), "data", d.app.data(), "index", d.config.Index, "scheduled", len(jobs.Entries()))
		ended := d.keepIndex()
		defer ended()
		select {
		case <-d.app.ctx.Done():
		case err = <-errs:
		}
		d.stop(jobs, grace)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(err, public.Shutdown(ctx), local.Close(ctx))
}

// keepIndex begins to keep the index up to the ledger; the result ends that.
func (d *daemon) keepIndex() (end func()) {
	ctx, cancel := context.WithCancel(d.app.ctx)
	var group sync.WaitGroup
	group.Go(func() { d.index.run(ctx) })
	return func() {
		cancel()
		group.Wait()
	}
}

// stop waits for running crawls to end.
func (d *daemon) stop(jobs *cron.Cron, grace time.Duration) {
	d.app.log.Info("stopping", "grace", grace)
	select {
	case <-jobs.Stop().Done():
	case <-time.After(grace):
		d.app.log.Error("some crawls did not end in time; what they stored is safe")
	}
}

// schedule makes the jobs of all sources: never two of one source at once, and
// a panic in one leaves the others running.
func (d *daemon) schedule() (*cron.Cron, error) {
	zone, err := time.LoadLocation(d.config.Timezone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	log := cronLog{d.app}
	jobs := cron.New(cron.WithLocation(zone), cron.WithChain(cron.SkipIfStillRunning(log), cron.Recover(log)))
	for i := range d.config.Sources {
		src := &d.config.Sources[i]
		if src.Schedule == "" || src.Disabled {
			continue
		}
		schedule, err := parseSchedule(src.Schedule)
		if err != nil {
			return nil, err
		}
		jobs.Schedule(schedule, cron.FuncJob(func() { d.crawl(src) }))
	}
	return jobs, nil
}

// cronLog hands the scheduler's messages to the log.
type cronLog struct{ app *app }

func (l cronLog) Info(msg string, kv ...any) { l.app.log.Debug("schedule: "+msg, kv...) }
func (l cronLog) Error(err error, msg string, kv ...any) {
	l.app.log.Error("schedule: "+msg, append(kv, "error", err)...)
}

// crawlWait is how long a scheduled crawl waits for another process that crawls
// the source.
const crawlWait = 10 * time.Minute

// crawl runs one source.
func (d *daemon) crawl(src *config.Source) {
	sum, err := d.line.Run(d.app.ctx, "serve", []*config.Source{src})
	d.note(src.Name, err)
	if err != nil {
		d.app.log.Error("crawl failed", "source", src.Name, "error", err)
		return
	}
	for _, held := range sum.Held {
		d.app.log.Warn("crawl left out", "source", src.Name, "reason", held)
	}
	for i := range sum.Sources {
		d.metrics.Receipt(&sum.Sources[i])
	}
}

// note remembers whether a source needs a person.
func (d *daemon) note(source string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults[source] = err
}

// healthy gives all that needs a person.
func (d *daemon) healthy() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs := []error{d.index.healthy()}
	for _, name := range slices.Sorted(maps.Keys(d.faults)) {
		if err := d.faults[name]; err != nil {
			errs = append(errs, fmt.Errorf("source %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}
