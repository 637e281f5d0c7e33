package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// unasked gives where hit i says, with a word for schooling at large, that none is
// needed: "no degree", "schooling is of no concern". It reports false where it does not.
func (s *schooling) unasked(i int) (phrase.Hit[string], bool) {
	h := s.hits[i]
	switch h.Value {
	case valueUnasked:
		if i+1 < len(s.hits) && s.isRefused(&h, i+1) {
			h.End = s.hits[i+1].End
			return h, true
		}
	case valueDenied, valueNothing:
		return h, i > 0 && s.isNeedless(i-1, &h)
	}
	return h, false
}

// isRefused reports that hit i is schooling at large which hit h before it refuses,
// and that its clause says nothing of those who have none.
func (s *schooling) isRefused(h *phrase.Hit[string], i int) bool {
	const reach = 3
	if !s.atLarge(i) || s.hits[i].First-h.End > reach || !clause(s.d, h.End, s.hits[i].First) {
		return false
	}
	return !s.excludes(i)
}

// isNeedless reports that hit i is schooling at large, of which hit h after it says
// that it is not needed.
func (s *schooling) isNeedless(i int, h *phrase.Hit[string]) bool {
	const reach = 6
	for i > 0 && s.hits[i].Value == valueDemanded { // "qualification required nahi"
		i--
	}
	end := s.hits[i].End
	switch {
	case !s.atLarge(i):
		return false
	case h.Value == valueNothing:
		return h.First-end <= 1
	case h.First == end+1 && s.d.Is(end, ":"):
		return true
	}
	return h.First-end <= reach && clause(s.d, end, h.First) && !s.isOfElse(end, h)
}

// atLarge reports a hit that is a word for schooling, not for a level, and no part of
// another word's sense: "no degree", not "no education loan".
func (s *schooling) atLarge(i int) bool {
	h := &s.hits[i]
	degree := h.Value == string(job.EducationGraduate) && s.atLargeToo[s.d.Tokens[h.End-1].Norm]
	if !degree && h.Value != valueHeading && h.Value != valueAtLarge {
		return false
	}
	if closes(s.d, h.End) || !s.d.IsKind(h.End, text.Word) || s.goesOn[s.d.Tokens[h.End].Norm] {
		return true
	}
	return i+1 < len(s.hits) && s.hits[i+1].First == h.End && s.hits[i+1].Value != string(job.EducationGraduate)
}

// excludes reports that the clause after hit i says that somebody is not wanted:
// "without a degree will not be considered", "no degree, no entry".
func (s *schooling) excludes(i int) bool {
	const reach = 10
	end := s.hits[i].End
	for _, o := range s.hits[i+1:] {
		if o.First-end > reach || !s.d.Unbroken(end, o.First) {
			return false
		}
		if o.Value == valueExcluded {
			return true
		}
	}
	return false
}
