package facts

import "jobsieve/text"

// ofPupils reports classes that the work is for, not asked of the applicant:
// "students of class 10", "12th grade maths", "कक्षा 10 तक पढ़ाना"; and ordinals of dates.
func (s *schooling) ofPupils(l *level) bool {
	if !s.isSchool(l) || s.isPassed(l) {
		return false
	}
	if s.ofPapers(l.End) {
		return true
	}
	after, last := next(s.d, l.End), next(s.d, s.pastOwners(l.End))
	switch {
	case s.students[after]:
		return after != "students" && after != "student" || !s.d.Is(l.End+1, "can")
	case s.students[last] && last != "of":
		return true
	case s.months[after], s.d.Is(l.End, "-") && s.d.IsKind(l.End+1, text.Number):
		return true
	}
	return s.endsRange(l.First) || s.namesPupils(l.First) || s.areTaught(l)
}

// areTaught reports people who have not passed a class and whom the work is to teach:
// "8th fail ladkiyo ko silai sikhana".
func (s *schooling) areTaught(l *level) bool {
	const reach = 4
	i := l.End
	if s.failed[next(s.d, i)] {
		i++
	}
	if !s.isSchool(l) || !s.people[next(s.d, i)] || !s.toThem[next(s.d, i+1)] {
		return false
	}
	for i += 2; i < min(len(s.d.Tokens), l.End+2+reach) && !closes(s.d, i); i++ {
		if w := s.d.Tokens[i].Norm; s.students[w] && !s.owners[w] {
			return true
		}
	}
	return false
}

// namesPupils reports a word for pupils or lessons shortly before token end.
func (s *schooling) namesPupils(end int) bool {
	const reach = 4
	for i := end - 1; i >= max(0, end-reach) && !s.d.Stop(i); i-- {
		w := s.d.Tokens[i].Norm
		if s.proofs[w] || s.students[w] && w != "of" && !s.owners[w] {
			return true
		}
	}
	return false
}

// endsRange reports that the class at token i is the last of several: "4th - 10th class".
func (s *schooling) endsRange(i int) bool {
	return s.d.Is(i-1, "to") && !s.d.Is(i-2, "up") || s.d.Is(i-1, "-") && s.d.Is(i-2, "th")
}

// ofPapers reports papers of the level before token i: "10वीं की मार्कशीटें", "BA
// degree certificates".
func (s *schooling) ofPapers(i int) bool { return s.papers[next(s.d, s.pastOwners(i))] }

// pastOwners gives the first token from i on that is not one of those that tie a level
// to something of it: "10वीं कक्षा की", "8th class tak ki", "BA degree".
func (s *schooling) pastOwners(i int) int {
	for _, skipped := range []map[string]bool{s.classWords, s.asFar, s.owners, s.atLargeToo} {
		for skipped[next(s.d, i)] {
			i++
		}
	}
	return i
}

// ofHouse reports a school or college that is called by a level: "higher secondary
// school", "diploma in design college".
func (s *schooling) ofHouse(l *level) bool {
	if s.isPassed(l) {
		return false
	}
	i := l.End
	switch {
	case s.d.Is(i-1, "in"):
		i++
	case s.d.Is(i, "in"):
		i += 2
	}
	return s.houses[next(s.d, i)] && !s.goesOn[next(s.d, l.First-1)]
}

// ofPeople reports people with a level of whom something is told: "B.Tech ladkon ka
// hostel", not "B.Tech walo ki zaroorat", nor "12th walo ko 13000 milega".
func (s *schooling) ofPeople(l *level) bool {
	i := l.End
	if s.passes[next(s.d, i)] {
		i++
	}
	if tie := next(s.d, i+1); !s.people[next(s.d, i)] || !s.owners[tie] || s.toThem[tie] {
		return false
	}
	return !s.wantedAs[next(s.d, i+2)] && !closes(s.d, i+2)
}

