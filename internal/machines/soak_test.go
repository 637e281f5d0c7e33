//go:build linux

package machines

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
	"jobsieve/ledger"
)

// size is how large a world is.
type size struct {
	hosts, pages int
	delays       spread
}

// TestMachinesDisturbed lets three machines crawl a world into one ledger: one is killed, one
// is paused for longer than others wait for it, and their database is restarted, twice, and
// lost to its standby, in an order and at moments that a seed chooses. In the end all is as if one machine had been left
// alone. JOBSIEVE_SOAK makes it the long way: twenty seeds, or as many as SEEDS says.
func TestMachinesDisturbed(t *testing.T) {
	world := size{hosts: 24, pages: 40, delays: spread{200 * time.Millisecond, 600 * time.Millisecond}}
	seeds := []uint64{1, 2}
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		world = size{hosts: 60, pages: 100, delays: spread{100 * time.Millisecond, 300 * time.Millisecond}}
		seeds = soakSeeds(t)
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { disturbed(t, seed, world) })
	}
}

// soakSeeds are the seeds of the long way: those that SEEDS names, as a number of them or as
// a list with commas.
func soakSeeds(t *testing.T) (seeds []uint64) {
	t.Helper()
	const usual = "20"
	text := os.Getenv("SEEDS")
	if text == "" {
		text = usual
	}
	for part := range strings.SplitSeq(text, ",") {
		seed, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			t.Fatalf("SEEDS: expected a number of seeds, or seeds with commas, such as 3,17: %v", err)
		}
		seeds = append(seeds, seed)
	}
	if strings.Contains(text, ",") {
		return seeds
	}
	most := seeds[0]
	seeds = nil
	for seed := range most {
		seeds = append(seeds, seed+1)
	}
	return seeds
}

// undisturbed has one machine crawl the world, with a ledger in a folder and without delays;
// it gives the pages that were asked for, and the export.
func undisturbed(t testing.TB, w *world) (want map[request]int, export []byte) {
	t.Helper()
	w.quicken(true)
	m := newMachine(t, w, program(t), "alone", "")
	m.run(t, partly, "run")
	return pages(w.quicken(false)), m.run(t, done, "export")
}

// The exit codes of commands that were done, and of those whose rows wait for the index too.
var (
	done   = []int{0}
	partly = []int{0, 3}
)

// soak is machines in a world, that are disturbed.
type soak struct {
	*testing.T
	world    *world
	want     map[request]int
	pair     *pgtest.Pair
	machines []*machine
	random   *rand.Rand

	group sync.WaitGroup
	mu    sync.Mutex
	noted []disturbance
}

func disturbed(t *testing.T, seed uint64, of size) {
	random := rand.New(rand.NewPCG(seed, 1))
	s := &soak{T: t, random: random, pair: pgtest.NewPair(t), world: newWorld(t, random, of.hosts, of.pages, of.delays)}
	want, export := undisturbed(t, s.world)
	s.want = want
	for i := range 3 {
		s.machines = append(s.machines, newMachine(t, s.world, program(t), fmt.Sprintf("machine-%d", i), s.pair.Locator()))
	}
	for _, m := range s.machines {
		m.serve(t)
	}
	s.disturb()
	s.finish()
	for _, m := range s.machines {
		m.stop(t)
	}
	log := s.world.asked()
	s.judge(log, export)
	t.Logf("seed %d: %d requests for %d pages in %s", seed, len(log), len(want), s.world.now().Round(time.Second))
	if t.Failed() {
		t.Logf("seed %d failed; what was done: %s", seed, s.story())
	}
}

// step is one thing that is done to machines.
type step struct {
	what string
	do   func()
}

// disturb does all that is done, each when the next part of the pages was asked for.
func (s *soak) disturb() {
	order := s.random.Perm(len(s.machines))
	killed, paused := s.machines[order[0]], s.machines[order[1]]
	steps := []step{
		{"killed", func() { s.kill(killed) }},
		{"paused", func() { s.pause(paused) }},
		{"the database restarted", func() { s.database("restarted", func() error { return s.pair.Restart(false, s.down()) }) }},
		{"the database ended at once", func() { s.database("ended at once", func() error { return s.pair.Restart(true, s.down()) }) }},
		{"the primary lost", func() {
			s.database("lost", func() error { return s.pair.Promote(s.random.IntN(2) == 0, s.down()) })
		}},
	}
	s.random.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for i, step := range steps {
		part := (float64(i) + s.random.Float64()) / float64(len(steps)+1)
		s.await(int(part * float64(len(s.want))))
		step.do()
	}
	s.group.Wait()
}

// down is how long a database is away.
func (s *soak) down() time.Duration { return upTo(s.random, time.Second) }

// stalls is how long nothing may happen until the world is taken to stand still.
const stalls = 30 * time.Second

// await waits until so many requests came, or none come any more.
func (s *soak) await(requests int) {
	for at, last := 0, time.Now(); time.Since(last) < stalls; time.Sleep(time.Millisecond) {
		now := len(s.world.asked())
		if now >= requests {
			return
		}
		if now > at {
			at, last = now, time.Now()
		}
	}
}

