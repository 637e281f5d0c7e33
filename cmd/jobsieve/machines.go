package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/strictyaml"
	"jobsieve/internal/terminal"
	"jobsieve/ledger"
)

type machinesCmd struct {
	JSON bool `name:"json" help:"Print one JSON object: the machines and what each holds, what other processes hold, what was cut off, and what is to be done."`
}

// Help says what is shown.
func (*machinesCmd) Help() string {
	return `A machine is a daemon, "jobsieve serve", on a ledger that several may share. Shown are its name, HOST:PID, when it said last that it is there, and the crawls that it holds. One that was killed or stands still is not heard of: its crawls are free for the others after 15 seconds, and it is dropped after 10 minutes.

Below are the tasks that the machines share, by kind: crawl (a source), group (compare what is new), deliver (to the index), tell (notices) and tidy. "ready for" is how long the one has been ready that is so the longest; where it grows, the machines are too few. Each task whose last run failed is named with the fault, and so is one that is stuck: it runs for longer than the 6 hours that it may.`
}

// Run shows the machines.
func (cmd *machinesCmd) Run(a *app) error {
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	m, err := d.Machines(a.ctx)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return a.writeJSON(m)
	}
	return a.show().Machines(m)
}

type drainCmd struct {
	Machine string        `arg:"" optional:"" help:"The machine's name, HOST:PID, or ID; \"jobsieve machines\" lists them."`
	All     bool          `help:"Every machine."`
	Undo    bool          `help:"Let it begin crawls again."`
	Wait    time.Duration `default:"1m" help:"How long to wait until it holds nothing."`
}

// Help says how it ends.
func (*drainCmd) Help() string {
	return `Tells a machine to begin no more crawls, and waits until it holds none: then it can be stopped, and nothing is cut off. Sources that are due are crawled by the other machines. Exits with 3 where it still holds something at the end of the wait; it stays told.`
}

// Run drains machines.
func (cmd *drainCmd) Run(a *app) error {
	if cmd.All == (cmd.Machine != "") {
		return usage("drain: expected the name of a machine, or --all; \"%s\" lists them", a.command("machines"))
	}
	d, err := a.desk(false)
	if err != nil {
		return err
	}
	return a.withStored(d, func(l *ledger.Ledger) error {
		if !l.Shared() {
			return usage("drain: the ledger is in a file: this machine is all there is; stop its daemon with " +
				"SIGTERM, which lets each crawl finish the posting that it is reading")
		}
		d.Ledger = l
		chosen, err := cmd.chosen(a, d)
		if err != nil {
			return err
		}
		for i := range chosen {
			err := l.Drain(a.ctx, chosen[i].ID, !cmd.Undo)
			if err != nil && !errors.Is(err, ledger.ErrNoMachine) { // else it has left meanwhile
				return err
			}
		}
		if cmd.Undo {
			fmt.Fprintf(a.out, "%s may begin crawls again.\n", machineNames(chosen))
			return nil
		}
		return cmd.await(a, d, chosen)
	})
}

// chosen gives the machines that are meant.
func (cmd *drainCmd) chosen(a *app, d *desk.Desk) ([]desk.Machine, error) {
	m, err := d.Machines(a.ctx)
	if err != nil || cmd.All {
		return m.Machines, err
	}
	var names []string
	var chosen []desk.Machine
	for _, one := range m.Machines {
		names = append(names, one.Name)
		if one.Name == cmd.Machine || one.ID == cmd.Machine {
			chosen = append(chosen, one)
		}
	}
	if len(names) == 0 {
		return nil, usage("drain: no machine works on the ledger")
	}
	if len(chosen) == 0 {
		return nil, usage("drain: there is no machine %q; %s", cmd.Machine, strictyaml.Expected(cmd.Machine, names))
	}
	return chosen, nil
}

// drainPoll is how often is looked at what a machine still holds.
const drainPoll = time.Second

// await waits until the machines hold nothing.
func (cmd *drainCmd) await(a *app, d *desk.Desk, chosen []desk.Machine) error {
	for began := time.Now(); ; {
		m, err := d.Machines(a.ctx)
		if err != nil {
			return err
		}
		sources := holding(m, chosen)
		if len(sources) == 0 {
			fmt.Fprintf(a.out, "Nothing more is held by %s: it may be stopped.\n", machineNames(chosen))
			return nil
		}
		if time.Since(began) >= cmd.Wait || a.ctx.Err() != nil {
			a.note("jobsieve: still crawled by %s: %s; run the command again to wait on", machineNames(chosen),
				terminal.Safe(strings.Join(sources, ", ")))
			return partly
		}
		select {
		case <-a.ctx.Done():
		case <-time.After(min(drainPoll, cmd.Wait)):
		}
	}
}

// holding names the sources that some machines hold.
func holding(m *desk.Machines, chosen []desk.Machine) (sources []string) {
	for _, one := range m.Machines {
		if !slices.ContainsFunc(chosen, func(c desk.Machine) bool { return c.ID == one.ID }) {
			continue
		}
		for i := range one.Holds {
			sources = append(sources, one.Holds[i].Source)
		}
	}
	return sources
}

// machineNames names machines.
func machineNames(all []desk.Machine) string {
	if len(all) == 0 {
		return "any machine"
	}
	names := make([]string, len(all))
	for i := range all {
		names[i] = terminal.Safe(all[i].Name)
	}
	return strings.Join(names, ", ")
}
