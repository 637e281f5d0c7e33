//go:build linux

package machines

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jobsieve/internal/pgtest"
)

// TestMachinesDisturbed lets three machines crawl a world into one ledger. One is killed, one
// is paused for longer than its claims hold, and their database is restarted, ended at once,
// and lost to its standby, in an order and at moments that a seed chooses. In the end all is
// as if one machine had been left alone. JOBSIEVE_SOAK makes it the long way: twenty seeds,
// or those that SEEDS says.
func TestMachinesDisturbed(t *testing.T) {
	world := size{hosts: 24, pages: 40, delays: spread{150 * time.Millisecond, 500 * time.Millisecond}}
	seeds := []uint64{1, 2}
	if os.Getenv("JOBSIEVE_SOAK") != "" {
		world = size{hosts: 60, pages: 100, delays: spread{100 * time.Millisecond, 300 * time.Millisecond}}
		seeds = soakSeeds(t)
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel() // they wait most of the time
			s := &soak{pair: pgtest.NewPair(t)}
			s.trial = newTrial(t, seed, world, s.pair.Locator())
			for range 3 {
				s.add(program(t))
			}
			s.disturb()
			s.finish()
			s.judge()
		})
	}
}

// soakSeeds are the seeds of the long way: as many as SEEDS says, or those that it lists with
// commas.
func soakSeeds(t *testing.T) (seeds []uint64) {
	t.Helper()
	const usual = "20"
	text := os.Getenv("SEEDS")
	if text == "" {
		text = usual
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(text, ","), ",") {
		seed, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			t.Fatalf("SEEDS: expected how many seeds, or a list of seeds that has a comma, such as 3, or 3,17: %v", err)
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

// soak is a trial whose machines and database are disturbed.
type soak struct {
	*trial
	pair  *pgtest.Pair
	group sync.WaitGroup
}

// disturb does all that is done, each when the next part of the pages was asked for, and
// waits until it is over.
func (s *soak) disturb() {
	order := s.random.Perm(len(s.machines))
	killed, paused := s.machines[order[0]], s.machines[order[1]]
	steps := []func(){
		func() { s.kill(killed) },
		func() { s.pause(paused) },
		func() { s.database("restarted", func() error { return s.pair.Restart(false, s.down()) }) },
		func() { s.database("ended at once", func() error { return s.pair.Restart(true, s.down()) }) },
		func() { s.database("lost", func() error { return s.pair.Promote(s.random.IntN(2) == 0, s.down()) }) },
	}
	s.random.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for i, step := range steps {
		s.await((float64(i) + s.random.Float64()) / float64(len(steps)+1))
		step()
	}
	s.group.Wait()
}

// down is how long a database is away.
func (s *soak) down() time.Duration { return upTo(s.random, time.Second) }

// kill kills a machine's daemon; in half of the worlds it is started again soon.
func (s *soak) kill(m *machine) {
	from := s.world.now()
	m.kill(s)
	s.note("killed", m, from)
	if s.random.IntN(2) == 0 {
		return
	}
	const most = 5 * time.Second
	later := upTo(s.random, most)
	s.group.Go(func() {
		time.Sleep(later)
		m.serve(s)
	})
}

// lease is how long a machine's claims hold that says nothing any more.
const lease = 15 * time.Second

// pause stops a machine for longer than its claims hold, and wakes it.
func (s *soak) pause(m *machine) {
	const least, most = 2 * time.Second, 5 * time.Second
	from, length := s.world.now(), lease+least+upTo(s.random, most)
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
	s.note("the database was "+what, nil, from)
}
