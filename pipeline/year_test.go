package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/ledger"
)

// year is a simulated year of many sites: what they show, and what the ledger makes of it.
type year struct {
	t      *testing.T
	random *rand.Rand
	sites  []*site
	line   *Line
	now    atomic.Int64 // milliseconds since 1970
	day    int
	stored int // how many postings were stored as new
	before map[string]job.State
	// turned counts the changes of state that were checked.
	turned map[job.State]int
	killed int
}

const (
	days  = 365
	calm  = 15 // days at the end without troubles
	seeds = 20260101
)

// TestYear lets sites offer, close and offer again for a year, with all that goes wrong
// at sites, and with kills: what they truly show is compared with the states of the
// ledger, every day.
func TestYear(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a minute, for it simulates a year: leave out -short")
	}
	y := newYear(t)
	y.sites = newSites(t, y.random)
	for y.day = range days {
		y.now.Store(time.Date(2026, 1, 1+y.day, 6, 0, 0, 0, job.IST).UnixMilli())
		for _, s := range y.sites {
			s.live(y.random, y.day)
		}
		y.crawl()
		y.check()
	}
	y.end()
	t.Logf("%d postings, turned %v, %d runs killed", y.stored, y.turned, y.killed)
}

func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{
		t: t, random: rand.New(rand.NewPCG(seeds, 1)), before: map[string]job.State{}, turned: map[job.State]int{},
	}
	l, err := ledger.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	reader, err := NewReader("", nil)
	if err != nil {
		t.Fatal(err)
	}
	y.line = &Line{
		Ledger: l, Reader: reader, Config: config.Default(), Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.UnixMilli(y.now.Load()) },
		Sleep: func(ctx context.Context, d time.Duration) error {
			y.now.Add(d.Milliseconds())
			return ctx.Err()
		},
		Deliver: func(ctx context.Context, _ func(int)) (ledger.Deliveries, error) { return l.Deliveries(ctx, "") },
	}
	return y
}

// crawl runs the sources of about half of the sites; now and then it is killed.
func (y *year) crawl() {
	y.t.Helper()
	var sources []*config.Source
	for i, s := range y.sites {
		s.crawled = !s.source.Disabled && (i+y.day)%s.every == 0
		if s.crawled {
			sources = append(sources, &s.source)
		}
	}
	ctx, kill := context.WithCancel(y.t.Context())
	defer kill()
	left := int64(1 << 40)
	if y.day < days-calm && y.random.IntN(8) == 0 {
		left = y.random.Int64N(100)
		y.killed++
	}
	for _, s := range y.sites {
		s.asked = func() {
			if atomic.AddInt64(&left, -1) == 0 {
				kill()
			}
		}
	}
	sum, err := y.line.Run(ctx, "run", sources)
	if err != nil && !errors.Is(err, context.Canceled) {
		y.t.Fatalf("day %d: %v", y.day, err)
	}
	if sum == nil {
		return
	}
	y.stored += sum.New
	for i := range sum.Sources {
		r := &sum.Sources[i]
		s := y.site(r.Source)
		s.healthy = s.today == fine && !r.CutOff && !r.Failed && r.Replayed == 0
		if s.healthy && !r.Listed {
			y.t.Errorf("day %d: %s, without troubles: %s", y.day, s.source.Name, r.Why)
		}
	}
}

func (y *year) site(name string) *site {
	i := slices.IndexFunc(y.sites, func(s *site) bool { return s.source.Name == name })
	return y.sites[i]
}

// check compares the states with what sites show.
func (y *year) check() {
	y.t.Helper()
	n := 0
	for _, s := range y.sites {
		s.count()
	}
	err := y.line.Ledger.Each(y.t.Context(), func(r *ledger.Record) error {
		n++
		s := y.site(r.Posting.Source)
		o := s.offers[r.Posting.ID[strings.LastIndex(r.Posting.ID, "-")+1:]]
		if o == nil {
			y.t.Fatalf("nobody offered %s", r.Posting.ID)
		}
		was := y.before[r.Key]
		if was != r.State && was != "" {
			y.turned[r.State]++
		}
		y.before[r.Key] = r.State
		switch {
		case r.State == job.StateClosed && was != job.StateClosed && o.shown(y.now.Load()):
			y.t.Errorf("day %d: %s of %s is closed, and its site shows it", y.day, r.Posting.ID, s.source.Name)
		case r.State == job.StateOpen && o.missed > s.patience():
			y.t.Errorf("day %d: %s of %s is left open, and %d good crawls missed it", y.day, r.Posting.ID, s.source.Name, o.missed)
		case r.State != job.StateOpen && s.healthy && s.crawled && o.shown(y.now.Load()) && s.reaches(o):
			y.t.Errorf("day %d: %s of %s is %s, and was just seen", y.day, r.Posting.ID, s.source.Name, r.State)
		}
		return nil
	})
	if err != nil {
		y.t.Fatal(err)
	}
	if n != y.stored {
		y.t.Errorf("day %d: %d postings, and %d were stored", y.day, n, y.stored)
		y.stored = n
	}
}

// end checks what is left after a year.
func (y *year) end() {
	left := map[string]map[job.State]int{}
	err := y.line.Ledger.Each(y.t.Context(), func(r *ledger.Record) error {
		s := y.site(r.Posting.Source)
		if left[s.source.Name] == nil {
			left[s.source.Name] = map[job.State]int{}
		}
		left[s.source.Name][r.State]++
		if s.off && r.State == job.StateOpen {
			y.t.Errorf("%s is open, and its site was switched off half a year ago", r.Posting.ID)
		}
		return nil
	})
	if err != nil {
		y.t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		y.t.Log(name, left[name])
	}
}
