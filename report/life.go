package report

import (
	"time"

	"jobsieve/indexer"
	"jobsieve/job"
)

// Life is when a posting, or a vacancy, could be applied for, as far as crawls show.
type Life struct {
	// FirstSeen, LastSeen and Closed are days, YYYY-MM-DD; Closed is empty unless it is.
	FirstSeen, LastSeen, Closed string
	// State is what it has now, Turns how it came to that, oldest first.
	State job.State
	Turns []Turn
	// Begun is the state that it had when it was first seen; empty for the one that the
	// turns leave for it.
	Begun job.State
}

// Turn is a change of state on a day, YYYY-MM-DD.
type Turn struct {
	Day   string
	State job.State
}

// Lived is a report on postings and their lives.
type Lived interface {
	// Live counts a posting.
	Live(d *indexer.Document, life *Life)
	// Table makes the table of those that were counted.
	Table() *Table
}

// lived counts something of the lives of the postings of each group.
type lived[T any] struct {
	tally *Tally
	of    map[*Group]*T
}

// newLived begins to count; add counts a life in one group.
func newLived[T any](by []string, now *Life, begin func() *T, add func(*T, *Life)) *lived[T] {
	l := &lived[T]{tallyOfPostings(by...), map[*Group]*T{}}
	l.tally.added = func(g *Group) {
		if l.of[g] == nil {
			l.of[g] = begin()
		}
		add(l.of[g], now)
	}
	return l
}

// begun says what state a posting had when it was first seen.
func (l *Life) begun() job.State {
	if l.Begun != "" {
		return l.Begun
	}
	if len(l.Turns) == 0 {
		return l.State
	}
	return job.StateBegun(l.Turns[0].State, l.State)
}

// firstOpen is the day from which crawls show it; empty where none does.
func (l *Life) firstOpen() string {
	if l.begun() == job.StateOpen {
		return l.FirstSeen
	}
	for _, t := range l.Turns {
		if t.State == job.StateOpen {
			return max(l.FirstSeen, t.Day)
		}
	}
	return ""
}

// dayOf counts the days from 1970 to a date.
func dayOf(date string) int {
	const seconds = 24 * 60 * 60
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return int(t.Unix() / seconds)
}
