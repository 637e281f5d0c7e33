package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// dropCounted drops the levels that only say more of another: school years whose
// marks are counted in beside a higher level, years of education beside a named degree,
// "degree" after "MBA", "graduation" before "(B.Com)", and M.Pharm after B.Pharm.
func (s *schooling) dropCounted() {
	highest := rankNone
	for k := range s.levels {
		if s.levels[k].kept {
			highest = max(highest, s.levels[k].rank)
		}
	}
	for k := range s.levels {
		l := &s.levels[k]
		switch {
		case l.rank == rankGraduate && s.hasField(k):
			l.rank = rankDegree
		case s.onlySaysMore(k, highest):
			l.kept = false
		}
	}
}

// onlySaysMore reports that level k says more of another, and is not what is asked for.
func (s *schooling) onlySaysMore(k, highest int) bool {
	l := &s.levels[k]
	switch {
	case l.rank == rankGraduate:
		years := highest > rankGraduate && s.d.IsKind(l.First, text.Number) // "15 years of education"
		return years || s.namesAgain(k) || s.isNamed(k) || s.goesWith(k)
	case s.isSchool(l):
		return highest > rankSchool && s.hasMarks(l) || s.goesWith(k)
	case s.proMasters[phraseOf(s.d, l.First, l.End)]:
		return s.isOfProfession(k) || s.goesWith(k)
	}
	return s.goesWith(k)
}

// isAny reports a level that leaves open what it is in: "any graduate".
func (s *schooling) isAny(l *level) bool { return s.anyOf[s.d.Tokens[l.First].Norm] }

// hasField reports what the degree of level k is in: "Graduate (Commerce)",
// "Bachelor's or Master's degree in Physics".
func (s *schooling) hasField(k int) bool {
	l := &s.levels[k]
	end := s.levels[l.last].End
	if s.isOfSubject(l.First) {
		return true
	}
	if s.isAny(l) { // "any degree in commerce"
		return s.d.Is(l.End, "in") && s.studies[next(s.d, l.End+1)]
	}
	i := end
	for s.upwards[next(s.d, i)] {
		i++
	}
	if s.d.Is(i, "(") {
		return s.studies[next(s.d, i+1)]
	}
	return s.d.Is(i, "in") && s.isField(l, i+1) || s.d.Is(end-2, "in")
}

// isOfSubject reports that what a degree at token i is in comes before it: "पशुपालन में
// डिग्री", not "किसी भी विषय में डिग्री".
func (s *schooling) isOfSubject(i int) bool {
	subject := next(s.d, i-2)
	if !s.within[next(s.d, i-1)] || s.anyOf[next(s.d, i-3)] || s.anyOf[next(s.d, i-4)] {
		return false
	}
	if s.studies[subject] {
		return true
	}
	return s.atLargeToo[s.d.Tokens[i].Norm] && subject != "" && !s.anyOf[subject] && !s.houses[subject]
}

// isField reports that token i names what a degree is in; graduates may also be
// "in Delhi".
func (s *schooling) isField(l *level, i int) bool {
	for s.d.Is(i, "a") || s.d.Is(i, "an") || s.d.Is(i, "the") {
		i++
	}
	field := s.studies[next(s.d, i)]
	if s.d.Is(l.First, "graduate") || s.d.Is(l.First, "graduates") || s.d.Is(l.First, "graduated") {
		return field
	}
	return field || s.d.IsKind(i, text.Word) && !s.anyOf[s.d.Tokens[i].Norm]
}

// namesAgain reports "degree" or "graduates" right after a level: "बी.एससी. (गणित) की डिग्री".
func (s *schooling) namesAgain(k int) bool {
	l := &s.levels[k]
	first := l.First
	if s.owners[next(s.d, first-1)] {
		first--
	}
	if s.d.Is(first-1, ")") && s.d.Is(first-3, "(") {
		first -= 3
	}
	if s.d.Is(first-1, ".") { // "LL.B. degree"
		first--
	}
	return k > 0 && s.levels[k-1].End == first && l.End-l.First == 1 && s.levels[k-1].rank > rankSchool
}

// isNamed reports a graduate of whom the degree is named next: "Graduate
// (B.Com/BBA)", "Bachelor's degree in B.Tech".
func (s *schooling) isNamed(k int) bool {
	l := &s.levels[k]
	if k+1 >= len(s.levels) || s.levels[k+1].rank != rankDegree || !s.levels[k+1].kept || s.isAny(l) {
		return false
	}
	i, j := l.End, s.levels[k+1].First
	return j-i == 1 && (s.d.Is(i, "(") || s.d.Is(i, "-") || s.d.Is(i, ":") || s.d.Is(i, "in"))
}

// isOfProfession reports a professional qualification that is kept right before or
// after level k, in one list with it.
func (s *schooling) isOfProfession(k int) bool {
	is := func(k int) bool { return s.levels[k].kept && s.levels[k].rank == rankProfessional }
	return s.linked(k-1) && is(k-1) || s.linked(k) && is(k+1)
}

// goesWith reports a level that is not enough without a higher one beside it:
// "12th + DCA", "B.Ed with graduation", "B.Sc. Nursing".
func (s *schooling) goesWith(k int) bool {
	l := &s.levels[k]
	if k > 0 && s.isHigher(k-1, l) && s.together[s.between(s.levels[k-1].End, l.First)] {
		return true
	}
	if k+1 >= len(s.levels) || !s.isHigher(k+1, l) {
		return false
	}
	after := &s.levels[k+1]
	between := s.between(l.End, after.First)
	return s.together[between] || between == "+" ||
		l.rank == rankDegree && after.rank == rankProfessional && s.d.Slice(l.End, after.First) == "."
}

// between gives the words from token i up to but not including j, unless they are more
// than join two levels.
func (s *schooling) between(i, j int) string {
	const most = 8
	if j-i > most || i < 0 || j > len(s.d.Tokens) {
		return ""
	}
	return phraseOf(s.d, i, j)
}

// isHigher reports that level k is kept and higher than l.
func (s *schooling) isHigher(k int, l *level) bool {
	return s.levels[k].kept && s.levels[k].rank > l.rank
}

// hasMarks reports that its sentence speaks of marks near it.
func (s *schooling) hasMarks(l *level) bool {
	const reach = 10
	for _, o := range phrase.Near(s.hits, l.First-reach, l.End+reach) {
		if o.Value == valueMarks && s.d.Unbroken(min(l.End, o.End), max(l.First, o.First)) {
			return true
		}
	}
	for i := max(0, l.First-reach); i < min(len(s.d.Tokens), l.End+reach); i++ {
		if s.d.Is(i, "%") && s.d.Unbroken(min(l.End, i), max(l.First, i)) {
			return true
		}
	}
	return false
}
