package show

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/desk"
)

// TestMachines shows who shares a ledger, whatever they call themselves.
func TestMachines(t *testing.T) {
	held := []desk.Held{{Source: "acme\x1b", By: "process 7 (serve\x1b on one)", Since: day}}
	at := func(m desk.Machine) desk.Machine {
		m.Roles, m.Version, m.Index, m.Started = []string{"crawl"}, "1", "embedded", day
		return m
	}
	for _, tt := range []struct {
		of   desk.Machines
		want string
	}{
		{desk.Machines{}, "The ledger is in a file: this machine is all there is.\n"},
		{desk.Machines{Shared: true}, "No machine works on the ledger: \"jobsieve serve\" makes this one do so.\n"},
		{desk.Machines{Shared: true, Machines: []desk.Machine{
			at(desk.Machine{Name: "a\x1b:1", SeenAgo: 2.4}), at(desk.Machine{Name: "b:2", SeenAgo: 31}),
			at(desk.Machine{Name: "c:3", Draining: true, Holds: held}), at(desk.Machine{Name: "d:4", Draining: true}),
		}, Others: []desk.Held{{Source: "b", By: "process 9 (run)", Since: day.Add(time.Hour)}}, CutOff: []string{"x", "y"}},
			"machine  roles  version  index     started           seen     state         holds\n" +
				"───────  ─────  ───────  ────────  ────────────────  ───────  ────────────  ─────\n" +
				"a:1      crawl  1        embedded  2026-11-01 12:00  2s ago   at work           0\n" +
				"b:2      crawl  1        embedded  2026-11-01 12:00  31s ago  not heard of      0\n" +
				"c:3      crawl  1        embedded  2026-11-01 12:00  0s ago   draining          1\n" +
				"d:4      crawl  1        embedded  2026-11-01 12:00  0s ago   drained           0\n" +
				"acme: crawled by process 7 (serve on one), since 2026-11-01 12:00\n" +
				"b: crawled by process 9 (run), since 2026-11-01 13:00\n" +
				"Cut off, and may be taken up again: x, y\n"},
		{desk.Machines{Shared: true, Machines: []desk.Machine{at(desk.Machine{Name: "a:1"})}, Tasks: desk.Tasks{
			Kinds: []desk.TaskKind{{Kind: "crawl", Waiting: 12, Running: 4, Failing: 1, Lag: 3.2}, {Kind: "deliver", Waiting: 1, Failing: 1}},
			Running: []desk.RunningTask{
				{Kind: "crawl", Name: "acme\x1b", Machine: "a\x1b:1", For: 25200, Stuck: true}, {Kind: "crawl", Name: "b", Machine: "a:1"},
			},
			Failing: []desk.FailingTask{
				{Kind: "deliver", Failures: 3, Fault: "the index\nis \x1b[31maway", In: 12.3}, {Kind: "crawl", Name: "acme", Failures: 1, Fault: "no"},
			},
		}},
			"machine  roles  version  index     started           seen    state    holds\n" +
				"───────  ─────  ───────  ────────  ────────────────  ──────  ───────  ─────\n" +
				"a:1      crawl  1        embedded  2026-11-01 12:00  0s ago  at work      0\n" +
				"\ntasks    waiting  running  failing  ready for\n" +
				"───────  ───────  ───────  ───────  ─────────\n" +
				"crawl         12        4        1         3s\n" +
				"deliver        1        0        1         0s\n" +
				"crawl acme: stuck: it has run on a:1 for 7h0m0s\n" +
				"deliver: failed 3 times in a row, is tried again in 12s: the index is [31maway\n" +
				"crawl acme: failed 1 time in a row, is tried again now: no\n"},
	} {
		var out bytes.Buffer
		w := Printer{Out: &out, Command: func(args ...string) string { return "jobsieve " + strings.Join(args, " ") }}
		if err := w.Machines(&tt.of); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, out.String()); diff != "" {
			t.Error(diff)
		}
	}
}
