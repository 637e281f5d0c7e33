package main

import (
	"context"
	"encoding/json"
	"fmt"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
	"jobsieve/pipeline"
)

// line makes the line for a ledger that is open for writing.
func (a *app) line(d *desk.Desk, l *ledger.Ledger, p *terminal.Progress, w waitFlags) (*pipeline.Line, error) {
	r, err := d.Reader()
	if err != nil {
		return nil, err
	}
	return &pipeline.Line{
		Ledger: l, Reader: r, Config: d.Config, Version: version, Now: a.now, Log: a.log,
		Hosts: pipeline.NewHosts(l, a.now), Progress: p.Tell, Wait: w.wait(),
		Deliver: func(ctx context.Context, progress func(int)) (ledger.Deliveries, error) {
			counts, err := d.Index.Sync(ctx, l, progress)
			return counts, d.Index.OrDiffers(counts, err)
		},
	}, nil
}

// finish reports what a run did and gives the error for its exit code.
func (a *app) finish(s *pipeline.Summary, asJSON bool, w waitFlags) error {
	if !asJSON {
		a.show().Summary(s, a.ctx.Err() != nil)
	} else if err := a.writeJSON(s); err != nil {
		return err
	}
	return a.outcome(s, w)
}

// outcome says what a run left out and gives the error for its exit code.
func (a *app) outcome(s *pipeline.Summary, w waitFlags) error {
	for _, held := range s.Held {
		fmt.Fprintf(a.err, "jobsieve: left out: %s\n", terminal.Safe(held))
	}
	held := len(s.Held)
	if w.SkipIfRunning {
		s.Held = nil
	}
	switch {
	case held > 0 && len(s.Sources) == 0 && !w.SkipIfRunning:
		return &codeError{code: exitHeld}
	case s.Partly():
		return partly
	}
	return nil
}

func (a *app) writeJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
