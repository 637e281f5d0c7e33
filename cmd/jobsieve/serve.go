package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"jobsieve/config"
	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
	"jobsieve/work"
)

type serveCmd struct {
	waitFlags
	Listen  string        `placeholder:"ADDR" help:"Address of the page, /api/v1, /healthz, /metrics and /saved/NAME.rss (default 127.0.0.1:8790, or listen in the configuration)."`
	Grace   time.Duration `default:"25s" help:"How long running crawls may take to end when the daemon is stopped."`
	Workers *int          `placeholder:"N" help:"How many sources this machine crawls at once (default ${workers})."`
	Role    []string      `default:"all" placeholder:"ROLE" help:"What this machine does, where several share a ledger in PostgreSQL: crawl (sources that are due, and compare what is new), deliver (to the index, and tell of what is new), web (the page and the API), or all; several with commas between. Every role answers /healthz and /metrics."`
}

// Help says what the daemon does.
func (*serveCmd) Help() string {
	return `Crawls each source by its schedule, never twice at once, makes up once for crawls that were missed while it was down, and keeps the index up to date with the ledger. Searches of other commands are answered through a socket in the data folder. Analysts find their page at the address, in English and Hindi, and programs the API at /api/v1: docs/api.md. What is new to saved searches is told to their webhooks, and their feeds are at /saved/NAME.rss. On another address than this machine's own, it answers only where the configuration says who may ask, and has TLS or names the proxy in front: see web in the configuration.

SIGTERM lets each crawl finish the posting that it is reading; the next start goes on with it. SIGHUP, or a change of the configuration file or of a file of the rules, has it read both again; where they have faults the ones from before stay, and the log, /healthz and /metrics say so. listen, web, index and elasticsearch only change with a restart.

Several machines may share a ledger in PostgreSQL and an Elasticsearch: each runs "jobsieve serve", with a data folder of its own, and takes what is to be done in turn with the others; docs/scaling.md says how. "jobsieve machines" shows them, "jobsieve drain" readies one for its stop.`
}

// Run runs the daemon until it is stopped.
func (cmd *serveCmd) Run(a *app) (err error) {
	roles, err := cmd.roles()
	if err != nil {
		return err
	}
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
	if err := mayDivide(d, roles); err != nil {
		return err
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
	machine, err := cmd.join(a, d, l, roles)
	if err != nil {
		return err
	}
	if machine != nil {
		defer func() { err = errors.Join(err, machine.Leave(context.WithoutCancel(a.ctx))) }()
	}
	tasks, err := openTasks(a, locator, l, machine)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tasks.Close()) }()
	asked, err := ledger.Open(a.ctx, locator) // so that no crawl waits for the connections of questions
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, asked.Close()) }()
	running := daemon.Daemon{
		Dir: a.data(), Log: a.log, Index: keeper, Line: line, Metrics: metrics, Grace: cmd.Grace,
		Program: version, Hangup: hangup, Files: files, Machine: machine,
		Tasks: tasks, Roles: roles, Workers: cmd.workers(),
		Load: func() (*config.Config, *pipeline.Reader, error) { return cmd.load(a) },
		Desk: func(c *config.Config) *desk.Desk {
			d := a.deskFor(c)
			d.Ledger, d.Index.Kept = asked, keeper
			return d
		},
	}
	return running.Serve(a.ctx)
}

// roles gives the roles of the daemon.
func (cmd *serveCmd) roles() (daemon.Roles, error) {
	if cmd.Workers != nil && (*cmd.Workers < 1 || *cmd.Workers > mostWorkers) {
		return daemon.Roles{}, usage("--workers %d: expected 1 to %d", *cmd.Workers, mostWorkers)
	}
	roles, err := daemon.RolesOf(cmd.Role)
	if err != nil {
		return roles, usage("--role: %w", err)
	}
	if cmd.Workers != nil && !roles.Crawl {
		return roles, usage("--workers %d: a machine with --role %s crawls nothing; leave --workers out, "+
			"or add crawl to --role", *cmd.Workers, roles)
	}
	return roles, nil
}

