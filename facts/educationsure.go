package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// isSure reports a level of which nothing else is known, or that stands beside
// words of schooling.
func (s *schooling) isSure(l *level) bool {
	words := phraseOf(s.d, l.First, l.End)
	short := s.shortForm(l)
	switch {
	case short > l.First && !s.inCapitals(l.First, short), short == l.End && s.d.Is(l.First-1, "in"): // "in CS"
		return false
	case short == l.End && s.hasPoints(l):
		return true
	case short == l.End && s.shouts(l):
		return false
	case s.headed[words]:
		return s.isHeaded(l)
	case short == l.End:
		return s.isHeaded(l) || s.isBeside(l) || s.namesField(l)
	}
	return !s.ambiguous[words] || s.isNear(l) || s.namesDegree(l) || s.isAlone(l)
}

// isNear reports that words around a level say that it is one.
func (s *schooling) isNear(l *level) bool { return s.isIn(l) || s.isHeaded(l) || s.isBeside(l) }

// isAlone reports the tenth or twelfth class that is all that its clause says, and no
// one of several dates: "Tally aata ho. 12th. Day duty."
func (s *schooling) isAlone(l *level) bool {
	dates := s.d.Is(l.End, ",") && s.d.IsKind(l.End+1, text.Number)
	if !s.isSchool(l) || l.rank < rankTenth || dates || !closes(s.d, l.End) {
		return false
	}
	i := l.First - 1
	if s.d.Is(i, ",") {
		return s.d.IsKind(i-1, text.Word) && !s.d.Tokens[i-1].Glued
	}
	return i < 0 || s.d.Stop(i) && !s.d.Is(i, ";")
}

// namesDegree reports what the point of a degree parts from it: "B.Sc. Nursing".
func (s *schooling) namesDegree(l *level) bool {
	if l.at == 0 || l.rank != rankProfessional || !s.d.Is(l.First-1, ".") {
		return false
	}
	before := s.hits[l.at-1]
	return before.Value == string(job.EducationDegree) && before.End == l.First-1 && s.d.Tokens[before.End].Glued
}

// isIn reports that the text says what a level is in: "degree in …", "12th (Commerce)".
func (s *schooling) isIn(l *level) bool {
	field := s.studies[next(s.d, l.End+1)]
	if s.isSchool(l) {
		return field && (s.d.Is(l.End, "in") || s.d.Is(l.End, "("))
	}
	return s.d.Is(l.End, "in")
}

// namesField reports that a level's field is named in brackets: "BE (Mechanical)".
func (s *schooling) namesField(l *level) bool {
	return s.d.Is(l.End, "(") && s.studies[next(s.d, l.End+1)]
}

// isHeaded reports a heading of schooling before it, in its sentence.
func (s *schooling) isHeaded(l *level) bool {
	const reach = 8
	for i := l.at - 1; i >= 0 && l.First-s.hits[i].End < reach; i-- {
		if s.hits[i].Value == valueHeading {
			return s.d.Unbroken(s.hits[i].End, l.First)
		}
	}
	return false
}

// isBeside reports a word that asks for it right beside it.
func (s *schooling) isBeside(l *level) bool {
	const beside = 2
	for _, o := range phrase.Near(s.hits, l.First-beside-1, l.End+beside+1) {
		if o.Value == valueDemanded && s.d.Unbroken(min(l.End, o.End), max(l.First, o.First)) {
			return true
		}
	}
	return false
}

// shortForm gives the end of the short form in capitals that a level begins
// with, its first token where there is none.
func (s *schooling) shortForm(l *level) int {
	for end := l.End; end > l.First; end-- {
		if !s.d.Is(end-1, "/") && s.capitals[phraseOf(s.d, l.First, end)] {
			return end
		}
	}
	return l.First
}

func (s *schooling) isCapital(l *level) bool {
	return s.shortForm(l) == l.End && s.inCapitals(l.First, l.End)
}

// inCapitals reports a short form as one writes it: BE, B.E., B.Ed, b.e., and not
// "be" or "M&A".
func (s *schooling) inCapitals(first, end int) bool {
	points := false
	for i := first; i < end; i++ {
		t := &s.d.Tokens[i]
		switch {
		case t.Kind == text.Word:
			continue
		case t.Norm != ".":
			return false
		}
		points = true
	}
	return points || isUpper(s.d.Slice(first, end))
}

func (s *schooling) hasPoints(l *level) bool {
	for i := l.First; i < l.End; i++ {
		if s.d.Is(i, ".") {
			return true
		}
	}
	return false
}

// isUpper reports a text without small Latin letters.
func isUpper(s string) bool {
	for i := range len(s) {
		if s[i] >= 'a' && s[i] <= 'z' {
			return false
		}
	}
	return true
}

// shouts reports that the words around it are all in capitals, so that its own
// say nothing.
func (s *schooling) shouts(l *level) bool {
	const reach, long = 3, 4
	seen := false
	for i := max(0, l.First-reach); i < min(len(s.d.Tokens), l.End+reach); i++ {
		t := &s.d.Tokens[i]
		own := i >= l.First && i < l.End
		word := t.Kind == text.Word && t.Script == text.Latin && len(t.Norm) >= long
		if own || !word {
			continue
		}
		if !isUpper(s.d.Slice(i, i+1)) {
			return false
		}
		seen = true
	}
	return seen
}

// isLabel reports a level that names what comes after it: "UG: B.Com",
// "Doctorate: Doctorate Not Required".
func (s *schooling) isLabel(k int) bool {
	l := &s.levels[k]
	if !s.d.Is(l.End, ":") {
		return false
	}
	words := phraseOf(s.d, l.First, l.End)
	levelNext := k+1 < len(s.levels) && s.levels[k+1].First == l.End+1
	return levelNext || s.ambiguous[words] || s.capitals[words]
}
