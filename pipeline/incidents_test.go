package pipeline

import (
	"math/rand/v2"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/ledger"
)

// incident is what went wrong once, at one site or another.
type incident struct {
	name  string
	sites []int // by their kinds
	// days are what the site does on each day, after five without troubles.
	days func(s *site, day int)
	last int
	want map[job.State]int // of its twelve postings, after the last day
}

// removed takes the oldest postings off the site, or puts them back.
func removed(s *site, n int, away bool) {
	sorted := s.sorted()
	for _, o := range sorted[len(sorted)-n:] {
		o.removed = away
	}
}

var incidents = []incident{
	{
		name: "paging is cut, and most postings are missed for days", sites: []int{0, 1, 2},
		days: func(s *site, _ int) { s.today = cutPaging }, last: 8,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "a board answers 404 once, and is alive", sites: []int{0, 1, 2, 3},
		days: func(s *site, day int) { s.today = []trouble{away, fine}[min(day, 1)] }, last: 2,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "a board was switched off", sites: []int{0, 1, 2, 3},
		days: func(s *site, _ int) { s.today = away }, last: 50,
		want: map[job.State]int{job.StateUnknown: 12},
	},
	{
		name: "a source is disabled", sites: []int{0, 1, 2, 3},
		days: func(s *site, _ int) { s.source.Disabled = true }, last: 50,
		want: map[job.State]int{job.StateUnknown: 12},
	},
	{
		name: "postings vanish", sites: []int{0, 1, 2},
		days: func(s *site, _ int) { removed(s, 3, true) }, last: 3,
		want: map[job.State]int{job.StateOpen: 9, job.StateClosed: 3},
	},
	{
		name: "postings are seen again that were closed", sites: []int{0, 1, 2},
		days: func(s *site, day int) { removed(s, 3, day < 4) }, last: 5,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "the pages of all postings are gone at once", sites: []int{2},
		days: func(s *site, _ int) { s.today = pagesGone }, last: 8,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "a list is empty for days", sites: []int{0, 1, 2},
		days: func(s *site, _ int) { s.today = emptied }, last: 8,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "robots.txt forbids all of a sudden", sites: []int{0, 1, 2, 3},
		days: func(s *site, _ int) { s.today = robots }, last: 8,
		want: map[job.State]int{job.StateOpen: 12},
	},
	{
		name: "a source is changed, and brings less", sites: []int{0, 1},
		days: func(s *site, _ int) { s.source.Keep.Countries = []string{"GB"} }, last: 8,
		want: map[job.State]int{job.StateOpen: 12},
	},
}

// TestIncidents lets each of them happen.
func TestIncidents(t *testing.T) {
	for _, in := range incidents {
		for _, kind := range in.sites {
			y := newYear(t)
			s := newSite(t, 50+kind, kind)
			y.sites = []*site{s}
			for range 12 {
				s.add(rand.New(rand.NewPCG(1, 1)), 0)
			}
			for _, o := range s.offers {
				o.until = 0
			}
			for day := -5; day < in.last; day++ {
				s.today = fine
				if day >= 0 {
					in.days(s, day)
				}
				at := time.Date(2026, 3, 10+day, 6, 0, 0, 0, job.IST)
				y.now.Store(at.UnixMilli())
				var sources []*config.Source
				if !s.source.Disabled {
					sources = append(sources, &s.source)
				}
				if _, err := y.line.Run(t.Context(), "run", sources); err != nil {
					t.Fatal(err)
				}
			}
			got := map[job.State]int{}
			err := y.line.Ledger.Each(t.Context(), func(r *ledger.Record) error {
				got[r.State]++
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for state, n := range in.want {
				if got[state] != n {
					t.Errorf("%s, a site of kind %s: %v, want %v", in.name, s.source.Kind, got, in.want)
					break
				}
			}
		}
	}
}
