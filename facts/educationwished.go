package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// dropTakenBack drops what is only wished for, or denied.
func (s *schooling) dropTakenBack() {
	k := 0 // the first level after the hit
	for i, h := range s.hits {
		for k < len(s.levels) && s.levels[k].at < i {
			k++
		}
		switch h.Value {
		case valuePreferred, valuePreferably:
			s.dropWished(k, &h)
		case valueDenied, valueExcluded:
			if s.d.Is(h.First-1, ",") && !s.linked(k-2) { // "desirable, not mandatory"
				h.First--
			}
			s.dropBefore(k-1, &h)
		case valueBarred, valueUnasked:
			s.dropRefused(k, i)
		case valueEarned:
			s.dropEarned(k-1, &h)
		case string(job.EducationNone):
			s.dropNeedless(k, &h)
		}
	}
}

// dropNeedless drops what hit h, the level k, says that one needs not: "MBA degree not
// required" says nothing of others, "no degree or schooling is required" of all.
func (s *schooling) dropNeedless(k int, h *phrase.Hit[string]) {
	if k == 0 || !s.levels[k-1].kept {
		return
	}
	before := &s.levels[k-1]
	switch {
	case before.End == h.First:
		s.levels[k].kept = !s.dropBefore(k-1, h)
	case s.levels[k].rank == rankNone && s.linked(k-1) && !s.apart(before.End, h.First) &&
		s.atLargeToo[s.d.Tokens[before.End-1].Norm]:
		before.kept = false
	}
}

// dropWished drops what hit h only wishes for: all that stands under it where it is a
// heading, else the levels on one side of it. "preferred" mostly speaks of those before
// it, "preferably" of those after it. Level k is the first after the hit.
func (s *schooling) dropWished(k int, h *phrase.Hit[string]) {
	switch {
	case s.isHeadingLine(h, k):
		s.dropBlock(k, h.End)
	case h.Value == valuePreferably:
		if !s.dropAfter(k, h.End) {
			s.dropBefore(k-1, h)
		}
	default:
		if !s.dropBefore(k-1, h) {
			s.dropAfter(k, h.End)
		}
	}
}

// dropRefused drops the levels after hit i, which refuses them; level k is the first
// that is no earlier. That none is needed is not taken back: "no degree, no diploma".
func (s *schooling) dropRefused(k, i int) {
	if k < len(s.levels) && s.levels[k].at == i {
		k++
	}
	if s.anyOf[s.d.Tokens[s.hits[i].First].Norm] { // "कोई भी graduate"
		return
	}
	if k < len(s.levels) && s.excludes(s.levels[k].at) { // "have not passed class 10 will not be taken"
		return
	}
	s.dropAfter(k, s.hits[i].End)
}

// dropEarned drops the level k, where there is one, that hit h gives to the applicant.
func (s *schooling) dropEarned(k int, h *phrase.Hit[string]) {
	if k >= 0 && s.isEarned(s.levels[k].End, h.First) {
		s.dropBefore(k, h)
	}
}

// isEarned reports that nobody stands between a level that ends before token end and
// the word at token i that gives it: "diploma मिलेगा", not "graduate को 9000 मिलेगा".
func (s *schooling) isEarned(end, i int) bool {
	const reach = 2
	if i-end > reach {
		return false
	}
	for ; end < i; end++ {
		if s.goesOn[s.d.Tokens[end].Norm] || s.d.IsKind(end, text.Number) {
			return false
		}
	}
	return true
}

// dropBefore drops the level k that hit h takes back, and those in one list with it.
func (s *schooling) dropBefore(k int, h *phrase.Hit[string]) bool {
	const reach = 10
	first := h.First
	for k > 0 && !s.levels[k].kept && first-s.levels[k].End <= reach {
		k--
	}
	if k < 0 || first-s.levels[k].End > reach {
		return false
	}
	if end := s.levels[k].End; !clause(s.d, end, first) || s.isOfElse(end, h) {
		return false
	}
	if h.Value == valueDenied && s.levels[k].rank == rankNone { // "any schooling or none"
		return false
	}
	if h.Value == valueExcluded && s.excludesOthers(&s.levels[k]) {
		return false
	}
	s.levels[k].kept = false
	for ; s.linked(k-1) && s.levels[k-1].kept && !s.apart(s.levels[k-1].End, s.levels[k].First); k-- {
		s.levels[k-1].kept = false
	}
	return true
}

