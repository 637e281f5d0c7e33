package classifier

import (
	"sort"

	"jobsieve/classifier/likeness"
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// match is one place where a rule's phrase was found, or where the terms that it
// combines were.
type match struct {
	rule       int
	field      job.Field
	start, end int // bytes
	// said stands for the words: equal ones have the same.
	said text.Key
	// share is how much of its weight the place gives it; 0 if it was taken
	// back.
	share float64
	// strength is how much the words tell.
	strength float64
	// unit is the sentence.
	unit int
	// needs says that the sentence is about what the applicant should bring.
	needs bool
	// single says that it is one word.
	single bool
	// halves says that the text speaks of two parts of the same weight.
	halves bool
}

// finding is what is found in one posting.
type finding struct {
	c        *Classifier
	hinglish func() bool
	words    *likeness.Counts // nil where they are not asked
	// facts are the matches of rules that test facts, ms the others.
	facts, ms []match
}

// in finds what the rules say about one field.
func (n *finding) in(f job.Field, d *text.Doc) {
	n.c.sentences(f, d, func(s *sentences, found []phrase.Found) {
		n.ms = n.c.matchPhrases(s, found, n.ms)
		s.denyFacts(n.facts)
		s.count(n.words)
		n.ms = n.c.matchMeanings(s, n.hinglish, n.ms)
	})
}

// all are the matches of all fields.
func (n *finding) all() []match { return append(n.ms, n.facts...) }

// denyFacts takes back the facts that a text states of others, or denies.
func (s *sentences) denyFacts(facts []match) {
	for i := range facts {
		m := &facts[i]
		if m.field != s.field || m.start >= m.end {
			continue
		}
		first, end := s.tokenAt(m.start), s.tokenAt(m.end-1)+1
		if s.byOthersIn(first, end) || s.denied(phrase.Found{First: first, End: end}) {
			m.share = 0
		}
	}
}

// tokenAt gives the last token that begins at a byte or before it.
func (s *sentences) tokenAt(at int) int {
	after := sort.Search(len(s.doc.Tokens), func(i int) bool { return s.doc.Tokens[i].Start > at })
	return max(0, after-1)
}

// sentences calls use with the sentences of a field, and the phrases found in it,
// which are valid until use returns.
func (c *Classifier) sentences(f job.Field, d *text.Doc, use func(*sentences, []phrase.Found)) {
	read := false
	c.phrases.Visit(d, func(found []phrase.Found) {
		read = true
		newSentences(c, f, d, found).use(use, found)
	})
	if !read {
		newSentences(c, f, d, nil).use(use, nil)
	}
}

// use calls use with s, and keeps the memory of s for another text.
func (s *sentences) use(use func(*sentences, []phrase.Found), found []phrase.Found) {
	use(s, found)
	s.c, s.doc, s.denials = nil, nil, denials{}
	sentenceMemory.Put(s)
}

// matchPhrases finds what the rules that have phrases say. A match within a longer one
// of a rule, which says more exactly what is meant, is left out.
func (c *Classifier) matchPhrases(s *sentences, found []phrase.Found, out []match) []match {
	s.back.sentence = 0
	var named reach
	for len(found) > 0 {
		here := found[:together(found)]
		found = found[len(here):]
		named.at(here[0].First)
		for _, f := range here {
			if f.Value >= 0 && s.rules.named[f.Value] {
				named.note(f)
			}
		}
		for _, f := range here {
			if f.Value >= 0 && s.rules.looked[f.Value] && !named.beyond(f) {
				out = append(out, s.matchOf(f))
			}
		}
	}
	return out
}

// matchOf gives the match of a rule's phrase.
func (s *sentences) matchOf(f phrase.Found) match {
	d := s.doc
	m := match{
		rule: f.Value, field: s.field, strength: s.strength(f), said: saidKey(d, f), single: f.End == f.First+1,
		start: d.Tokens[f.First].Start, end: d.Tokens[f.End-1].End,
	}
	s.describe(&m, s.sentence(f.First), f.First, f.End)
	if s.denied(f) || s.aside(f) || s.takenBack(f) {
		m.share = 0
	}
	return m
}

// takenBack knows which rules are taken back in one sentence.
type takenBack struct {
	sentence int            // its number and one, 0 for none
	rules    []int          // for each rule, the last sentence and one that takes it back
	found    []phrase.Found // what does
}

// takenBack reports that the sentence of a rule's phrase takes it back. A sentence is
// looked through once, and only where it is asked about.
func (s *sentences) takenBack(f phrase.Found) bool {
	if len(s.c.rules[f.Value].spec.Unless) == 0 {
		return false
	}
	b, k := &s.back, s.of[f.First]
	if b.sentence == 0 { // the first of the text
		b.rules = zeroed(b.rules, len(s.c.rules))
	}
	if b.sentence != int(k)+1 {
		b.sentence = int(k) + 1
		first, end := f.First, f.First
		for first > 0 && s.of[first-1] == k {
			first--
		}
		for end < len(s.doc.Tokens) && s.of[end] == k {
			end++
		}
		b.found = s.c.unless.FindFrom(s.doc, first, end, b.found[:0])
		for _, u := range b.found {
			b.rules[s.c.taken[roleUnless-u.Value]] = b.sentence
		}
	}
	return b.rules[f.Value] == b.sentence
}

// strength says how much the words of a phrase tell.
func (s *sentences) strength(f phrase.Found) float64 {
	if s.field == job.FieldTitle {
		return 1
	}
	rarest, words := 0.0, 0
	for i, k := range s.doc.Keys()[f.First:f.End] {
		if k == 0 {
			continue
		}
		words++
		share, ok := s.c.common.At(s.doc, f.First+i)
		if !ok {
			share = 1
		}
		rarest = max(rarest, share)
	}
	return s.c.scoring.tells(rarest, words)
}

// saidKey stands for the words of a phrase.
func saidKey(d *text.Doc, f phrase.Found) (key text.Key) {
	for _, k := range d.Keys()[f.First:f.End] {
		key = key*31 + k
	}
	return key
}

// maxPhrase is the most tokens by which a longer phrase may begin earlier.
const maxPhrase = 6

// reach knows how far what was found in a text goes, by where it begins. It is told what
// was found in the order of the first tokens, and only what begins a little earlier than
// the last of it is kept.
type reach struct {
	begun  [maxPhrase + 1]span // the furthest that begins at each first token
	first  int                 // the last of these
	before int                 // the furthest end of what begins before it
}

// span is tokens first up to but not including end.
type span struct{ first, end int }

// at says what is the first token of what comes next.
func (r *reach) at(first int) {
	if first != r.first {
		r.before = max(r.before, r.begun[r.first%len(r.begun)].end)
		r.first = first
		r.begun[first%len(r.begun)] = span{first: first}
	}
}

// note takes in something that was found at the last first token.
func (r *reach) note(f phrase.Found) {
	of := &r.begun[f.First%len(r.begun)]
	of.end = max(of.end, f.End)
}

// beyond reports that something longer holds what was found at the last first token.
// All that begins there must have been noted.
func (r *reach) beyond(f phrase.Found) bool {
	if r.begun[f.First%len(r.begun)].end > f.End {
		return true
	}
	if r.before < f.End {
		return false
	}
	for _, o := range r.begun {
		if o.end >= f.End && o.first < f.First && o.first >= f.First-maxPhrase {
			return true
		}
	}
	return false
}

// together gives how many of what was found, which is something, begin together.
func together(found []phrase.Found) int {
	n := 1
	for n < len(found) && found[n].First == found[0].First {
		n++
	}
	return n
}
