package report

import (
	"cmp"
	"slices"

	"jobsieve/job"
)

// Together gives the life of a vacancy by those of its postings, one or more: it begins
// with the first of them, is open while any is, and closed once all are.
func Together(lives []Life) Life {
	var out Life
	states := make([]job.State, len(lives))
	moments := momentsOf(lives)
	for i, m := range moments {
		states[m.of] = m.state
		if i+1 < len(moments) && m.sameTime(moments[i+1]) {
			continue
		}
		switch state := stateOf(states); {
		case out.Begun == "":
			out.FirstSeen, out.Begun, out.State = m.day, state, state
		case state != out.State:
			out.Turns = append(out.Turns, Turn{m.day, state})
			out.State = state
		}
	}
	for i := range lives {
		out.LastSeen = max(out.LastSeen, lives[i].LastSeen)
		if out.State == job.StateClosed {
			out.Closed = max(out.Closed, lives[i].Closed)
		}
	}
	return out
}

// moment is when the posting at a place was first seen, or turned to a state.
type moment struct {
	day   string
	turn  bool
	of    int
	state job.State
}

func (m moment) sameTime(other moment) bool { return m.day == other.day && m.turn == other.turn }

// momentsOf gives the moments of lives in order: on one day postings are seen first before
// others turn, for a vacancy that is posted again on the day on which it ends goes on. A
// turn counts no earlier than what was seen before it.
func momentsOf(lives []Life) (out []moment) {
	for i := range lives {
		l := &lives[i]
		day := l.FirstSeen
		out = append(out, moment{day, false, i, l.begun()})
		for _, t := range l.Turns {
			day = max(day, t.Day)
			out = append(out, moment{day, true, i, t.State})
		}
	}
	slices.SortStableFunc(out, func(a, b moment) int {
		if a.day == b.day && a.turn != b.turn {
			if a.turn {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.day, b.day)
	})
	return out
}

// stateOf is the state of a vacancy by those of its postings, which are empty for those
// that were not seen yet.
func stateOf(states []job.State) job.State {
	out := job.StateClosed
	for _, s := range states {
		switch s {
		case job.StateOpen:
			return job.StateOpen
		case job.StateUnknown:
			out = job.StateUnknown
		}
	}
	return out
}
