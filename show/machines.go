package show

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jobsieve/desk"
	"jobsieve/internal/terminal"
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
	return nil
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
func ago(seconds float64) string {
	return fmt.Sprintf("%s ago", time.Duration(seconds*float64(time.Second)).Round(time.Second))
}
