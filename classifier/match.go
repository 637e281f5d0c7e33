package classifier

import (
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// match is one place where a rule's phrase was found.
type match struct {
	rule       int
	field      job.Field
	start, end int // bytes
	phrase     string
	// share is how much of its weight the place gives it; 0 if it was taken
	// back.
	share float64
}

// matchField finds what the rules say about one field.
func (c *Classifier) matchField(f job.Field, d *text.Doc, out []match) []match {
	c.phrases.Visit(d, func(found []phrase.Found) { out = c.matchFound(f, d, found, out) })
	return out
}

func (c *Classifier) matchFound(f job.Field, d *text.Doc, found []phrase.Found, out []match) []match {
	s := newSentences(c, f, d, found)
	for i, m := range found {
		if m.Value < 0 || !c.rules[m.Value].fields[f] || s.covered(found, i) {
			continue
		}
		share := s.share(m)
		if s.taken[place{m.Value, d.Sentence(m.First)}] {
			share = 0
		}
		out = append(out, match{
			rule: m.Value, field: f, share: share, phrase: normOf(d, m),
			start: d.Tokens[m.First].Start, end: d.Tokens[m.End-1].End,
		})
	}
	return out
}

func normOf(d *text.Doc, m phrase.Found) string {
	if m.End == m.First+1 {
		return d.Tokens[m.First].Norm
	}
	var n strings.Builder
	for i := m.First; i < m.End; i++ {
		if i > m.First {
			n.WriteByte(' ')
		}
		n.WriteString(d.Tokens[i].Norm)
	}
	return n.String()
}

// sentences knows, for each sentence of a text, what kind it is and what it
// takes back.
type sentences struct {
	c     *Classifier
	field job.Field
	doc   *text.Doc
	kind  []sentenceKind
	// taken are the rules that have an unless phrase in a sentence.
	taken map[place]bool
	denials
}

// place is a rule in a sentence.
type place struct{ rule, sentence int }

type sentenceKind struct {
	employer, requirement, background, others bool
}

func newSentences(c *Classifier, f job.Field, d *text.Doc, found []phrase.Found) *sentences {
	prose := f == job.FieldDescription
	s := &sentences{c: c, field: f, doc: d, taken: map[place]bool{}, denials: newDenials(d, found)}
	n := d.Sentence(len(d.Tokens)) + 1
	s.kind = make([]sentenceKind, n)
	about := make([]int, n) // 1: an about heading, -1: a work heading
	for _, w := range found {
		k := d.Sentence(w.First)
		switch w.Value {
		case roleEmployer:
			s.kind[k].employer = prose
		case roleRequirement:
			s.kind[k].requirement = true
		case roleBackground:
			s.kind[k].background = true
		case roleOthers:
			s.kind[k].others = true
		case roleAbout:
			if about[k] == 0 && s.heading(w) {
				about[k] = 1
			}
		case roleWork:
			about[k] = -1
			s.kind[k].employer = false
		default:
			if w.Value <= roleUnless {
				s.taken[place{c.unless[roleUnless-w.Value], k}] = true
			}
		}
	}
	if prose {
		s.spreadAbout(about)
	}
	return s
}

// spreadAbout extends an "about us" heading over the sentences after it, up to
// a heading about the work.
func (s *sentences) spreadAbout(about []int) {
	inAbout := 0
	for k := range about {
		switch about[k] {
		case 1:
			inAbout = maxAbout
		case -1:
			inAbout = 0
		}
		if inAbout > 0 {
			s.kind[k].employer = true
			inAbout--
		}
	}
}

// maxAbout is the most sentences that an "about us" is taken to have.
const maxAbout = 8

// heading reports that a phrase begins its line or sentence.
func (s *sentences) heading(f phrase.Found) bool {
	for i := f.First - 1; i >= 0; i-- {
		if s.doc.Stop(i) || s.doc.Is(i, ":") {
			return true
		}
		if s.doc.Tokens[i].Kind == text.Word {
			return false
		}
	}
	return true
}

// covered reports a match within a longer match of a rule in the same place,
// which says more exactly what is meant.
func (s *sentences) covered(found []phrase.Found, i int) bool {
	m := found[i]
	for j := i - 1; j >= 0 && found[j].First >= m.First-maxPhrase; j-- {
		if s.longer(found[j], m) {
			return true
		}
	}
	for j := i + 1; j < len(found) && found[j].First == m.First; j++ {
		if s.longer(found[j], m) {
			return true
		}
	}
	return false
}

// maxPhrase is the most tokens by which a longer phrase may begin earlier.
const maxPhrase = 6

func (s *sentences) longer(o, m phrase.Found) bool {
	if o.Value < 0 || !s.c.rules[o.Value].names() || !s.c.rules[o.Value].fields[s.field] {
		return false
	}
	return o.First <= m.First && o.End >= m.End && o.End-o.First > m.End-m.First
}

// share is how much a match counts in its sentence.
func (s *sentences) share(m phrase.Found) float64 {
	k := s.kind[s.doc.Sentence(m.First)]
	switch {
	case k.employer || k.background || k.others || s.denied(m):
		return 0
	case k.requirement:
		return s.c.scoring.Requirement
	}
	return 1
}
