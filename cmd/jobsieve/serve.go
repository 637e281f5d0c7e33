package main

import (
	"context"
	"errors"
	"os/signal"
	"syscall"
	"time"

	"jobsieve/daemon"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/web"
)

type serveCmd struct {
	waitFlags
	Listen string        `placeholder:"ADDR" help:"Address of /healthz and /metrics (default 127.0.0.1:8790, or listen in the configuration)."`
	Grace  time.Duration `default:"25s" help:"How long running crawls may take to end when the daemon is stopped."`
}

// Help says what the daemon does.
func (*serveCmd) Help() string {
	return `Crawls each source by its schedule, never twice at once, and keeps the index up to date with the ledger. Searches of other commands are answered through a socket in the data folder. SIGTERM lets each crawl finish the posting that it is reading. SIGHUP is ignored: the configuration is read at the start, so restart the daemon to change it.`
}

// Run runs the daemon until it is stopped.
func (cmd *serveCmd) Run(a *app) (err error) {
	a.loud()
	signal.Ignore(syscall.SIGHUP) // a closed terminal, or a habit of reloading, must not end a crawl without grace
	d, err := a.desk(true)
	if err != nil {
		return err
	}
	if cmd.Listen != "" {
		d.Config.Listen = cmd.Listen
	}
	lock, err := a.lock(cmd.waitFlags, "serve", "the daemon's place in "+a.data())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	l, err := ledger.Open(a.ctx, a.data())
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
	running := daemon.Daemon{
		Dir: a.data(), Config: d.Config, Log: a.log, Index: keeper, Line: line, Metrics: metrics, Grace: cmd.Grace,
	}
	return running.Serve(a.ctx)
}
