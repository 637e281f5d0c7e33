package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
)

// byParts gives hybrid for a text that says of a part of the time that one works at home,
// and of another that one does elsewhere: "two weeks at our branch, after that from home",
// "Tuesdays at the lab, the rest from home".
func (m *modeReader) byParts() (found phrase.Hit[job.Mode]) {
	all := m.modeParts.Hits(m.d)
	for _, home := range all {
		if home.Value != modeAtHome || m.notOfWork(home) {
			continue
		}
		for _, work := range m.workplacesNear(home, all) {
			if m.split(home, work, all) {
				first, end := min(home.First, work.First), max(home.End, work.End)
				return phrase.Hit[job.Mode]{Value: job.ModeHybrid, First: first, End: end}
			}
		}
	}
	return found
}

// notOfWork reports words for home that are denied, or do not say where one works, or are so
// for some only.
func (m *modeReader) notOfWork(home phrase.Hit[string]) bool {
	for _, h := range phrase.Near(m.hits, home.First-1, home.End+1) {
		if h.Value == modeNothing && h.First < home.End && h.End > home.First {
			return true
		}
	}
	return denied(m.d, m.denials.All(m.d), home.First, home.End) || m.forSome(home) || m.ofOnlySome(home)
}

// workplacesNear gives the words for a workplace near those for home.
func (m *modeReader) workplacesNear(home phrase.Hit[string], all []phrase.Hit[string]) (out []phrase.Hit[string]) {
	const reach = 22
	first, end := home.First-reach, home.End+reach
	for _, h := range phrase.Near(all, first, end) {
		if h.Value == modeAtWork {
			out = append(out, h)
		}
	}
	for _, h := range phrase.Near(m.workplaces.Hits(m.d), first, end) {
		ownHouse := h.First < home.End && h.End > home.First
		if h.Value == placeWorkplace && !ownHouse && !dwellings[m.d.Tokens[h.First].Norm] {
			out = append(out, h)
		}
	}
	return out
}

// dwellings are workplaces that may as well be one's own.
var dwellings = map[string]bool{"house": true, "household": true, "ghar": true, "घर": true}

// split reports that a part of the time is said of one of two places, and another of the other:
// what stands before both is said of the first, what stands between of either.
func (m *modeReader) split(a, b phrase.Hit[string], all []phrase.Hit[string]) bool {
	const reach = 11
	if b.First < a.First {
		a, b = b, a
	}
	if m.stops(a.End, b.First) > 1 {
		return false
	}
	before, between, after := 0, 0, 0
	for _, h := range phrase.Near(all, a.First-reach, b.End+reach) {
		switch {
		case h.Value != modeAPart:
		case h.First >= b.End && m.d.Unbroken(b.End, h.First):
			after = 1
		case h.End <= a.First && m.d.Unbroken(h.End, a.First):
			before = 1
		case h.First >= a.End && h.End <= b.First:
			between++
		}
	}
	return between > 1 || before+between+after > 1
}

// stops counts the ends of sentences among the tokens from i up to but not including j.
func (m *modeReader) stops(i, j int) (n int) {
	for ; i < j; i++ {
		if m.d.Stop(i) {
			n++
		}
	}
	return n
}
