// Package concept finds what a text is about by the lexicon's lists of the kind
// concepts: a role, a skill, an employer, in whatever language and spelling it is
// said. What is asked and what is posted find one another by them.
//
// A text's tokens enter, the names of lists with the places of their words leave.
package concept

import (
	"slices"
	"sync"

	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// Reader finds the concepts of one lexicon. It may be used by several goroutines.
type Reader struct {
	values *phrase.Values[string]
	words  map[string][]string
}

// New makes a reader.
func New(x *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{values: phrase.NewValues[string](), words: map[string][]string{}}
	for _, l := range x.Lists() {
		if l.Kind != lexicon.Concepts {
			continue
		}
		entries, err := x.Entries(l.Name)
		if err == nil {
			err = r.values.Add(l.Name, entries...)
		}
		if err != nil {
			return nil, err
		}
		r.words[l.Name] = entries
	}
	return r, nil
}

// Standard is the reader of the lexicon that comes with the program.
var Standard = sync.OnceValue(func() *Reader {
	r, err := New(lexicon.Embedded())
	if err != nil {
		panic(err) // the lexicon is embedded, and tests read it
	}
	return r
})

// Hits gives the concepts of a text from left to right, the longest where several
// begin together; none overlap. An entry of several lists has a hit for each.
func (r *Reader) Hits(d *text.Doc) []phrase.Hit[string] {
	return phrase.Longest(nil, r.values.All(d))
}

// All gives every concept of a text, also those within others.
func (r *Reader) All(d *text.Doc) []phrase.Hit[string] { return r.values.All(d) }

// Names gives the names of a text's concepts, each once, in order.
func (r *Reader) Names(d *text.Doc) []string {
	var out []string
	for _, h := range r.Hits(d) {
		out = append(out, h.Value)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Words gives the entries of a concept, patterns of package phrase.
func (r *Reader) Words(name string) []string { return r.words[name] }
