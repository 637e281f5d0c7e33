package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/indexer/chosen"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/pipeline"
	"jobsieve/show"
)

// app is what every command works with.
type app struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	settings config.Settings
	rules    string // the folder that the command line names
	log      *slog.Logger
	now      func() time.Time
	// damaged names the rows of a ledger that could not be read; the others were.
	damaged error
}

// newApp takes what the environment and the flags say.
func newApp(ctx context.Context, c *cli, in io.Reader, out, errOut io.Writer) (*app, error) {
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	a := &app{ctx: ctx, in: in, out: out, err: errOut, rules: c.Rules, now: time.Now}
	a.log = slog.New(slog.NewTextHandler(errOut, &slog.HandlerOptions{Level: level}))
	env, err := config.FromEnvironment(os.Getenv)
	if err != nil && c.Index.String() == "" {
		return nil, &codeError{exitUsage, err}
	}
	a.settings = env.Over(config.Settings{Config: c.Config, Data: c.Data, Index: c.Index})
	return a, nil
}

// loud lets the log report sources and runs, as a daemon's does.
func (a *app) loud() {
	if !a.log.Enabled(a.ctx, slog.LevelInfo) {
		a.log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
}

// terminalOut reports whether people read the output.
func (a *app) terminalOut() bool { return terminal.Columns(a.out) > 0 }

// data is the data folder.
func (a *app) data() string {
	if a.settings.Data != "" {
		return a.settings.Data
	}
	return config.DefaultData
}

var checks = config.Checks{
	Schedule: daemon.CheckSchedule,
	Span:     daemon.Span,
	Selector: func(css string) error {
		_, err := cascadia.ParseGroup(css)
		return err
	},
	Platform: func(platform string) (needs, known []string) {
		if c, ok := ats.Find(platform); ok {
			needs = c.Needs
		}
		return needs, ats.Platforms()
	},
}

// loadConfig reads the configuration; without a file it is the default, unless
// one is needed.
func (a *app) loadConfig(needed bool) (*config.Config, error) {
	path := a.settings.Config
	if path == "" {
		path = config.DefaultFile
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !needed {
			return a.over(config.Default())
		}
	}
	c, err := config.Load(path, checks)
	if err != nil {
		return nil, &codeError{exitUsage, err}
	}
	return a.over(c)
}

// over lays the settings and the environment over the configuration.
func (a *app) over(c *config.Config) (*config.Config, error) {
	if a.rules != "" {
		c.Rules = a.rules
	}
	if err := a.settings.Apply(c, os.Getenv); err != nil {
		return nil, &codeError{exitUsage, err}
	}
	return c, nil
}

// desk makes the desk that answers for the data folder and the configuration.
func (a *app) desk(needed bool) (*desk.Desk, error) {
	c, err := a.loadConfig(needed)
	if err != nil {
		return nil, err
	}
	return a.deskFor(c), nil
}

func (a *app) deskFor(c *config.Config) *desk.Desk {
	index := &chosen.Index{Config: c, Dir: a.data(), Log: a.log, Now: a.now, Command: a.command, Filling: a.filling,
		Added: a.added}
	return &desk.Desk{Dir: a.data(), Config: c, Index: index}
}

// reader makes the reader of postings that the configuration asks for.
func (a *app) reader() (*pipeline.Reader, error) {
	d, err := a.desk(false)
	if err != nil {
		return nil, err
	}
	return d.Reader()
}

// note tells people something beside the output.
func (a *app) note(format string, args ...any) {
	_ = terminal.Say(a.err, fmt.Sprintf(format, args...)) // there is nobody else to tell
}

// show gives the printer that writes for people.
func (a *app) show() *show.Printer { return a.showOn(a.out) }

// showOn gives the printer that writes for people on w.
func (a *app) showOn(w io.Writer) *show.Printer {
	return &show.Printer{Out: w, Command: a.command, NoColour: config.NoColour(os.Getenv)}
}

// added says which fields an index of an earlier version was given.
func (a *app) added(index string, fields []string) {
	const format = "The index %s, which an earlier version made, now has the fields %s too. " +
		"Documents that it holds already get them with \"%s\"."
	a.note(format, index, strings.Join(fields, ", "), a.command("index", "rebuild"))
}

// filling shows that a new index is filled.
func (a *app) filling(documents int, fill func(progress func(done int)) error) error {
	a.note("The index is new: it is filled from the ledger first, with %s.",
		job.Count(documents, "document"))
	p := terminal.NewProgress(a.err)
	defer p.Clear()
	return fill(func(done int) { p.Tell("indexed", done) })
}

// sourceError makes an error of usage of the name of a source that nobody knows.
func sourceError(flag string, err error) error {
	var unknown *config.UnknownSourceError
	if errors.As(err, &unknown) {
		return usage("%s: %w", flag, err)
	}
	return err
}

// aside keeps the news of damaged rows for the end, so that what was read of the
// others is shown first; any other error it gives back.
func (a *app) aside(err error) error {
	if exitCode(err) != exitPartly {
		return err
	}
	a.damaged = errors.Join(a.damaged, err)
	return nil
}

// withWriter runs f with the desk's ledger open for writing. Others may write at the
// same time: each write takes a moment.
func (a *app) withWriter(d *desk.Desk, f func(*ledger.Ledger) error) error {
	return a.withLedger(ledger.Open, d.Config.LedgerIn(d.Dir), f)
}

// withStored is withWriter for a ledger that is there already: its error is
// ledger.ErrNone where there is none.
func (a *app) withStored(d *desk.Desk, f func(*ledger.Ledger) error) error {
	return a.withLedger(ledger.Attach, d.Config.LedgerIn(d.Dir), f)
}

// withLedger runs f with the ledger at a locator, which open opens.
func (a *app) withLedger(
	open func(context.Context, string) (*ledger.Ledger, error), locator string, f func(*ledger.Ledger) error,
) (err error) {
	l, err := open(a.ctx, locator)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return f(l)
}

// lock takes a lock of the data folder. Its error is leftOut where another run
// holds it and that is no fault.
func (a *app) lock(w waitFlags, name, what string) (*ledger.Lock, error) {
	lock, err := ledger.Acquire(a.ctx, a.data(), name, what, w.wait())
	return lock, a.held(w, err)
}

// held gives leftOut for the error of what another run holds, where the flags say
// that this is no fault, and any other error as it is.
func (a *app) held(w waitFlags, err error) error {
	var held *ledger.HeldError
	if w.SkipIfRunning && errors.As(err, &held) {
		a.note("jobsieve: left out: %v", err)
		return leftOut
	}
	return err
}

// command gives a command line that works as it is printed, for the same data
// folder and configuration.
func (a *app) command(args ...string) string {
	var global []string
	for _, f := range [][2]string{
		{"--data", a.settings.Data}, {"--config", a.settings.Config}, {"--index", a.settings.Index.String()},
	} {
		if f[1] != "" {
			global = append(global, f[0], f[1])
		}
	}
	return terminal.CommandLine(append(global, args...)...)
}

// asked gives the desk, and the filter of flags and of words to search for, whose
// names it has checked.
func (a *app) asked(flags *filter.Flags, words string) (*desk.Desk, filter.Filter, error) {
	d, err := a.desk(false)
	if err != nil {
		return nil, filter.Filter{}, err
	}
	f, err := flags.Filter(d.Book(), words)
	if err != nil {
		return nil, f, &codeError{exitUsage, err}
	}
	return d, f, a.checkSources(d, &f)
}

// tellNothing says that nothing passes a filter, which is no error: otherwise, which
// may be empty, or which values no posting has.
func (a *app) tellNothing(d *desk.Desk, f *filter.Filter, otherwise string) error {
	absent, err := a.tellAbsent(d, f)
	switch {
	case err != nil:
		return err
	case otherwise != "":
		a.note("jobsieve: %s", otherwise)
	case absent == 0:
		a.note("jobsieve: no posting passes the filters")
	}
	return nil
}

// tellAbsent says which values of a filter no posting has, and counts them.
func (a *app) tellAbsent(d *desk.Desk, f *filter.Filter) (n int, err error) {
	absent, err := d.Absent(a.ctx, f)
	for i := range absent {
		a.note("jobsieve: %s", terminal.Safe(absent[i].String()))
	}
	return len(absent), a.aside(err)
}

// checkSources refuses sources that neither the configuration nor the ledger
// knows; without a ledger it lets all pass.
func (a *app) checkSources(d *desk.Desk, f *filter.Filter) error {
	for flag, values := range map[string][]string{"--source": f.Asked("source"), "--not source": f.Not["source"]} {
		for _, name := range values {
			if err := sourceError(flag, d.CheckSource(a.ctx, name)); err != nil && !errors.Is(err, ledger.ErrNone) {
				return err
			}
		}
	}
	return nil
}
