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
	"os"
	"slices"
	"sync"
	"time"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/serving"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/web"
	"jobsieve/web/api"
	"jobsieve/web/guard"
	"jobsieve/web/page"
	"jobsieve/work"
)

// Daemon is a running daemon.
type Daemon struct {
	// Dir is the data folder.
	Dir string
	Log *slog.Logger
	// Index keeps the index.
	Index *chosen.Keeper
	// Line crawls the sources of its configuration, and delivers through Index. It waits for no other process that
	// crawls a source: the source stays due. It is replaced by one with another
	// configuration.
	Line *pipeline.Line
	// Load reads configuration and rules again, whenever Hangup or Files ask for it.
	// It gives the configuration where the rules alone have faults.
	Load   func() (*config.Config, *pipeline.Reader, error)
	Hangup <-chan os.Signal
	Files  *Watch
	// Desk makes the desk that answers with a configuration.
	Desk    func(*config.Config) *desk.Desk
	Metrics *web.Metrics
	// Program is the version of the program.
	Program string
	// Machine is what others see of the daemon where several share the ledger; nil where
	// none does.
	Machine *ledger.Membership
	// Tasks are what is to be done, shared with those machines.
	Tasks work.Queue
	// Roles are what the daemon does; Workers is how many sources it crawls at once, 0 for
	// as many as usual.
	Roles   Roles
	Workers int
	// Grace is how long running crawls may take to end when it is stopped.
	Grace time.Duration

	mu     sync.Mutex
	asked  *desk.Desk       // the desk of the configuration that was in use last
	faults map[string]error // what needs a person, by source
	stale  error            // why the newest configuration is not in use

	reloaded chan struct{} // there is another Line
	ended    chan struct{} // a crawl has ended
}

// Serve answers and crawls until the context ends, then lets crawls finish
// within Grace.
func (d *Daemon) Serve(ctx context.Context) error {
	c := d.Line.Config
	door, err := guard.New(c, d.Log)
	if err != nil {
		return err
	}
	local, err := chosen.Listen(d.Dir, c.Index, d.Index, d.Log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		err = fmt.Errorf("listen for /healthz, /metrics and /api/: %w", err)
		return errors.Join(err, local.Close(context.Background()))
	}
	parts := web.Parts{}
	if d.Roles.Web {
		parts = web.Parts{Page: page.New(d.desk), API: api.New(d.desk, d.Program)}
	}
	public := web.Public(d.Metrics, d.healthy, d.feed, parts)
	errs := make(chan error, 2)
	go func() { errs <- local.Serve() }()
	go func() {
		if err := door.Serve(public, serving.Limit(listener)); !errors.Is(err, http.ErrServerClosed) {
			errs <- err
			return
		}
		errs <- nil
	}()
	d.Log.Info("serving", "listen", listener.Addr().String(), "data", d.Dir, "index", c.Index,
		"roles", d.Roles.String())
	err = d.crawlUntil(ctx, errs)
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, public.Shutdown(late), local.Close(late))
}

// crawlUntil crawls what is due until the context ends, or a server does with an
// error; then it waits for running crawls to end, no longer than Grace.
func (d *Daemon) crawlUntil(ctx context.Context, errs <-chan error) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan struct{})
	go func() {
		d.loop(ctx)
		close(ended)
	}()
	select {
	case <-ctx.Done():
	case err = <-errs:
		cancel()
	}
	d.Log.Info("stopping", "grace", d.Grace)
	select {
	case <-ended:
	case <-time.After(d.Grace):
		d.Log.Error("some crawls did not end in time; what they stored is safe")
	}
	return err
}

// loop adds tasks and does them, and reads the configuration again, until the context ends
// and running tasks do.
func (d *Daemon) loop(ctx context.Context) {
	d.reloaded, d.ended = make(chan struct{}, 1), make(chan struct{}, 1)
	var group sync.WaitGroup
	group.Go(func() { d.scheduleUntil(ctx) })
	group.Go(func() { d.workUntil(ctx) })
	group.Go(func() { d.reloadUntil(ctx) })
	group.Wait()
}

// desk is the desk of the configuration that is in use.
func (d *Daemon) desk() *desk.Desk {
	c := d.current().Config
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked == nil || d.asked.Config != c {
		d.asked = d.Desk(c)
	}
	return d.asked
}

// draining says that no more crawls are to begin.
func (d *Daemon) draining() bool { return d.Machine != nil && d.Machine.Draining() }

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
	if d.stale != nil {
		errs = append(errs, fmt.Errorf("the configuration has faults, and the one from before stays: %w", d.stale))
	}
	for _, name := range slices.Sorted(maps.Keys(d.faults)) {
		if err := d.faults[name]; err != nil {
			errs = append(errs, fmt.Errorf("source %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}