// ofLearners reports a level above school of people whom the work is about, not asked
// of the applicant: "B.Com and MBA admissions", "you will guide M.Sc students", "a CA's
// office", "our owner, an M.Tech".
func (s *schooling) ofLearners(k int) bool {
	l := &s.levels[k]
	if s.isSchool(l) || l.rank == rankNone {
		return false
	}
	const longest = 8
	first := k // of its list
	for k-first < longest && s.linked(first-1) {
		first--
	}
	begin := s.levels[first].First
	people := s.learners[next(s.d, l.End)] || s.learners[next(s.d, l.End-1)]
	return s.theirsAfter(l) || s.ofBoss(begin) || s.isDealtWith(begin, people) ||
		s.learners[next(s.d, l.End)] && s.areWithYou(l.End+1)
}

// theirsAfter reports that level l is followed by something of those who have it, or
// something done to them: "B.Tech courses", "एमएससी के छात्रों", "MBBS walo ko bechna".
func (s *schooling) theirsAfter(l *level) bool {
	i := s.pastMark(l.End)
	if l.rank == rankProfessional && s.practices[next(s.d, i)] || s.ofPapers(i) {
		return true
	}
	if s.owners[next(s.d, i)] && (s.learners[next(s.d, i+1)] || s.taughtAs[next(s.d, i+1)]) {
		i++ // "B.Tech ke ladko ko", "एमएससी के छात्रों"
	}
	if s.taughtAs[next(s.d, i)] {
		return true
	}
	if s.learners[next(s.d, i)] {
		i++
		if s.together[s.between(i, i+2)] { // "BDS doctor ke sath"
			return true
		}
	}
	switch {
	case s.toThem[next(s.d, i)]:
		return s.isDealing(i + 1)
	case s.owners[next(s.d, i)] || s.d.Is(i, "s"):
		i++
		return s.theirs[next(s.d, i)] || s.taughtAs[next(s.d, i)]
	}
	return s.taughtAs[next(s.d, i)]
}

// pastMark gives the first token from i on that is not a mark which belongs to the level
// before it: "M.Sc. courses", "वकील (एलएलबी) के घर".
func (s *schooling) pastMark(i int) int {
	if s.d.Is(i, ".") && s.d.Tokens[i].Glued || s.d.Is(i, ")") {
		return i + 1
	}
	return i
}

// isDealing reports that the clause from token i on soon says what one does to others.
func (s *schooling) isDealing(i int) bool {
	const reach = 6
	for j := i; j < min(len(s.d.Tokens), i+reach) && !closes(s.d, j); j++ {
		if s.dealings[s.d.Tokens[j].Norm] {
			return true
		}
	}
	return false
}

// isDealtWith reports that what comes before token i, where a list of levels begins,
// tells of other people with these: "guide M.Sc students", "report to a CA", "the home
// of a PhD scholar". people says that a word for people follows.
func (s *schooling) isDealtWith(i int, people bool) bool {
	const reach = 4
	for s.d.Is(i-1, "a") || s.d.Is(i-1, "an") || s.d.Is(i-1, "our") || s.d.IsKind(i-1, text.Number) {
		i--
		people = true
	}
	for j := i - 1; j >= max(0, i-reach) && !closes(s.d, j); j-- {
		word := s.d.Tokens[j].Norm
		if people && s.teaches[word] || s.theirs[word] && s.d.Is(j+1, "of") && j+2 == i {
			return true
		}
	}
	return false
}

// ofBoss reports that the levels from token i on tell of somebody of the firm: "our
// owner, an M.Tech", "our director (an MBA)".
func (s *schooling) ofBoss(i int) bool {
	if !s.d.Is(i-1, "a") && !s.d.Is(i-1, "an") {
		return false
	}
	return (s.d.Is(i-2, ",") || s.d.Is(i-2, "(")) && s.aboveUs[next(s.d, i-3)]
}

// areWithYou reports that the clause from token i on ends in what these people do to
// the applicant: "M.Pharm students will shadow you".
func (s *schooling) areWithYou(i int) bool {
	const reach = 6
	for j := i; j < min(len(s.d.Tokens), i+reach) && !s.d.Stop(j); j++ {
		if s.d.Is(j, "you") {
			return closes(s.d, j+1) && !s.d.Is(j-1, "for")
		}
	}
	return false
}
