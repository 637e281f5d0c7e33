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
		if best < 0 || s.levels[best].rank == rankNone ||
			s.levels[k].rank != rankNone && s.levels[k].rank < s.levels[best].rank {
			best = k
		}
	}
	return best
}

// The ranks of levels that the grammar tells apart.
var (
	rankNone         = rankOf(string(job.EducationNone))
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
		if h.Value == valueDenied && i > 0 && s.hits[i-1].Value == valueHeading && h.First-s.hits[i-1].End <= 1 {
			rank = rankNone // "Qualification: not required"
		}
		if rank >= 0 {
			s.levels = append(s.levels, level{Hit: h, at: i, rank: rank})
		}
	}
}

// findLists finds which levels are in one list.
func (s *schooling) findLists() {
	for k := len(s.levels) - 1; k >= 0; k-- {
		s.levels[k].last = k
		if k+1 < len(s.levels) && s.linked(k) {
			s.levels[k].last = s.levels[k+1].last
		}
	}
}

// keepStated keeps the levels that are surely meant, and then those in one list
// with such a one.
func (s *schooling) keepStated() {
	for k := range s.levels {
		l := &s.levels[k]
		l.others = s.isLabel(k) || s.ofPupils(l)
	}
	s.eachPair(func(l, other *level, _ int) { // "of classes 9 and 10"
		l.others = l.others || other.others && s.isSchool(l) && s.isSchool(other) && !s.d.Is(other.End, ":")
	})
	for k := range s.levels {
		l := &s.levels[k]
		l.kept = !l.others && s.isSure(l)
	}
	s.eachPair(func(l, other *level, between int) {
		l.kept = l.kept || !l.others && s.sharesWith(l, other, between)
	})
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

// sharesWith reports a level in one list with another that is kept, or one of two
// short forms in capitals: CA/CS. Small letters need a stroke: be/btech.
func (s *schooling) sharesWith(l, other *level, between int) bool {
	if short := s.shortForm(l); short > l.First && !s.inCapitals(l.First, short) {
		return other.kept && s.d.Is(between, "/")
	}
	return other.kept || s.isCapital(l) && s.isCapital(other) && !s.shouts(l)
}

func (s *schooling) isSchool(l *level) bool { return l.rank <= rankSchool && l.rank != rankNone }

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
		return s.isHeaded(l) || s.isBeside(l)
	}
	return !s.ambiguous[words] || s.d.Is(l.End, "in") || s.isHeaded(l) || s.isBeside(l)
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
		if s.capitals[phraseOf(s.d, l.First, end)] {
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
		if i >= l.First && i < l.End || t.Kind != text.Word || t.Script != text.Latin || len(t.Norm) < long {
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
	words := phraseOf(s.d, l.First, l.End)
	return s.d.Is(l.End, ":") && (s.ambiguous[words] || s.capitals[words] ||
		k+1 < len(s.levels) && s.levels[k+1].First == l.End+1)
}

// ofPupils reports classes that the work is for, not asked of the applicant:
// "students of class 10", "12th grade maths"; and ordinals of dates.
func (s *schooling) ofPupils(l *level) bool {
	if !s.isSchool(l) || s.d.Is(l.End-1, "pass") || s.d.Is(l.End-1, "passed") {
		return false
	}
	after := next(s.d, l.End)
	switch {
	case s.students[after]:
		return after != "students" && after != "student" || !s.d.Is(l.End+1, "can")
	case s.months[after], s.d.Is(l.End, "-") && s.d.IsKind(l.End+1, text.Number):
		return true
	}
	if s.d.Is(l.First-1, "to") || s.d.Is(l.First-1, "-") && s.d.Is(l.First-2, "th") {
		return true // "4th - 10th class"
	}
	const reach = 4
	for i := l.First - 1; i >= max(0, l.First-reach) && !s.d.Stop(i); i-- {
		if s.students[s.d.Tokens[i].Norm] && !s.d.Is(i, "of") {
			return true
		}
	}
	return false
}

// linked reports that level k and the next are of one list: "B.Com / M.Com".
func (s *schooling) linked(k int) bool {
	const most = 5
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

// dropTakenBack drops what is only wished for, or denied.
func (s *schooling) dropTakenBack() {
	k := 0 // the first level after the hit
	for i, h := range s.hits {
		for k < len(s.levels) && s.levels[k].at < i {
			k++
		}
		switch h.Value {
		case valuePreferred:
			if s.isHeadingLine(h, k) {
				s.dropBlock(k, h.End)
			} else if !s.dropBefore(k-1, h.First) {
				s.dropAfter(k, h.End)
			}
		case valuePreferably:
			if s.isHeadingLine(h, k) {
				s.dropBlock(k, h.End)
			} else if !s.dropAfter(k, h.End) {
				s.dropBefore(k-1, h.First)
			}
		case valueDenied:
			if s.d.Is(h.First-1, ",") { // "desirable, not mandatory"
				h.First--
			}
			s.dropBefore(k-1, h.First)
		case valueBarred:
			s.dropAfter(k, h.End)
		case string(job.EducationNone):
			if k > 0 && s.levels[k-1].End == h.First { // "MBA degree not required"
				s.levels[k].kept = !s.dropBefore(k-1, h.First)
			}
		}
	}
}

// dropBefore drops the level k that a word at token first takes back, and those
// in one list with it.
func (s *schooling) dropBefore(k, first int) bool {
	const reach = 10
	for k > 0 && !s.levels[k].kept && first-s.levels[k].End <= reach {
		k--
	}
	if k < 0 || first-s.levels[k].End > reach || !clause(s.d, s.levels[k].End, first) {
		return false
	}
	for i := s.levels[k].End; i < first; i++ {
		if s.wishedElse[s.d.Tokens[i].Norm] {
			return false
		}
	}
	s.levels[k].kept = false
	for ; k > 0 && s.levels[k-1].kept && s.linked(k-1); k-- {
		if s.apart(s.levels[k-1].End, s.levels[k].First) {
			break
		}
		s.levels[k-1].kept = false
	}
	return true
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
	if k >= len(s.levels) || s.levels[k].First-end > reach || !clause(s.d, end, s.levels[k].First) {
		return false
	}
	s.levels[k].kept = false
	for ; k+1 < len(s.levels) && s.levels[k+1].kept && s.linked(k); k++ {
		s.levels[k+1].kept = false
	}
	return true
}

// isHeadingLine reports a wish that is a line without a level, or that a colon ends
// so; k is the first level after it.
func (s *schooling) isHeadingLine(h phrase.Hit[string], k int) bool {
	const longest = 6
	i, j := h.First, h.End
	for i > 0 && h.First-i < longest && !s.d.Stop(i-1) {
		i--
	}
	for j < len(s.d.Tokens) && j-h.End < longest && !s.d.Stop(j) && !s.d.Is(j, ":") {
		j++
	}
	if k > 0 && s.levels[k-1].End > i || k < len(s.levels) && s.levels[k].First < j || i > 0 && !s.d.Stop(i-1) {
		return false
	}
	return s.d.Is(j, ":") || s.d.IsKind(j, text.Newline)
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

// dropCounted drops the levels that only say more of another: school years whose
// marks are counted in beside a higher level, "degree" after "MBA", "graduation"
// before "(B.Com)", and M.Pharm after B.Pharm.
func (s *schooling) dropCounted() {
	higher := false
	for k := range s.levels {
		higher = higher || s.levels[k].kept && s.levels[k].rank > rankSchool
	}
	for k := range s.levels {
		l := &s.levels[k]
		switch {
		case l.rank == rankGraduate && !s.isAny(l) && s.hasField(k):
			l.rank = rankDegree
		case l.rank == rankGraduate && (s.namesAgain(k) || s.isNamed(k)),
			s.proMasters[phraseOf(s.d, l.First, l.End)] && s.followsProfession(k),
			higher && s.isSchool(l) && s.hasMarks(l), s.goesWith(k):
			l.kept = false
		}
	}
}

// isAny reports a level that leaves open what it is in: "any graduate".
func (s *schooling) isAny(l *level) bool { return s.anyOf[s.d.Tokens[l.First].Norm] }

// hasField reports what the degree of level k is in: "Graduate (Commerce)",
// "Bachelor's or Master's degree in Physics".
func (s *schooling) hasField(k int) bool {
	l := &s.levels[k]
	end := s.levels[l.last].End
	i := end
	for s.upwards[next(s.d, i)] {
		i++
	}
	if s.d.Is(i, "(") {
		return s.studies[next(s.d, i+1)]
	}
	return s.d.Is(i, "in") && s.isField(l, i+1) || s.d.Is(end-2, "in")
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

// namesAgain reports "degree" or "graduates" right after a level.
func (s *schooling) namesAgain(k int) bool {
	l := &s.levels[k]
	return k > 0 && s.levels[k-1].End == l.First && l.End-l.First == 1 && s.levels[k-1].rank > rankSchool
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

// followsProfession reports a professional qualification that is kept right before
// level k, in one list with it.
func (s *schooling) followsProfession(k int) bool {
	return k > 0 && s.levels[k-1].kept && s.levels[k-1].rank == rankProfessional && s.linked(k-1)
}

// goesWith reports a level that is not enough without the next, higher one:
// "12th + DCA", "graduate with B.Ed".
func (s *schooling) goesWith(k int) bool {
	if k+1 >= len(s.levels) || !s.levels[k+1].kept || s.levels[k+1].rank <= s.levels[k].rank {
		return false
	}
	between := phraseOf(s.d, s.levels[k].End, s.levels[k+1].First)
	return s.together[between] || between == "+"
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

// clause reports that there is no sentence end or comma among tokens i to j.
func clause(d *text.Doc, i, j int) bool {
	for ; i < j; i++ {
		if d.Stop(i) || d.Is(i, ",") {
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
