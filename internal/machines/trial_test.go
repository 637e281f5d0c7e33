//go:build linux

package machines

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/job"
	"jobsieve/ledger"
)

// size is how large a world is.
type size struct {
	hosts, pages int
	delays       spread
}

// trial is machines that crawl a world into one ledger.
type trial struct {
	testing.TB
	world   *world
	locator string
	// want are the pages that one machine asks for that is left alone, export what it exports.
	want     map[request]int
	export   []byte
	machines []*machine
	random   *rand.Rand

	mu    sync.Mutex
	noted []disturbance
}

// newTrial makes a world, and has one machine crawl it that is left alone.
func newTrial(t testing.TB, seed uint64, of size, locator string) *trial {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	trial := &trial{TB: t, random: random, locator: locator, world: newWorld(t, random, of)}
	trial.want, trial.export = undisturbed(t, trial.world)
	return trial
}

// The exit codes of commands that were done, and of those whose rows wait for the index too.
var (
	done   = []int{0}
	partly = []int{0, 3}
)

// undisturbed has one machine crawl the world, with a ledger in a folder and without delays;
// it gives the pages that were asked for, and the export.
func undisturbed(t testing.TB, w *world) (want map[request]int, export []byte) {
	t.Helper()
	w.quicken(true)
	m := newMachine(t, w, program(t), "alone", "")
	m.run(t, partly, "run")
	return pages(w.quicken(false)), m.run(t, done, "export")
}

// add adds a machine, and starts its daemon.
func (tr *trial) add(program string) *machine {
	tr.Helper()
	m := newMachine(tr, tr.world, program, fmt.Sprintf("machine-%d", len(tr.machines)), tr.locator)
	tr.machines = append(tr.machines, m)
	m.serve(tr)
	return m
}

// stalls is how long nothing may happen until the world is taken to stand still.
const stalls = 20 * time.Second

// await waits until a part of the pages was asked for, or none are any more.
func (tr *trial) await(part float64) {
	requests := int(part * float64(len(tr.want)))
	for at, last := 0, time.Now(); time.Since(last) < stalls; time.Sleep(time.Millisecond) {
		now := tr.world.count()
		if now >= requests {
			return
		}
		if now > at {
			at, last = now, time.Now()
		}
	}
}

// note notes what was done from a moment until now; to the database, where m is nil.
func (tr *trial) note(what string, m *machine, from time.Duration) {
	d := disturbance{what: what, from: from, until: tr.world.now()}
	if m != nil {
		d.machine = m.name
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.noted = append(tr.noted, d)
}

// story says what was done, and what the machines said.
func (tr *trial) story() string {
	var b strings.Builder
	for _, d := range tr.noted {
		fmt.Fprintf(&b, "\n%s %s from %s to %s", d.what, d.machine, d.from, d.until)
	}
	for _, m := range tr.machines {
		fmt.Fprintf(&b, "\n%s said at last:\n%s", m.name, m.log())
	}
	return b.String()
}

// bound is how long a world may take.
const bound = 12 * time.Minute

// finish waits until every source was read to its end, and stops the machines.
func (tr *trial) finish() {
	for {
		left := tr.left()
		if len(left) == 0 {
			break
		}
		if tr.world.now() > bound {
			tr.Fatalf("after %s these are not read to their end: %v%s", bound, left, tr.story())
		}
		time.Sleep(time.Second)
	}
	for _, m := range tr.machines {
		m.stop(tr)
	}
}

// last is the machine that was added last.
func (tr *trial) last() *machine { return tr.machines[len(tr.machines)-1] }

// left gives the sources that have no receipt of a crawl that came to its end.
func (tr *trial) left() (names []string) {
	ended := map[string]bool{}
	for _, r := range tr.receipts() {
		ended[r.Source] = ended[r.Source] || r.Complete
	}
	for name := range tr.world.boards() {
		if !ended[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// receipts gives all receipts.
func (tr *trial) receipts() []job.Receipt {
	tr.Helper()
	const most = 10_000
	l, err := ledger.Open(tr.Context(), tr.locator)
	if err != nil {
		tr.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	receipts, err := l.Receipts(tr.Context(), "", most)
	if err != nil {
		tr.Fatal(err)
	}
	return receipts
}

// judge compares what came of it with what comes of one machine that is left alone.
func (tr *trial) judge() {
	const most = 20
	log := tr.world.asked()
	faults := judge(tr.world, log, tr.want, tr.noted)
	for _, fault := range faults[:min(most, len(faults))] {
		tr.Error(fault)
	}
	if len(faults) > most {
		tr.Errorf("and %d more", len(faults)-most)
	}
	tr.judgeReceipts()
	tr.judgeRows()
	tr.Logf("%d requests for %d pages, in %s", len(log), len(tr.want), log[len(log)-1].at-log[0].at)
	if tr.Failed() {
		tr.Logf("what was done: %s", tr.story())
	}
}

// judgeRows sees that each posting has one row and one version, which are those of a machine
// that is left alone, and that nothing is wrong with the ledger.
func (tr *trial) judgeRows() {
	postings := 0
	for _, b := range tr.world.boards() {
		postings += b.postings
	}
	const rows = "SELECT (SELECT count(*) FROM posting), (SELECT count(*) FROM version), (SELECT max(version) FROM version)"
	if got, want := pgtest.Query(tr, tr.locator, rows), fmt.Sprintf("%d|%d|1", postings, postings); got != want {
		tr.Errorf("postings, their versions and the highest of these are %s, want %s", got, want)
	}
	if !bytes.Equal(tr.last().run(tr, done, "export"), tr.export) {
		tr.Error("the export differs from that of a machine that was left alone")
	}
	tr.last().run(tr, partly, "verify")
}

// judgeReceipts sees that each source was read once to its end, and that receipts add up.
func (tr *trial) judgeReceipts() {
	ended := map[string]int{}
	for _, r := range tr.receipts() {
		if !r.AddUp() || r.Changed+r.Rejected+r.Repeated > 0 || r.Failed {
			tr.Errorf("the receipt of %s is %+v", r.Source, r)
		}
		if !r.Complete {
			continue
		}
		ended[r.Source]++
		if want := tr.world.boards()[r.Source].postings; r.Seen != want {
			tr.Errorf("the last crawl of %s has seen %d of %d postings", r.Source, r.Seen, want)
		}
	}
	for name := range tr.world.boards() {
		if ended[name] != 1 {
			tr.Errorf("%s was read to its end %d times", name, ended[name])
		}
	}
}
