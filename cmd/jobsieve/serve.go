package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
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
	return `Crawls each source by its schedule, never twice at once, and keeps the index up to the ledger. Searches of other commands are answered through a socket in the data folder. SIGTERM lets each crawl finish the posting in hand.`
}

// daemon is a running serve.
type daemon struct {
	app     *app
	config  *config.Config
	ledger  *ledger.Ledger
	index   indexer.Index // nil where it is reached anew each time
	line    *pipeline.Line
	metrics *web.Metrics

	sync  sync.Mutex // held while the index is brought up
	mu    sync.Mutex
	fault error // what needs a person; nil if nothing does
}

// Run runs the daemon until it is stopped.
func (cmd *serveCmd) Run(a *app) (err error) {
	a.loud()
	c, err := a.loadConfig(true)
	if err != nil {
		return err
	}
	if cmd.Listen != "" {
		c.Listen = cmd.Listen
	}
	lock, err := a.lock(cmd.waitFlags, "serve", "the daemon of "+a.data())
	if lock == nil || err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	d := &daemon{app: a, config: c, metrics: web.NewMetrics()}
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
	if err := a.withWriter(w, func(*ledger.Ledger) error { return nil }); err != nil { // brings the schema up
		return err
	}
	if d.config.Index == config.DefaultIndex {
		ix, done, err := a.openIndex(a.ctx, d.config, w)
		if err != nil {
			return err
		}
		d.index = closing{ix, done}
	}
	if d.ledger, err = ledger.OpenReader(a.ctx, a.data()); err != nil {
		return err
	}
	d.line, err = a.line(d.config, d.ledger, newProgress(nil), waitFlags{Wait: crawlWait})
	if err != nil {
		return err
	}
	d.line.Progress = nil
	d.line.Deliver = func(ctx context.Context, _ func(int)) (ledger.Deliveries, error) { return d.Sync(ctx) }
	return nil
}

// closing is an index that gives up its lock when it is closed.
type closing struct {
	indexer.Index
	done func() error
}

func (c closing) Close() error { return c.done() }

func (d *daemon) close() error {
	var errs []error
	if d.index != nil {
		errs = append(errs, d.index.Close())
	}
	if d.ledger != nil {
		errs = append(errs, d.ledger.Close())
	}
	return errors.Join(errs...)
}

// serve answers and crawls until the context ends, then lets crawls finish
// within grace.
func (d *daemon) serve(grace time.Duration) error {
	local, err := web.Listen(d.app.data(), d)
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
		if err := public.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			errs <- err
			return
		}
		errs <- nil
	}()
	jobs, err := d.schedule()
	if err == nil {
		jobs.Start()
		d.app.log.Info("serving", "listen", listener.Addr().String(), "data", d.app.data(), "index", d.config.Index, "scheduled", len(jobs.Entries()))
		d.tryIndex()
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

// tryIndex brings the index up to the ledger at the start; what the last
// process could not deliver waits there.
func (d *daemon) tryIndex() {
	if _, err := d.Sync(d.app.ctx); err != nil && d.app.ctx.Err() == nil {
		d.app.log.Error("index is behind", "error", err)
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
	d.note(err)
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

// note remembers the last fault that needs a person.
func (d *daemon) note(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = err
}

func (d *daemon) healthy() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fault
}

// Search answers the search of another command.
func (d *daemon) Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error) {
	if d.index == nil {
		return nil, errors.New("this daemon holds no embedded index")
	}
	return d.index.Search(ctx, q)
}

// Sync brings the index up to the ledger.
func (d *daemon) Sync(ctx context.Context) (counts ledger.Deliveries, err error) {
	d.sync.Lock()
	defer d.sync.Unlock()
	ix, done := d.index, func() error { return nil }
	if ix == nil {
		if ix, done, err = d.app.openIndex(ctx, d.config, waitFlags{Wait: indexWait}); err != nil {
			counts, countErr := d.app.lastDeliveries(ctx, d.config, d.ledger)
			return counts, errors.Join(err, countErr)
		}
	}
	counts, err = pipeline.Deliver(ctx, d.ledger, ix, d.app.now, nil)
	d.metrics.Documents(counts.Waiting, counts.Refused)
	return counts, errors.Join(err, done())
}
