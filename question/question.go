// Package question takes typed questions apart as postings are read: places by any
// name, hours, years, pay, schooling, label, and what is asked for by any of its
// names, in English, Hindi and Hinglish.
//
// A text enters; terms for an index leave, with what was understood. A reading never
// takes a hit of the words away: each term holds where the words stand as they were
// typed, or where the reading is true. Words in quotation marks are only words.
package question

import (
	"fmt"
	"strings"
	"sync"

	"jobsieve/concept"
	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/pay"
)

// Question is what somebody asks.
type Question struct {
	// Terms must all hold.
	Terms []indexer.Term
	// Parts are what was typed, in order: what Terms are made of, and what was left out
	// between them.
	Parts []Part
	// Filler says that all of it is words that people type around what they ask for, which
	// Terms then want as words.
	Filler bool

	choices bool // the last term is choices that somebody named
}

// Part is a stretch of what was typed.
type Part struct {
	// Typed is the text as it was typed.
	Typed string `json:"typed"`
	// As says what it is taken for besides the words: "city Pune"; empty for words
	// alone.
	As []string `json:"as,omitempty"`
	// Corrected is a known word that is near to it; empty where none was needed.
	Corrected string `json:"corrected,omitempty"`
	// Empty says that it asks for nothing and was left out: "jobs in".
	Empty bool `json:"empty,omitempty"`
	// Not says that postings with it are left out.
	Not bool `json:"not,omitempty"`
}

// Reader reads questions with the words of one lexicon. It may be used by several
// goroutines.
type Reader struct {
	facts    *facts.Reader
	pay      *pay.Reader
	concepts *concept.Reader
	// words finds what is empty in a question, what joins and denies, and what says
	// nothing more beside a fact; means finds words that are a concept only here.
	words, means *phrase.Values[string]
	// own are the words of concepts by which no index has read its documents.
	own    map[string][][]string
	fields map[string]string  // what people write before a colon, by the name of the field
	known  func() *vocabulary // made when a word is first looked for in it
}

// The lists of words that questions have.
const (
	listEmpty = "query-filler"
	listOr    = "query-or"
	listNot   = "query-not"
	fieldList = "query-field-"
	nounList  = "query-noun."
	meansList = "query-means."
)

// New makes a reader with the words of a lexicon, and readers that have these words
// too. Its error says which list of words it lacks.
func New(x *lexicon.Lexicon, f *facts.Reader, p *pay.Reader, c *concept.Reader) (*Reader, error) {
	r := &Reader{
		facts: f, pay: p, concepts: c, own: ownWords(x, c), fields: map[string]string{},
		words: phrase.NewValues[string](), means: phrase.NewValues[string](),
	}
	for _, list := range []string{listEmpty, listOr, listNot} {
		if !x.Has(list) {
			return nil, fmt.Errorf("words of questions: the lexicon has no list %q", list)
		}
	}
	for _, l := range x.Lists() {
		entries, err := x.Entries(l.Name)
		name, isField := strings.CutPrefix(l.Name, fieldList)
		concept, means := strings.CutPrefix(l.Name, meansList)
		switch {
		case err != nil:
		case isField:
			for _, e := range entries {
				r.fields[strings.Join(indexer.Words(e), " ")] = name
			}
		case means:
			err = r.means.Add(concept, entries...)
		case l.Name == listEmpty, l.Name == listOr, l.Name == listNot, strings.HasPrefix(l.Name, nounList):
			err = r.words.Add(l.Name, entries...)
		}
		if err != nil {
			return nil, fmt.Errorf("words of questions: %w", err)
		}
	}
	r.known = sync.OnceValue(func() *vocabulary { return vocabularyOf(x) })
	return r, nil
}

// mostBytes is the longest question that is read: nobody types so much.
const mostBytes = 2000

// Read takes a question apart. Its error says what is wrong with its form.
//
// common reports a word that stands in postings: it is not corrected.
func (r *Reader) Read(s string, common func(word string) bool) (*Question, error) {
	if len(s) > mostBytes {
		const format = "a question of %d bytes: expected %d at most; --exact takes any number of words"
		return nil, fmt.Errorf(format, len(s), mostBytes)
	}
	pieces, err := r.cut(s)
	if err != nil {
		return nil, fmt.Errorf("query %q: %w", s, err)
	}
	q := &Question{}
	either := false // the next part is another choice of the last term
	for _, p := range pieces {
		if p.or {
			either = len(q.Terms) > 0
			continue
		}
		for _, t := range r.readPiece(&p, common) {
			q.add(t, either)
			either = t.or || either && t.term == nil
		}
	}
	q.anything()
	return q, nil
}

// add adds a part with its term, as another choice of the last term where either is
// set.
func (q *Question) add(t readTerm, either bool) {
	q.Parts = append(q.Parts, t.part)
	if t.term == nil {
		return
	}
	n := len(q.Terms)
	switch either = either && n > 0 && !t.term.Not && !q.Terms[n-1].Not; {
	case either && q.choices:
		q.Terms[n-1].Any = append(q.Terms[n-1].Any, *t.term)
	case either:
		q.Terms[n-1] = indexer.Term{Any: []indexer.Term{q.Terms[n-1], *t.term}}
	default:
		q.Terms = append(q.Terms, *t.term)
	}
	q.choices = either
}

// anything takes empty words for words where a question has no others.
func (q *Question) anything() {
	if len(q.Terms) > 0 {
		return
	}
	for i := range q.Parts {
		p := &q.Parts[i]
		words := indexer.Words(p.Typed)
		if !p.Empty || len(words) == 0 {
			continue
		}
		p.Empty, q.Filler = false, true
		q.Terms = append(q.Terms, allWords(words, 1))
	}
}

// Understood are the parts that are taken for more than words, or for nothing.
func (q *Question) Understood() (out []Part) {
	for _, p := range q.Parts {
		if len(p.As) > 0 || p.Corrected != "" || p.Empty {
			out = append(out, p)
		}
	}
	return out
}

// allWords wants words anywhere, each of which counts a weight.
func allWords(words []string, weight float64) indexer.Term {
	all := make([]indexer.Term, len(words))
	for i, w := range words {
		all[i] = indexer.Term{Words: []string{w}, Weight: weight}
	}
	if len(all) == 1 {
		return all[0]
	}
	return indexer.Term{All: all}
}