// excludesOthers reports that those who do not have level l are spoken of: "without a
// degree", "10th se kam", "not cleared class 10".
func (s *schooling) excludesOthers(l *level) bool {
	const reach = 4
	if s.below[s.between(l.End, l.End+2)] || s.below[next(s.d, l.First-1)] || s.below[s.between(l.First-2, l.First)] {
		return true
	}
	for _, o := range phrase.Near(s.hits, l.First-reach, l.First) {
		refusal := o.Value == valueUnasked || o.Value == valueBarred && s.isNot(&o)
		if refusal && clause(s.d, o.End, l.First) {
			return true
		}
	}
	return false
}

func (s *schooling) isNot(h *phrase.Hit[string]) bool { return s.d.Is(h.First, "not") }

// isOfElse reports that hit h, which comes after the level that ends before token end,
// speaks of something else: "Graduate (preferably finance)".
func (s *schooling) isOfElse(end int, h *phrase.Hit[string]) bool {
	for i := end; i < h.First; i++ {
		allOfBracket := i+1 == h.First && s.d.Is(h.End, ")") // "Graduate (preferred)"
		inside := s.d.Is(i, "(") && !allOfBracket && h.Value != valueDenied && h.Value != valueExcluded
		if inside || s.wishedElse[s.d.Tokens[i].Norm] {
			return true
		}
	}
	return false
}

// apart reports a comma or an opening bracket among tokens i to j: what is said
// of the second does not hold for the first.
func (s *schooling) apart(i, j int) bool {
	for ; i < j; i++ {
		if s.d.Is(i, ",") || s.d.Is(i, "(") {
			return true
		}
	}
	return false
}

// dropAfter drops the level k that a word before token end takes back, and those
// in one list with it.
func (s *schooling) dropAfter(k, end int) bool {
	const reach = 3
	if k >= len(s.levels) || s.levels[k].rank == rankNone { // "we do not mind if you never went to school"
		return false
	}
	if s.levels[k].First-end > reach || !clause(s.d, end, s.levels[k].First) {
		return false
	}
	s.levels[k].kept = false
	for ; s.linked(k) && s.levels[k+1].kept; k++ {
		s.levels[k+1].kept = false
	}
	return true
}

// isHeadingLine reports a wish that is a line without a level, or that a colon ends
// so; k is the first level after it.
func (s *schooling) isHeadingLine(h *phrase.Hit[string], k int) bool {
	const longest = 6
	i, j := h.First, h.End
	for i > 0 && h.First-i < longest && !s.d.Stop(i-1) {
		i--
	}
	for j < len(s.d.Tokens) && j-h.End < longest && !s.d.Stop(j) && !s.d.Is(j, ":") {
		j++
	}
	hasLevel := k > 0 && s.levels[k-1].End > i || k < len(s.levels) && s.levels[k].First < j
	ends := s.d.Is(j, ":") || s.d.IsKind(j, text.Newline)
	return !hasLevel && ends && startsSentence(s.d, i)
}

// dropBlock drops the levels from k on that stand under the heading before token
// end: in its sentence, or where the line ends with it, up to the next heading of
// schooling, or a line that ends in a colon.
func (s *schooling) dropBlock(k, end int) {
	if k < s.block {
		return
	}
	for end < len(s.d.Tokens) && !s.d.Stop(end) && !s.d.Is(end, ":") {
		end++
	}
	ends := s.newBlock
	if !s.d.IsKind(end, text.Newline) && !s.d.IsKind(end+1, text.Newline) {
		ends = s.newSentence
	}
	for ; k < len(s.levels) && !ends(end, s.levels[k].First); k++ {
		s.levels[k].kept, end = false, s.levels[k].End
	}
	s.block = k
}

// newSentence reports the end of a sentence or line among tokens i to j, but no
// bullet.
func (s *schooling) newSentence(i, j int) bool {
	for ; i < j; i++ {
		if s.d.IsKind(i, text.Newline) || s.d.Is(i, ".") && s.d.Stop(i) {
			return true
		}
	}
	return false
}

// newBlock reports a heading among tokens i to j.
func (s *schooling) newBlock(i, j int) bool {
	const longest = 5
	line := -1 // the first token of the line, once it is known
	for ; i < j; i++ {
		switch {
		case s.d.IsKind(i, text.Newline):
			if line >= 0 && i-line <= longest && isTitle(s.d, line) {
				return true
			}
			line = i + 1
		case line >= 0 && s.d.Is(i, ":") && i-line <= longest:
			return true
		}
	}
	return false
}

// isTitle reports a line that begins with a capital letter and no bullet.
func isTitle(d *text.Doc, i int) bool {
	return d.IsKind(i, text.Word) && isUpper(d.Text[d.Tokens[i].Start:d.Tokens[i].Start+1])
}