// mayDivide refuses to divide the roles where this machine is all there is.
func mayDivide(d *desk.Desk, roles daemon.Roles) error {
	if roles != daemon.AllRoles && d.Config.Ledger.IsZero() {
		return usage("--role %s: the ledger is in a file, so this machine is all there is, and does everything; "+
			"leave --role out, or set ledger to a database of PostgreSQL to share the work (docs/scaling.md)", roles)
	}
	if roles != daemon.AllRoles && d.Index.Embedded() {
		return usage("--role %s: the embedded index is in a folder of one machine; leave --role out, "+
			"or set index to the address of an Elasticsearch to share the work (docs/scaling.md)", roles)
	}
	return nil
}

// workers is how many sources are crawled at once.
func (cmd *serveCmd) workers() int {
	if cmd.Workers == nil {
		return pipeline.ParallelSources
	}
	return *cmd.Workers
}

// mostWorkers is how many sources a machine crawls at once, at most: each holds what its
// crawl has met.
const mostWorkers = 256

// alive is how long ago a machine said last that it is there, of one that is.
const alive = 30 * time.Second

// join notes the daemon among the machines that share the ledger; nil where none does. An
// embedded index is refused where there are others: they could not search what this one has.
func (cmd *serveCmd) join(a *app, d *desk.Desk, l *ledger.Ledger, roles daemon.Roles) (*ledger.Membership, error) {
	if !l.Shared() {
		return nil, nil
	}
	keeps := "elasticsearch"
	if d.Index.Embedded() {
		host, _ := os.Hostname() // without one the folder alone tells
		keeps = fmt.Sprintf("embedded in %s:%s", host, d.Dir)
	}
	workers := 0
	if roles.Crawl {
		workers = cmd.workers()
	}
	m, err := l.Join(a.ctx, ledger.Machine{Version: version, Roles: roles.Names(), Workers: workers, Index: keeps})
	if err != nil {
		return nil, err
	}
	if err := embeddedAlone(a.ctx, l, m.ID(), keeps); err != nil {
		return nil, errors.Join(err, m.Leave(context.WithoutCancel(a.ctx)))
	}
	return m, nil
}

// embeddedAlone refuses an embedded index beside other machines, and beside one that has it.
func embeddedAlone(ctx context.Context, l *ledger.Ledger, id, keeps string) error {
	machines, err := l.Machines(ctx)
	if err != nil {
		return err
	}
	for i := range machines {
		m := &machines[i]
		embedded := strings.HasPrefix(m.Index, "embedded") || strings.HasPrefix(keeps, "embedded")
		// One that keeps the same folder has ended: its lock is held here.
		if m.ID != id && m.Ago < alive && embedded && m.Index != keeps {
			const format = "this machine keeps the index %s, and %s, on the same ledger, %s: an embedded index is " +
				"in a folder of one machine, and the others would not find what it has; set index to the " +
				"address of an Elasticsearch on all of them, or stop the other (one that was killed counts for %s)"
			return usage(format, keeps, m.Name, m.Index, alive)
		}
	}
	return nil
}

// openTasks opens the queue of what is to be done; m is nil for a process that is no machine
// of a ledger that several share.
func openTasks(a *app, locator string, l *ledger.Ledger, m *ledger.Membership) (work.Queue, error) {
	options := work.Options{Log: a.log}
	if m != nil {
		options.Machine = m.ID()
	}
	if l.Shared() {
		options.Rescue = alive
		options.Alive = func(ctx context.Context) (ids []string, err error) {
			machines, err := l.Machines(ctx)
			for i := range machines {
				if machines[i].Ago < alive {
					ids = append(ids, machines[i].ID)
				}
			}
			return ids, err
		}
	}
	return work.Open(a.ctx, locator, options)
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
