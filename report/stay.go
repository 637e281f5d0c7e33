package report

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
	"jobsieve/job"
)

// stays is a table of how long postings stay open.
type stays struct {
	*lived[stay]
	now Life
}

// stay counts postings that crawls saw, by their age in days: when crawls began to see
// them, and when they were closed, or seen last where nobody knows that they are.
type stay struct{ begun, closed, censored map[int]int }

// atAge are the ages, in days, at which a table says how many are left.
var atAge = []int{30, 90}

// NewStays begins a table of how many days postings stay open, estimated as Kaplan and
// Meier do ("Nonparametric Estimation from Incomplete Observations", 1958). A posting that
// is not closed is censored when it was seen last; one that crawls began to see later than
// it was first seen enters at that age.
func NewStays(by ...string) Lived {
	s := &stays{}
	s.lived = newLived(by, &s.now, func() *stay {
		return &stay{map[int]int{}, map[int]int{}, map[int]int{}}
	}, (*stay).add)
	return s
}

// Live counts a posting; one that no crawl has seen counts nowhere.
func (s *stays) Live(d *indexer.Document, life *Life) {
	if life.firstOpen() == "" {
		return
	}
	s.now = *life
	s.tally.Add(d, life.FirstSeen)
}

func (s *stay) add(l *Life) {
	first := dayOf(l.FirstSeen)
	entry := dayOf(l.firstOpen()) - first
	s.begun[entry]++
	if l.State == job.StateClosed {
		s.closed[max(entry, dayOf(l.Closed)-first)]++
		return
	}
	s.censored[max(entry, dayOf(l.LastSeen)-first)]++
}

// survival is the share that is still open after an age, and how many were at risk of
// being closed at it.
type survival struct {
	age, atRisk int
	open        float64
}

// curve gives the survival at each age at which postings were closed.
func (s *stay) curve() (out []survival) {
	open := 1.0
	for _, age := range slices.Sorted(maps.Keys(s.closed)) {
		n := s.atRisk(age)
		open *= 1 - float64(s.closed[age])/float64(n)
		out = append(out, survival{age, n, open})
	}
	return out
}

// atRisk is how many postings could still be seen to be closed at an age.
func (s *stay) atRisk(age int) (n int) {
	for a, count := range s.begun {
		if a <= age {
			n += count
		}
	}
	for _, gone := range []map[int]int{s.closed, s.censored} {
		for a, count := range gone {
			if a < age {
				n -= count
			}
		}
	}
	return n
}

// survived gives the days on which postings began to be seen, were closed or were seen
// last, up to the first on which too few are at risk.
func (s *stay) survived() (out []Survived) {
	days := map[int]bool{}
	for _, counts := range []map[int]int{s.begun, s.closed, s.censored} {
		for day := range counts {
			days[day] = true
		}
	}
	open := 1.0
	for _, day := range slices.Sorted(maps.Keys(days)) {
		n := s.atRisk(day)
		if n < leastN {
			break
		}
		open *= 1 - float64(s.closed[day])/float64(n)
		out = append(out, Survived{day, n, s.closed[day], s.censored[day], math.Round(open*decimals) / decimals})
	}
	return out
}

// within is how far off a share may be as a computer adds it up.
const within = 1e-9

// quantile is the age by which a share of the postings is closed; nil where that is not
// reached, or too few postings are at risk there.
func (s *stay) quantile(share float64) any {
	for _, at := range s.curve() {
		if at.open <= 1-share+within {
			if at.atRisk < leastN {
				return nil
			}
			return at.age
		}
	}
	return nil
}

// left gives how many postings are at risk at an age, and the share that is open after it;
// nil for the share where they are too few.
func (s *stay) left(age int) []any {
	n, open := s.atRisk(age), 1.0
	if n < leastN {
		return []any{n, nil}
	}
	for _, at := range s.curve() {
		if at.age <= age {
			open = at.open
		}
	}
	return []any{n, math.Round(open*decimals) / decimals}
}

// Table makes the table of what was counted.
func (s *stays) Table() *Table {
	t := &Table{
		Name: "stays", First: s.tally.First, Last: s.tally.Last, Postings: s.tally.Total.Postings,
		Columns: append(groupColumns(s.tally.By), []Column{
			{Name: "postings", Kind: KindCount, Shown: true},
			{Name: "closed", Kind: KindCount, Shown: true},
			{Name: "not_closed", Kind: KindCount, Shown: true, Spare: 1},
			{Name: "days_p25", Kind: KindCount, Shown: true},
			{Name: "days_median", Kind: KindCount, Shown: true},
			{Name: "days_p75", Kind: KindCount, Shown: true},
		}...),
	}
	for _, age := range atAge {
		t.Columns = append(t.Columns,
			Column{Name: fmt.Sprintf("at_risk_%d", age), Kind: KindCount, Shown: true, Spare: 2},
			Column{Name: fmt.Sprintf("open_%d", age), Kind: KindShare, Shown: true, Spare: 3})
	}
	for _, g := range s.tally.Groups() {
		t.Rows = append(t.Rows, append(cells(g.Values), s.row(g)...))
	}
	t.Total = append(make([]any, len(s.tally.By)), s.row(s.tally.Total)...)
	if of := s.of[s.tally.Total]; of != nil {
		t.Survival = of.survived()
	}
	t.About = s.about()
	return t.described()
}

func (s *stays) row(g *Group) []any {
	of := s.of[g]
	if of == nil { // nothing was counted
		of = &stay{}
	}
	const low, middle, high = 0.25, 0.5, 0.75
	closed := sum(of.closed)
	row := []any{g.Postings, closed, g.Postings - closed, of.quantile(low), of.quantile(middle), of.quantile(high)}
	for _, age := range atAge {
		row = append(row, of.left(age)...)
	}
	return row
}

func (s *stays) about() sentence.Sentence {
	if s.tally.Total.Postings == 0 {
		return sentence.Of("about_unseen", "No posting that a crawl saw matches.")
	}
	return sentence.Of("about_stays",
		"How many days postings stay open, of %s that crawls saw, first seen %s to %s. Those that are "+
			"not known to be closed count for as long as they were seen (censored), as Kaplan and Meier do.",
		postings(s.tally.Total.Postings), sentence.Day(s.tally.First), sentence.Day(s.tally.Last))
}

func sum(counts map[int]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}
