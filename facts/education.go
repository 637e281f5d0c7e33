package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// education reads the lowest level that is enough: from the description, else
// the title, the skills, or the field for experience.
func (r *reader) education() job.Opt {
	for _, f := range []job.Field{job.FieldDescription, job.FieldTitle, job.FieldSkills, job.FieldExperience} {
		if e := r.educationIn(f); e != "" {
			return job.Opt(e)
		}
	}
	return ""
}

func (r *reader) educationIn(f job.Field) job.Education {
	d := r.docs(f)
	s := schooling{words: r.words, d: d, hits: r.words.education.Hits(d)}
	if len(s.hits) == 0 {
		return ""
	}
	s.findLevels()
	s.findLists()
	s.keepStated()
	s.dropTakenBack()
	s.dropCounted()
	best := s.lowest()
	if best < 0 {
		return ""
	}
	l := &s.levels[best]
	e := job.EducationLevels[l.rank]
	r.note("education", string(e), f, l.First, l.End)
	return e
}

// lowest gives the lowest level that is kept, -1 for none. That none is needed
// counts only where no level is stated: "no degree, 12th pass is enough".
func (s *schooling) lowest() int {
	best := -1
	for k := range s.levels {
		if !s.levels[k].kept {
			continue
		}
		if best < 0 || s.comesFirst(&s.levels[k], &s.levels[best]) {
			best = k
		}
	}
	return best
}

// comesFirst reports that level a counts more than b: a lower one, but that none is
// needed only where b is a class that one may have failed.
func (s *schooling) comesFirst(a, b *level) bool {
	switch rankNone {
	case a.rank:
		return s.isFailed(b)
	case b.rank:
		return !s.isFailed(a)
	}
	return a.rank < b.rank
}

// isFailed reports a class that was not passed: "9th fail", "10वीं फेल".
func (s *schooling) isFailed(l *level) bool {
	return s.isSchool(l) && (s.failed[s.d.Tokens[l.End-1].Norm] || s.failed[next(s.d, l.End)])
}

// The ranks of levels that the grammar tells apart.
var (
	rankNone         = rankOf(string(job.EducationNone))
	rankTenth        = rankOf(string(job.Education10th))
	rankSchool       = rankOf(string(job.Education12th))
	rankGraduate     = rankOf(string(job.EducationGraduate))
	rankDegree       = rankOf(string(job.EducationDegree))
	rankProfessional = rankOf(string(job.EducationProfessional))
)

func rankOf(value string) int { return slices.Index(job.EducationLevels, job.Education(value)) }

// schooling is what one text says of schooling.
type schooling struct {
	*words
	d      *text.Doc
	hits   []phrase.Hit[string]
	levels []level
	block  int // the levels before it are known to be only wished for, or not
}

// level is one level that is named.
type level struct {
	phrase.Hit[string]
	at   int // its place among the hits
	rank int
	last int // the last level of the list that it is in
	// others is true where it is a label, or the schooling of somebody else.
	others bool
	// kept is true where it is a level that is asked for, as far as is known.
	kept bool
}

func (s *schooling) findLevels() {
	for i, h := range s.hits {
		rank := rankOf(h.Value)
		if all, none := s.unasked(i); none {
			h, rank = all, rankNone
		}
		if rank >= 0 && (!s.d.Is(h.First, "2") || s.isPlusTwo(h.First)) {
			s.levels = append(s.levels, level{Hit: h, at: i, rank: rank})
		}
	}
}

// isPlusTwo reports "+2" at token i, for the twelfth class, and not "10+2" nor "5 + 2".
func (s *schooling) isPlusTwo(i int) bool {
	return s.d.Is(i-1, "+") && s.d.Tokens[i].Glued && !s.d.Tokens[i-1].Glued
}

// findLists finds which levels are in one list.
func (s *schooling) findLists() {
	for k := len(s.levels) - 1; k >= 0; k-- {
		s.levels[k].last = k
		if s.linked(k) {
			s.levels[k].last = s.levels[k+1].last
		}
	}
}

