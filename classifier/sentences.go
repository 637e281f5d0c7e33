package classifier

import (
	"slices"
	"sort"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// about is what a sentence may be about, besides the work.
type about int

const (
	aboutEmployer   about = iota // the employer, or what it offers
	aboutNeeds                   // what the applicant should bring
	aboutBackground              // what an applicant may have done before
	aboutSeldom                  // work done now and then
	aboutApplying                // how to apply
	aboutWanted                  // who is wanted
	abouts
)

// aboutOf gives what the words of a list of the context say of their sentence; ok is
// false where that is not all they say.
func aboutOf(role int) (a about, ok bool) {
	switch role {
	case roleEmployer:
		return aboutEmployer, true
	case roleRequirement:
		return aboutNeeds, true
	case roleBackground:
		return aboutBackground, true
	case roleSeldom:
		return aboutSeldom, true
	case roleApply:
		return aboutApplying, true
	case roleWanted:
		return aboutWanted, true
	}
	return 0, false
}

// onlyProse are what only the sentences of a description can be about.
var onlyProse = [abouts]bool{aboutEmployer: true, aboutSeldom: true, aboutApplying: true}

// sentences knows the sentences of a text: where they end, what each is about,
// and what it takes back. Long ones are cut in pieces, which count as sentences.
type sentences struct {
	c     *Classifier
	field job.Field
	rules *fieldRules
	doc   *text.Doc
	// of gives the sentence of each token.
	of   []int32
	kind [][abouts]bool
	// clause gives the number of the clause of each token, others the clauses that
	// are about what others do; both are nil where there are none.
	clause []int32
	others map[int32]bool
	// asides are the words that say something beside the work, by their first token; End is
	// the last end up to there.
	asides []phrase.Found
	denials
	// halves says that the text speaks of two parts of the same weight.
	halves bool
	// headings gives the role of the heading in each sentence, 0 for none.
	headings []int
	back     takenBack
}

// sentenceMemory holds the sentences of one text, to be reused.
var sentenceMemory = sync.Pool{New: func() any { return new(sentences) }}

// zeroed gives n zeros, in the memory of list where it is enough.
func zeroed[T any](list []T, n int) []T {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// newSentences gives the sentences of a text; see Classifier.sentences.
func newSentences(c *Classifier, f job.Field, d *text.Doc, found []phrase.Found) *sentences {
	prose := f == job.FieldDescription
	s := sentenceMemory.Get().(*sentences)
	*s = sentences{
		c: c, field: f, rules: c.byField[f], doc: d, denials: newDenials(d, found, c.joins),
		of: s.of, kind: s.kind, headings: s.headings, asides: s.asides[:0], back: s.back,
	}
	s.cut()
	s.headings = zeroed(s.headings, len(s.kind))
	for _, w := range found {
		if w.Value >= 0 {
			continue // a rule's
		}
		k := s.sentence(w.First)
		if a, ok := aboutOf(w.Value); ok {
			s.kind[k][a] = s.kind[k][a] || prose || !onlyProse[a]
			continue
		}
		switch w.Value {
		case roleOthers:
			s.byOthers(w)
		case roleAside:
			if n := len(s.asides); n > 0 {
				w.End = max(w.End, s.asides[n-1].End)
			}
			s.asides = append(s.asides, w)
		case roleHalves:
			s.halves = true
		case roleAbout, roleNeeds:
			if s.headings[k] == 0 && s.heading(w) {
				s.headings[k] = w.Value
			}
		case roleWork:
			s.headings[k] = roleWork
			s.kind[k][aboutEmployer] = false
		}
	}
	if prose {
		s.spread(s.headings)
	}
	return s
}

// byOthers notes a clause about what others do.
func (s *sentences) byOthers(w phrase.Found) {
	if s.clause == nil {
		s.clause, s.others = make([]int32, len(s.doc.Tokens)), map[int32]bool{}
		n := int32(0)
		for i := range s.doc.Tokens {
			s.clause[i] = n
			if comma(s.doc, i) || s.doc.Stop(i) {
				n++
			}
		}
	}
	s.others[s.clause[w.First]] = true
}

// byOthersIn reports that what tokens first up to end say begins and ends in clauses
// about what others do.
func (s *sentences) byOthersIn(first, end int) bool {
	return s.others != nil && s.others[s.clause[first]] && s.others[s.clause[end-1]]
}

// aside reports that a phrase stands within words that say something beside the work:
// "on contract to hire", "works with HR and finance teams".
func (s *sentences) aside(f phrase.Found) bool {
	after := sort.Search(len(s.asides), func(i int) bool { return s.asides[i].First > f.First })
	return after > 0 && f.End <= s.asides[after-1].End
}

// The most words of a piece of a sentence: it is cut at the next comma, or at
// once.
const (
	manyWords = 25
	mostWords = 50
)

// cut says where sentences end.
func (s *sentences) cut() {
	s.of = slices.Grow(s.of[:0], len(s.doc.Tokens)+1)[:len(s.doc.Tokens)+1]
	n, words := int32(0), 0
	for i := range s.doc.Tokens {
		s.of[i] = n
		if s.doc.Tokens[i].Kind == text.Word {
			words++
		}
		if s.ends(i, words) {
			n++
			words = 0
		}
	}
	s.of[len(s.doc.Tokens)] = n
	s.kind = zeroed(s.kind, int(n)+1)
}

// ends reports that a sentence, or a piece of one, ends at a token.
func (s *sentences) ends(i, words int) bool {
	if s.doc.Tokens[i].Kind == text.Word {
		return words >= mostWords && s.field != job.FieldTitle && s.field != job.FieldSkills
	}
	comma := s.doc.Is(i, ",")
	switch s.field {
	case job.FieldTitle:
		return false
	case job.FieldSkills:
		return comma || s.doc.Stop(i)
	}
	return s.doc.Stop(i) || comma && words >= manyWords || words >= mostWords || words > 0 && s.dash(i)
}

// dash reports a hyphen that stands free, as before the items of a list.
func (s *sentences) dash(i int) bool {
	t := &s.doc.Tokens[i]
	return t.End-t.Start == len("-") && s.doc.Is(i, "-") && !s.doc.Tokens[i].Glued && i+1 < len(s.doc.Tokens) && !s.doc.Tokens[i+1].Glued
}

// sentence gives the sentence that a token is in.
func (s *sentences) sentence(token int) int { return int(s.of[token]) }

// spread extends a heading about the employer, or about what the applicant should
// bring, over the sentences after it, up to the next heading.
func (s *sentences) spread(headings []int) {
	role, left := 0, 0
	for k, h := range headings {
		if h != 0 {
			role, left = h, maxPart
		}
		if left == 0 {
			continue
		}
		left--
		switch role {
		case roleAbout:
			s.kind[k][aboutEmployer] = true
		case roleNeeds:
			s.kind[k][aboutNeeds] = true
		}
	}
}

// maxPart is the most sentences that a heading is taken to govern.
const maxPart = 8

// heading reports that a phrase begins its line or sentence.
func (s *sentences) heading(f phrase.Found) bool {
	for i := f.First - 1; i >= 0; i-- {
		if s.doc.Stop(i) || s.doc.Is(i, ":") || s.dash(i) {
			return true
		}
		if s.doc.Tokens[i].Kind == text.Word {
			return false
		}
	}
	return true
}

// describe fills in what a sentence makes of a match in it, which is tokens first up
// to but not including end.
func (s *sentences) describe(m *match, sentence, first, end int) {
	k := &s.kind[sentence]
	m.unit, m.needs, m.halves = sentence, k[aboutNeeds], s.halves
	switch {
	case k[aboutEmployer] || k[aboutBackground] || k[aboutApplying] || s.byOthersIn(first, end):
		m.share = 0
	case k[aboutSeldom]:
		m.share = s.c.scoring.Seldom
	default:
		m.share = 1
	}
}
