//go:build linux

package machines

import (
	"strings"
	"testing"
	"time"
)

// TestJudge shows the judge logs, of two pages of one host that asks for a second, with and
// without faults.
func TestJudge(t *testing.T) {
	w := &world{hosts: []*host{{delay: time.Second}}}
	asked := func(second float64, page, machine string) request {
		return request{at: time.Duration(second * float64(time.Second)), page: page, machine: machine}
	}
	want := map[request]int{{page: "a"}: 1, {page: "b"}: 1}
	killed := disturbance{what: "killed", machine: "one", from: 5 * time.Second, until: 5 * time.Second}
	paused := disturbance{what: "paused", machine: "one", from: 5 * time.Second, until: 25 * time.Second}
	database := disturbance{what: "lost", from: 5 * time.Second, until: 6 * time.Second}
	for name, test := range map[string]struct {
		log   []request
		done  []disturbance
		fault string // a part of the one fault; empty for none
	}{
		"right":                  {log: []request{asked(1, "a", "one"), asked(2, "b", "two")}},
		"a page is missing":      {log: []request{asked(1, "a", "one")}, fault: `never asked for "b"`},
		"a page too many":        {log: []request{asked(1, "a", "one"), asked(2, "b", "one"), asked(3, "c", "one")}, fault: `asked for "c"`},
		"twice":                  {log: []request{asked(1, "a", "one"), asked(2, "b", "one"), asked(3, "a", "two")}, fault: `asked twice for "a"`},
		"too soon":               {log: []request{asked(1, "a", "one"), asked(1.7, "b", "two")}, fault: "came 700ms after another"},
		"a bit too soon":         {log: []request{asked(1, "a", "one"), asked(1.9, "b", "two")}},
		"the last before a kill": {log: []request{asked(1, "a", "one"), asked(3, "b", "one"), asked(7, "b", "two")}, done: []disturbance{killed}},
		"not the last before a kill": {
			log: []request{asked(1, "a", "one"), asked(3, "b", "one"), asked(7, "a", "two")}, done: []disturbance{killed}, fault: `twice for "a"`,
		},
		"another machine's last": {
			log: []request{asked(1, "a", "two"), asked(3, "b", "two"), asked(7, "b", "two")}, done: []disturbance{killed}, fault: `twice for "b"`,
		},
		"the first after a pause": {log: []request{asked(1, "a", "one"), asked(20, "b", "two"), asked(26, "b", "one")}, done: []disturbance{paused}},
		"the second after a pause": {
			log:  []request{asked(1, "a", "one"), asked(20, "b", "two"), asked(26, "b", "one"), asked(28, "b", "one")},
			done: []disturbance{paused}, fault: `twice for "b"`,
		},
		"while the database was lost": {log: []request{asked(1, "a", "one"), asked(5, "b", "one"), asked(9, "b", "two")}, done: []disturbance{database}},
		"before the database was lost": {
			log: []request{asked(1, "a", "one"), asked(3, "b", "one"), asked(9, "b", "two")}, done: []disturbance{database}, fault: `twice for "b"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			faults := judge(w, test.log, want, test.done)
			switch {
			case test.fault == "" && len(faults) > 0, test.fault != "" && len(faults) != 1:
				t.Errorf("%q", faults)
			case test.fault != "" && !strings.Contains(faults[0], test.fault):
				t.Errorf("%q, want %q", faults, test.fault)
			}
		})
	}
}