// keepStated keeps the levels that are surely meant, and then those in one list
// with such a one.
func (s *schooling) keepStated() {
	for k := range s.levels {
		l := &s.levels[k]
		l.others = l.rank != rankNone && s.isOthers(k)
	}
	s.eachPair(func(l, other *level, between int) { // "of classes 9 and 10", "B.Com and MBA admissions"
		l.others = l.others || other.others && s.isOthersToo(l, other, between)
	})
	for k := range s.levels {
		l := &s.levels[k]
		l.kept = !l.others && s.isSure(l)
	}
	s.eachPair(func(l, other *level, between int) {
		l.kept = l.kept || !l.others && s.sharesWith(l, other, between)
	})
}

// isOthers reports a level that is a label, or the schooling of somebody else.
func (s *schooling) isOthers(k int) bool {
	l := &s.levels[k]
	return s.isLabel(k) || s.ofPupils(l) || s.ofLearners(k) || s.ofHouse(l) || s.ofPeople(l)
}

// eachPair calls f with each level and its neighbour in one list, first the one
// before it, then the one after it; between is the first token between the two.
func (s *schooling) eachPair(f func(l, other *level, between int)) {
	for k := 1; k < len(s.levels); k++ {
		if s.linked(k - 1) {
			f(&s.levels[k], &s.levels[k-1], s.levels[k-1].End)
		}
	}
	for k := len(s.levels) - 2; k >= 0; k-- {
		if s.linked(k) {
			f(&s.levels[k], &s.levels[k+1], s.levels[k].End)
		}
	}
}

// isOthersToo reports that level l is that of other people as its neighbour in one list
// is: not where a comma parts it from the last one, "B.Com, CA office work".
func (s *schooling) isOthersToo(l, other *level, between int) bool {
	last := &s.levels[l.last]
	parted := s.d.Is(between, ",") && !s.isSchool(l) && (l == last || other == last)
	return s.isSchool(l) == s.isSchool(other) && !s.d.Is(other.End, ":") && !s.isPassed(l) && !parted
}

// isPassed reports a class that somebody has passed: "12th pass".
func (s *schooling) isPassed(l *level) bool {
	return s.passes[next(s.d, l.End-1)]
}

// sharesWith reports a level in one list with another that is kept, or one of two
// short forms in capitals: CA/CS. Small letters need a stroke: be/btech.
func (s *schooling) sharesWith(l, other *level, between int) bool {
	if short := s.shortForm(l); short > l.First && !s.inCapitals(l.First, short) {
		return other.kept && s.d.Is(between, "/")
	}
	return other.kept || s.isCapital(l) && s.isCapital(other) && !s.shouts(l)
}

func (s *schooling) isSchool(l *level) bool { return l.rank <= rankSchool && l.rank != rankNone }

// linked reports that there are level k and a next one, and that both are of one
// list: "B.Com / M.Com".
func (s *schooling) linked(k int) bool {
	const most = 5
	if k < 0 || k+1 >= len(s.levels) {
		return false
	}
	i, j := s.levels[k].End, s.levels[k+1].First
	if j-i > most {
		return false
	}
	for ; i < j; i++ {
		t := &s.d.Tokens[i]
		sign := t.Kind == text.Symbol && !s.d.Stop(i) && t.Norm != ":"
		if !sign && !s.joins[t.Norm] {
			return false
		}
	}
	return true
}

// phraseOf gives the normal form of tokens i to j.
func phraseOf(d *text.Doc, i, j int) string {
	s := ""
	for ; i < j; i++ {
		if d.Tokens[i].Kind == text.Symbol && !d.Is(i, "+") {
			continue
		}
		if s != "" && d.Tokens[i].Kind == text.Word && d.Tokens[i].Glued && d.Tokens[i-1].Kind == text.Number {
			s += d.Tokens[i].Norm
			continue
		}
		if s != "" && s != "+" {
			s += " "
		}
		s += d.Tokens[i].Norm
	}
	return s
}
