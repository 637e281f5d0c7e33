package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jobsieve/daemon"
	"jobsieve/desk"
	"jobsieve/filter"
	"jobsieve/internal/terminal"
	"jobsieve/job"
	"jobsieve/ledger"
)

// sharers reports that machines of a role share the ledger.
func sharers(ctx context.Context, l *ledger.Ledger, role string) (bool, error) {
	if !l.Shared() {
		return false, nil
	}
	machines, err := l.Machines(ctx)
	return slices.ContainsFunc(machines, func(m ledger.Machine) bool {
		return m.Ago < alive && !m.Draining && slices.Contains(m.Roles, role)
	}), err
}

// applyShared relabels together with the machines that share the ledger.
func (cmd *relabelCmd) applyShared(a *app, d *desk.Desk, l *ledger.Ledger, f *filter.Filter) (err error) {
	reader, err := d.Reader()
	if err != nil {
		return err
	}
	r := &desk.Relabeller{Program: version, Reader: reader, Now: d.Index.Now}
	id, err := r.Begin(a.ctx, l, f, cmd.Samples)
	if err != nil {
		return err
	}
	chunks, err := l.Chunks(a.ctx, id)
	if err != nil {
		return err
	}
	tasks, err := openTasks(a, d.Config.LedgerIn(d.Dir), l, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tasks.Close()) }()
	if err := tasks.Add(a.ctx, daemon.RelabelTasks(chunks)...); err != nil {
		return err
	}
	err = takePart(a, l, r, id, len(chunks))
	if a.ctx.Err() != nil {
		again := a.command(append([]string{"relabel", "--apply"}, f.Args()...)...)
		a.note("jobsieve: stopped; the machines go on with what is left; to join in: %s", again)
		return partly
	}
	if err != nil {
		return err
	}
	if err := tasks.Add(a.ctx, daemon.GroupTask()); err != nil {
		return err
	}
	m, err := r.Relabelling(a.ctx, l, id, cmd.Samples)
	if err != nil {
		return err
	}
	if !cmd.JSON {
		a.note("jobsieve: %s of %s read by machines; those with other rules, another version or other pay of sources "+
			"leave them", job.Grouped(float64(m.ByMachines)), job.Count(m.Chunks, "chunk"))
	}
	return cmd.tellApplied(a, d, l, f, m.Readings, m.Impact)
}

// takePart does chunks, the last first, while machines do those from the first on, until all
// are done: so many in all. It needs no machine to have these rules.
func takePart(a *app, l *ledger.Ledger, r *desk.Relabeller, id string, chunks int) error {
	p := terminal.NewProgress(a.err)
	defer p.Clear()
	for {
		left, all, err := l.ChunksLeft(a.ctx, id)
		if err != nil {
			return err
		}
		if all < chunks {
			return errors.New("others began to relabel with other rules, or another version, so that what is left of " +
				"this was dropped; see which rules are meant, and run it again")
		}
		p.Tell(fmt.Sprintf("chunks of %s read", job.Grouped(float64(all))), all-left)
		c, err := l.LastChunk(a.ctx, id)
		if errors.Is(err, ledger.ErrNoChunk) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.Chunk(a.ctx, l, c); err != nil && !errors.Is(err, ledger.ErrNoChunk) {
			return err
		}
	}
}