// note notes what was done from a moment until now.
func (s *soak) note(what string, m *machine, from time.Duration) {
	d := disturbance{what: what, from: from, until: s.world.now()}
	if m != nil {
		d.machine = m.name
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.noted = append(s.noted, d)
}

// kill kills a machine's daemon; in half of the worlds it is started again soon.
func (s *soak) kill(m *machine) {
	from := s.world.now()
	m.kill(s)
	s.note("killed", m, from)
	if s.random.IntN(2) == 0 {
		return
	}
	later := upTo(s.random, 5 * time.Second)
	s.group.Go(func() {
		time.Sleep(later)
		m.serve(s)
	})
}

// lease is how long a machine's claims hold that says nothing any more.
const lease = 15 * time.Second

// pause stops a machine for longer than its claims hold, and wakes it.
func (s *soak) pause(m *machine) {
	from, length := s.world.now(), lease+2*time.Second+upTo(s.random, 5*time.Second)
	m.signal(s, syscall.SIGSTOP)
	s.group.Go(func() {
		time.Sleep(length)
		s.note("paused", m, from)
		m.signal(s, syscall.SIGCONT)
	})
}

// database does something to the database of all.
func (s *soak) database(what string, do func() error) {
	from := s.world.now()
	if err := do(); err != nil {
		s.Fatal(err)
	}
	s.note("database "+what, nil, from)
}

// story says what was done.
func (s *soak) story() string {
	var b strings.Builder
	for _, d := range s.noted {
		fmt.Fprintf(&b, "\n%s %s from %s to %s", d.what, d.machine, d.from, d.until)
	}
	for _, m := range s.machines {
		fmt.Fprintf(&b, "\n%s said at last:\n%s", m.name, m.log())
	}
	return b.String()
}

// bound is how long a world may take.
const bound = 5 * time.Minute

// finish waits until every source was read to its end. What the machines leave, a command of
// one of them goes on with, as people do.
func (s *soak) finish() {
	l, err := ledger.Open(s.Context(), s.pair.Locator())
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	quiet := time.Now()
	for asked := 0; ; time.Sleep(time.Second) {
		left := s.left(l)
		if len(left) == 0 {
			return
		}
		if now := len(s.world.asked()); now > asked {
			asked, quiet = now, time.Now()
		}
		if time.Since(quiet) > stalls {
			s.Logf("left to a command: %v", left)
			for _, name := range left {
				s.machines[0].run(s, partly, "run", "--source", name)
			}
		}
		if s.world.now() > bound {
			s.Fatalf("after %s these are not read to their end: %v%s", bound, left, s.story())
		}
	}
}

// left gives the sources that have no receipt of a crawl that came to its end.
func (s *soak) left(l *ledger.Ledger) (names []string) {
	receipts, err := l.Receipts(s.Context(), "", mostReceipts)
	if err != nil {
		s.Fatal(err)
	}
	ended := map[string]bool{}
	for i := range receipts {
		ended[receipts[i].Source] = ended[receipts[i].Source] || receipts[i].Complete
	}
	for name := range s.world.boards() {
		if !ended[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// mostReceipts is more receipts than a world has.
const mostReceipts = 10_000

// judge compares what came of it with what comes of one machine that is left alone.
func (s *soak) judge(log []request, export []byte) {
	const most = 20
	faults := judge(s.world, log, s.want, s.noted)
	for _, fault := range faults[:min(most, len(faults))] {
		s.Error(fault)
	}
	if len(faults) > most {
		s.Errorf("and %d more", len(faults)-most)
	}
	s.judgeReceipts()
	postings := 0
	for _, b := range s.world.boards() {
		postings += b.postings
	}
	const rows = "SELECT (SELECT count(*) FROM posting), (SELECT count(*) FROM version), (SELECT max(version) FROM version)"
	if got, want := pgtest.Query(s, s.pair.Locator(), rows), fmt.Sprintf("%d|%d|1", postings, postings); got != want {
		s.Errorf("postings, their versions and the highest of these are %s, want %s", got, want)
	}
	if !bytes.Equal(s.machines[0].run(s, done, "export"), export) {
		s.Error("the export differs from that of a machine that was left alone")
	}
	s.machines[0].run(s, partly, "verify")
}

// judgeReceipts sees that each source was read once to its end, and that its receipts add up.
func (s *soak) judgeReceipts() {
	l, err := ledger.Open(s.Context(), s.pair.Locator())
	if err != nil {
		s.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	receipts, err := l.Receipts(s.Context(), "", mostReceipts)
	if err != nil {
		s.Fatal(err)
	}
	ended := map[string]int{}
	for i := range receipts {
		r := &receipts[i]
		want := s.world.boards()[r.Source].postings
		if !r.AddUp() || r.Changed+r.Rejected+r.Repeated > 0 || r.Failed {
			s.Errorf("the receipt of %s is %+v", r.Source, r)
		}
		if r.Complete {
			ended[r.Source]++
			if r.Seen != want {
				s.Errorf("the last crawl of %s has seen %d of %d postings", r.Source, r.Seen, want)
			}
		}
	}
	for name := range s.world.boards() {
		if ended[name] != 1 {
			s.Errorf("%s was read to its end %d times", name, ended[name])
		}
	}
}
