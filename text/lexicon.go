package text

import (
	"sort"
	"strings"
)

// Lexicon finds phrases that stand for values, such as the names of cities.
type Lexicon[V any] struct {
	phrases *Phrases
	values  []V
	// entries are what was added as patterns, for those who document it.
	entries []Entry[V]
}

// Entry is a value of a lexicon with its patterns.
type Entry[V any] struct {
	Value    V
	Patterns []string
}

// Entries gives the values that were added as patterns, in their order.
func (l *Lexicon[V]) Entries() []Entry[V] { return l.entries }

// Hit is one phrase of a lexicon in a text: tokens First up to but not
// including End.
type Hit[V any] struct {
	Value      V
	First, End int
}

// NewLexicon gives an empty lexicon.
func NewLexicon[V any]() *Lexicon[V] {
	return &Lexicon[V]{phrases: NewPhrases()}
}

// MustAdd adds patterns, with ";" between them, for a value. It panics on a
// pattern with a fault, and is for patterns that stand in the program itself.
func (l *Lexicon[V]) MustAdd(value V, patterns string) {
	l.values = append(l.values, value)
	e := Entry[V]{Value: value}
	for p := range strings.SplitSeq(patterns, ";") {
		if p = strings.TrimSpace(p); p != "" {
			l.phrases.MustAdd(p, len(l.values)-1)
			e.Patterns = append(e.Patterns, p)
		}
	}
	l.entries = append(l.entries, e)
}

// AddText adds the words of a plain text, which has no pattern's signs, for a
// value. A text without words adds nothing.
func (l *Lexicon[V]) AddText(value V, s string) {
	if seq := elementsOf(s); len(seq) > 0 {
		l.values = append(l.values, value)
		l.phrases.addSequence(seq, len(l.values)-1)
	}
}

// Near gives those of a text's hits of which a part stands among the tokens from
// first up to but not including end.
func Near[V any](hits []Hit[V], first, end int) []Hit[V] {
	i := sort.Search(len(hits), func(i int) bool { return hits[i].End > first })
	j := i
	for j < len(hits) && hits[j].First < end {
		j++
	}
	return hits[i:j]
}

// Hits gives the phrases in d from left to right, the longest where several
// begin together; none overlap.
func (l *Lexicon[V]) Hits(d *Doc) []Hit[V] {
	var out []Hit[V]
	for _, f := range l.phrases.FindIn(d) {
		h := Hit[V]{l.values[f.Value], f.First, f.End}
		n := len(out)
		switch {
		case n == 0 || h.First >= out[n-1].End:
			out = append(out, h)
		case h.First == out[n-1].First && h.End > out[n-1].End:
			out[n-1] = h
		}
	}
	return out
}
