package phrase

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/text"
)

// Set finds many phrases in a text at once. It is built with Add and can then
// be used by several goroutines, each on its own document.
type Set struct {
	roots   words // the nodes after the words that phrases begin with
	begins  sieve // those words
	trie    trie
	spelled speller
}

// Found is one place where a phrase was found: tokens First up to but not
// including End.
type Found struct {
	Value      int
	First, End int
}

// NewSet gives an empty set.
func NewSet() *Set {
	s := &Set{spelled: speller{}}
	s.trie.grow()
	return s
}

// Add adds a pattern, whose finds carry value. It fails where the pattern has
// faults of form.
func (s *Set) Add(pattern string, value int) error {
	seqs, err := expand(pattern, s.spelled)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		s.addSequence(seq, value)
	}
	return nil
}

func (s *Set) addSequence(seq []element, value int) {
	at := int32(0)
	for _, e := range seq {
		at = s.step(at, e)
	}
	s.trie.put(at, int32(value))
}

// MustAdd is Add for patterns in the program itself.
func (s *Set) MustAdd(pattern string, value int) {
	if err := s.Add(pattern, value); err != nil {
		panic(err)
	}
}

// Split gives two sets of the phrases of s: those with a value that is of the second
// one, and the others. Each finds its phrases in the order in which s does.
func (s *Set) Split(second func(value int) bool) (others, these *Set) {
	return s.only(func(v int) bool { return !second(v) }), s.only(second)
}

// only gives a set of the phrases of s whose value it keeps.
func (s *Set) only(keep func(value int) bool) *Set {
	out := &Set{spelled: speller{}}
	numbers := out.trie.copyOf(&s.trie, keep, func(_ []int32, word text.Key) text.Key { return word })
	for _, root := range s.roots.list {
		if root.key != 0 && numbers[root.value] != 0 {
			out.roots.put(root.key, numbers[root.value])
			out.begins.put(root.key)
		}
	}
	return out
}

// step gives the node after e, making it where there is none.
func (s *Set) step(at int32, e element) int32 {
	switch {
	case e.gap > 0:
		return s.trie.gap(at, e.gap)
	case at == 0:
		return s.root(text.KeyOf(e.word))
	}
	return s.trie.step(at, text.KeyOf(e.word))
}

// root gives the node after a first word, making it where there is none.
func (s *Set) root(key text.Key) int32 {
	if to := s.roots.find(key); to != nil {
		return *to
	}
	to := s.trie.grow()
	s.roots.put(key, to)
	s.begins.put(key)
	return to
}

// Find appends every place in d where a phrase is, in the order of their first
// tokens, to out. Phrases end at a sentence's and a line's end.
func (s *Set) Find(d *text.Doc, out []Found) []Found {
	return s.FindFrom(d, 0, len(d.Tokens), out)
}

// FindFrom is Find for phrases that begin among the tokens from first up to but not
// including end.
func (s *Set) FindFrom(d *text.Doc, first, end int, out []Found) []Found {
	f := finder{&s.trie, d, d.Keys(), out, 0}
	for i := first; i < end; i++ {
		if at := s.begun(f.keys[i]); at != nil {
			f.first = i
			f.from(*at, i+1)
		}
	}
	return f.out
}

// begun gives the node after a phrase's first word, nil where none begins with it.
func (s *Set) begun(key text.Key) *int32 {
	if key == 0 || !s.begins.may(key) {
		return nil
	}
	return s.roots.find(key)
}

// memory holds what is found in one text, to be reused.
var memory = sync.Pool{New: func() any { return new([]Found) }}

// Visit calls f with what Find finds, which is valid until f returns. It does
// not call f where nothing is found.
func (s *Set) Visit(d *text.Doc, f func([]Found)) {
	if !slices.ContainsFunc(d.Keys(), func(key text.Key) bool { return s.begun(key) != nil }) {
		return
	}
	found := memory.Get().(*[]Found)
	defer memory.Put(found)
	if *found = s.Find(d, (*found)[:0]); len(*found) > 0 {
		f(*found)
	}
}

type finder struct {
	trie  *trie
	d     *text.Doc
	keys  []text.Key
	out   []Found
	first int
}

// from follows the trie from node at, the token before i being matched.
func (f *finder) from(at int32, i int) {
	n := &f.trie.nodes[at]
	f.out = f.trie.values(n, f.first, i, f.out)
	if n.leads != 0 {
		if j := f.adjacent(i); j >= 0 && n.leads&bitOf(f.keys[j]) != 0 {
			if to := f.trie.after(at, f.keys[j]); to != 0 {
				f.from(to, j+1)
			}
		}
	}
	for _, g := range f.trie.gapsOf(n) {
		f.skip(g, i)
	}
}

// adjacent gives the token that continues a phrase at token i, -1 for none.
func (f *finder) adjacent(i int) int {
	for ; i < len(f.keys); i++ {
		if f.keys[i] != 0 {
			return i
		}
		if !joins(&f.d.Tokens[i]) && !f.inside(i) {
			return -1
		}
	}
	return -1
}

// joins reports whether a sign may stand between two words of a phrase.
func joins(t *text.Token) bool {
	if t.Kind != text.Symbol || len(t.Norm) != 1 {
		return false
	}
	switch t.Norm[0] {
	case '-', '&', '\'', '"', '_':
		return true
	}
	return false
}

// inside reports a sign that is within a word, without spaces: the point
// of "B.Com", the slash of "24/7".
func (f *finder) inside(i int) bool {
	t := &f.d.Tokens[i]
	glued := t.Glued && i+1 < len(f.d.Tokens) && f.d.Tokens[i+1].Glued
	return t.Norm == "." && !f.d.Stop(i) || glued && (t.Norm == "/" || t.Norm == "*")
}

// skip follows a gap: none to most words, up to the end of the sentence.
func (f *finder) skip(g gapEdge, i int) {
	words, leads := 0, f.trie.nodes[g.node].leads
	for ; i < len(f.keys); i++ {
		if f.keys[i] == 0 {
			if f.d.Stop(i) {
				return
			}
			continue
		}
		if leads&bitOf(f.keys[i]) != 0 {
			if to := f.trie.after(g.node, f.keys[i]); to != 0 {
				f.from(to, i+1)
			}
		}
		if words++; words > g.most {
			return
		}
	}
}

// Check gives the faults of form of a pattern.
func Check(pattern string) error {
	_, err := expand(pattern, speller{})
	return err
}

// Plain gives the texts that a pattern stands for, in normal form; those with
// gaps between their words are left out.
func Plain(pattern string) ([]string, error) {
	seqs, err := expand(pattern, speller{})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, seq := range seqs {
		words := make([]string, len(seq))
		for i, e := range seq {
			if e.gap > 0 {
				words = nil
				break
			}
			words[i] = e.word
		}
		if words != nil {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out, nil
}
