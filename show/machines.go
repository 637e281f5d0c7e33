package show

import (
	"strconv"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
	"jobsieve/job"
)

// Machines shows who works on the ledger, and what each holds.
func (w *Printer) Machines(m *desk.Machines) error {
	switch {
	case !m.Shared:
		w.say("The ledger is in a file: this machine is all there is.")
	case len(m.Machines) == 0:
		w.say("No machine works on the ledger: \"%s\" makes this one do so.", w.Command("serve"))
	}
	t := terminal.Table{
		Head: []string{"machine", "roles", "version", "index", "started", "seen", "state", "holds"}, Left: 7,
		Whole: []string{"machine"}, Spare: []string{"index", "version", "roles", "started"}, Elsewhere: "--json",
	}
	for i := range m.Machines {
		one := &m.Machines[i]
		t.Rows = append(t.Rows, []string{
			terminal.Safe(one.Name), terminal.Safe(strings.Join(one.Roles, " ")), terminal.Safe(one.Version),
			terminal.Safe(one.Index), minute(one.Started), ago(one.SeenAgo), stateOf(one), strconv.Itoa(len(one.Holds)),
		})
	}
	if len(t.Rows) > 0 {
		if err := t.Write(w.Out); err != nil {
			return err
		}
	}
	for i := range m.Machines {
		w.held(m.Machines[i].Holds)
	}
	w.held(m.Others)
	if len(m.CutOff) > 0 {
		w.say("Cut off, and may be taken up again: %s", terminal.Safe(strings.Join(m.CutOff, ", ")))
	}
	return w.tasks(&m.Tasks)
}

// tasks shows what is to be done, and what of it needs a look.
func (w *Printer) tasks(tasks *desk.Tasks) error {
	t := terminal.Table{Head: []string{"tasks", "waiting", "running", "failing", "ready for"}, Left: 1}
	for _, k := range tasks.Kinds {
		t.Rows = append(t.Rows, []string{
			terminal.Safe(k.Kind), w.figure(k.Waiting), w.figure(k.Running), w.figure(k.Failing), seconds(k.Lag),
		})
	}
	if len(t.Rows) > 0 {
		w.say("")
		if err := t.Write(w.Out); err != nil {
			return err
		}
	}
	for i := range tasks.Running {
		if r := &tasks.Running[i]; r.Stuck {
			const format = "%s: stuck: it has run on %s for %s"
			w.say(format, taskName(r.Kind, r.Name), terminal.Safe(r.Machine), seconds(r.For))
		}
	}
	for i := range tasks.Failing {
		f := &tasks.Failing[i]
		w.say("%s: failed %s %s in a row, %s: %s", taskName(f.Kind, f.Name), w.figure(f.Failures),
			job.Plural(f.Failures, "time", "times"), again(f.In), terminal.Safe(f.Fault))
	}
	return nil
}

// taskName is how a task is called.
func taskName(kind, name string) string {
	return terminal.Safe(strings.TrimSpace(kind + " " + name))
}

// again says when a task is tried again, in seconds.
func again(in float64) string {
	if in <= 0 {
		return "is tried again now"
	}
	return "is tried again in " + seconds(in)
}

// held shows crawls that are held.
func (w *Printer) held(all []desk.Held) {
	for i := range all {
		h := &all[i]
		w.say("%s: crawled by %s, since %s", terminal.Safe(h.Source), terminal.Safe(h.By), minute(h.Since))
	}
}

// stateOf says what there is to know of a machine.
func stateOf(m *desk.Machine) string {
	switch {
	case m.Quiet():
		return "not heard of"
	case m.Draining && len(m.Holds) > 0:
		return "draining"
	case m.Draining:
		return "drained"
	}
	return "at work"
}

// ago says how long ago something was, in seconds.
func ago(s float64) string { return seconds(s) + " ago" }

// seconds is a span of so many seconds, in whole ones.
func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(time.Second).String()
}
