package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"jobsieve/config"
	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
)

type serveCmd struct {
	waitFlags
	Listen string        `placeholder:"ADDR" help:"Address of the page, /api/v1, /healthz, /metrics and /saved/NAME.rss (default 127.0.0.1:8790, or listen in the configuration)."`
	Grace  time.Duration `default:"25s" help:"How long running crawls may take to end when the daemon is stopped."`
}

// Help says what the daemon does.
func (*serveCmd) Help() string {
	return `Crawls each source by its schedule, never twice at once, makes up once for crawls that were missed while it was down, and keeps the index up to date with the ledger. Searches of other commands are answered through a socket in the data folder. Analysts find their page at that address, in English and Hindi, and programs the API at /api/v1: docs/api.md. What is new to saved searches is told to their webhooks, and their feeds are at /saved/NAME.rss. SIGTERM lets each crawl finish the posting that it is reading. SIGHUP, or a change of the configuration file or of a file of the rules, has it read both again; where they have faults the ones from before stay, and the log, /healthz and /metrics say so. listen, web, index and elasticsearch only change with a restart. On another address than this machine's own, it answers only where the configuration says who may ask, and has TLS or names the proxy in front: see web in the configuration.`
}

// Run runs the daemon until it is stopped.
func (cmd *serveCmd) Run(a *app) (err error) {
	a.loud()
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	d, err := cmd.desk(a)
	if err != nil {
		return err
	}
	if err := d.Config.MayListen(); err != nil {
		return usage("%w", err)
	}
	files := daemon.NewWatch(d.Config)
	lock, err := a.lock(cmd.waitFlags, "serve", "the daemon's place in "+a.data())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	locator := d.Config.LedgerIn(d.Dir)
	l, err := ledger.Open(a.ctx, locator)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	metrics := web.NewMetrics()
	keeper := d.Index.Keep(l, metrics.Documents)
	if err := keeper.Hold(a.ctx, cmd.wait()); err != nil {
		return a.held(cmd.waitFlags, err)
	}
	defer func() { err = errors.Join(err, keeper.Close()) }()
	line, err := a.line(d, l, terminal.NewProgress(nil), waitFlags{})
	if err != nil {
		return err
	}
	line.Progress = nil
	line.Deliver = func(ctx context.Context, _ func(int)) (ledger.Deliveries, error) {
		counts, err := keeper.Sync(ctx, nil)
		return counts, d.Index.OrDiffers(counts, err)
	}
	machine, err := join(a, d, l)
	if err != nil {
		return err
	}
	if machine != nil {
		defer func() { err = errors.Join(err, machine.Leave(context.WithoutCancel(a.ctx))) }()
	}
	asked, err := ledger.Open(a.ctx, locator) // so that no crawl waits for the connections of questions
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, asked.Close()) }()
	running := daemon.Daemon{
		Dir: a.data(), Log: a.log, Index: keeper, Line: line, Metrics: metrics, Grace: cmd.Grace,
		Program: version, Hangup: hangup, Files: files, Machine: machine,
		Load: func() (*config.Config, *pipeline.Reader, error) { return cmd.load(a) },
		Desk: func(c *config.Config) *desk.Desk {
			d := a.deskFor(c)
			d.Ledger, d.Index.Kept = asked, keeper
			return d
		},
	}
	return running.Serve(a.ctx)
}

// join notes the daemon among the machines that share the ledger; nil where none does.
func join(a *app, d *desk.Desk, l *ledger.Ledger) (*ledger.Membership, error) {
	if !l.Shared() {
		return nil, nil
	}
	m := ledger.Machine{
		Version: version, Roles: []string{"crawl", "index", "answer"}, Workers: pipeline.ParallelSources,
		Index: "elasticsearch",
	}
	if d.Index.Embedded() {
		m.Index = "embedded"
	}
	return l.Join(a.ctx, m)
}

// desk makes the desk of the configuration as it is now.
func (cmd *serveCmd) desk(a *app) (*desk.Desk, error) {
	d, err := a.desk(true)
	if err == nil && cmd.Listen != "" {
		d.Config.Listen = cmd.Listen
	}
	return d, err
}

// load reads the configuration and its rules.
func (cmd *serveCmd) load(a *app) (*config.Config, *pipeline.Reader, error) {
	d, err := cmd.desk(a)
	if err != nil {
		return nil, nil, err
	}
	reader, err := d.Reader()
	return d.Config, reader, err
}
