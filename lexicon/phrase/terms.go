package phrase

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/text"
)

// Terms finds many terms in a text at once, each word of them in any of its
// forms. It is built with Add and can then be used by several goroutines, each
// on its own document.
//
// It holds tens of thousands of terms and is made anew by each process, so it is
// kept in a few flat tables rather than in nodes of their own.
type Terms struct {
	forms words // numbers of forms of words
	// stems gives, for each form, the words that it is a form of.
	stems  chains
	number map[termWord]int32
	// roots gives the node after a first word, 0 for none; edges leads from any other
	// node and a word to the next.
	roots []int32
	edges words
	// values gives those of each node, leads whether edges lead on from it, and gaps
	// the gaps after it.
	values chains
	leads  []bool
	gaps   map[int32][]gapEdge
	doc    text.Doc // for the patterns of Add
}

// termWord is a word of a term in normal form.
type termWord struct {
	norm     string
	hinglish bool
}

// chains are lists of numbers, by numbers from 0 on.
type chains struct {
	first []int32 // of each list, its first link and one; 0 for none
	links []link
}

// link is a number and the next link and one.
type link struct{ value, next int32 }

// grow adds an empty list.
func (c *chains) grow() { c.first = append(c.first, 0) }

// add adds a number to the end of a list, unless it is there.
func (c *chains) add(list, value int32) {
	at := &c.first[list]
	for *at != 0 {
		l := &c.links[*at-1]
		if l.value == value {
			return
		}
		at = &l.next
	}
	*at = int32(len(c.links) + 1)
	c.links = append(c.links, link{value: value})
}

// NewTerms gives an empty set of terms.
func NewTerms() *Terms {
	t := &Terms{number: map[termWord]int32{}, gaps: map[int32][]gapEdge{}}
	t.grow()
	return t
}

// Add adds a pattern, whose finds carry value; hinglish says that its words are
// Hindi in Latin letters. It fails where the pattern has faults of form.
func (t *Terms) Add(pattern string, hinglish bool, value int) error {
	seqs, err := t.sequences(pattern)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		at := int32(0)
		for _, e := range seq {
			at = t.step(at, e, hinglish)
		}
		t.values.add(at, int32(value))
	}
	return nil
}

// sequences is expand, at less cost for a pattern of nothing but words.
func (t *Terms) sequences(pattern string) ([][]element, error) {
	if strings.ContainsAny(pattern, "()|~.0123456789") {
		return expand(pattern)
	}
	t.doc.Reset(pattern)
	var seq []element
	for i := range t.doc.Tokens {
		if !t.doc.Tokens[i].InPhrase() {
			return expand(pattern)
		}
		seq = append(seq, element{word: t.doc.Tokens[i].Norm})
	}
	if len(seq) == 0 {
		return expand(pattern)
	}
	return [][]element{seq}, nil
}

// Shared calls f with the values of each term that has several.
func (t *Terms) Shared(f func(values []int)) {
	var values []int
	for _, n := range t.values.first {
		for values = values[:0]; n != 0; {
			l := t.values.links[n-1]
			values = append(values, int(l.value))
			n = l.next
		}
		if len(values) > 1 {
			f(values)
		}
	}
}

// step gives the node after e, making it where there is none.
func (t *Terms) step(at int32, e element, hinglish bool) int32 {
	if e.gap > 0 {
		for _, g := range t.gaps[at] {
			if g.most == e.gap {
				return g.node
			}
		}
		to := t.grow()
		t.gaps[at] = append(t.gaps[at], gapEdge{e.gap, to})
		return to
	}
	word := t.word(e.word, hinglish)
	if at == 0 {
		if t.roots[word] == 0 {
			t.roots[word] = t.grow()
		}
		return t.roots[word]
	}
	key := edgeKey(at, word)
	if to := t.edges.find(key); to >= 0 {
		return to
	}
	to := t.grow()
	t.edges.put(key, to)
	t.leads[at] = true
	return to
}

// grow makes a node.
func (t *Terms) grow() int32 {
	t.values.grow()
	t.leads = append(t.leads, false)
	return int32(len(t.leads) - 1)
}

// edgeKey stands for a node and a word; no two pairs have the same, since each
// step can be undone. It is 0 for none, for words are counted from 1 there.
func edgeKey(node, word int32) text.Key {
	const odd = 0x9e3779b97f4a7c15
	k := uint64(node)<<32 | uint64(word+1)
	k *= odd
	return text.Key(k ^ k>>32)
}

// word gives the number of a word, entering its forms where it is new.
func (t *Terms) word(norm string, hinglish bool) int32 {
	key := termWord{norm, hinglish}
	if n, ok := t.number[key]; ok {
		return n
	}
	n := int32(len(t.number))
	t.number[key] = n
	t.roots = append(t.roots, 0)
	for _, form := range formsOf(norm, hinglish) {
		key := text.KeyOf(form)
		at := t.forms.find(key)
		if at < 0 {
			at = int32(len(t.stems.first))
			t.forms.put(key, at)
			t.stems.grow()
		}
		t.stems.add(at, n)
	}
	return n
}

// Find appends every place in d where a term is, in the order of their first
// tokens, to out. Terms end at a sentence's and a line's end.
func (t *Terms) Find(d *text.Doc, out []Found) []Found {
	f := termFinder{t: t, finder: finder{d: d, keys: d.Keys(), out: out}}
	forms := formMemory.Get().(*[]int32)
	defer formMemory.Put(forms)
	f.forms = slices.Grow((*forms)[:0], len(f.keys))[:len(f.keys)]
	for i, key := range f.keys {
		if f.forms[i] = -1; key != 0 {
			f.forms[i] = t.forms.find(key)
		}
	}
	for i, form := range f.forms {
		if form < 0 {
			continue
		}
		f.first = i
		for n := t.stems.first[form]; n != 0; {
			l := t.stems.links[n-1]
			if to := t.roots[l.value]; to != 0 {
				f.reached(to, i+1)
			}
			n = l.next
		}
	}
	*forms = f.forms
	return f.out
}

// Visit calls f with what Find finds, which is valid until f returns. It does not
// call f where nothing is found.
func (t *Terms) Visit(d *text.Doc, f func([]Found)) {
	found := memory.Get().(*[]Found)
	defer memory.Put(found)
	if *found = t.Find(d, (*found)[:0]); len(*found) > 0 {
		f(*found)
	}
}

// formMemory holds the forms of one text's words, to be reused.
var formMemory = sync.Pool{New: func() any { return new([]int32) }}

type termFinder struct {
	t *Terms
	// forms gives the number of the form of each token, -1 for none.
	forms []int32
	finder
}

// follow goes on from node at with token i.
func (f *termFinder) follow(at int32, i int) {
	form := f.forms[i]
	if form < 0 {
		return
	}
	for n := f.t.stems.first[form]; n != 0; {
		l := f.t.stems.links[n-1]
		if to := f.t.edges.find(edgeKey(at, l.value)); to >= 0 {
			f.reached(to, i+1)
		}
		n = l.next
	}
}

// reached goes on from node at, the token before i being matched.
func (f *termFinder) reached(at int32, i int) {
	for n := f.t.values.first[at]; n != 0; {
		l := f.t.values.links[n-1]
		f.out = append(f.out, Found{int(l.value), f.first, i})
		n = l.next
	}
	if f.t.leads[at] {
		if j := f.adjacent(i); j >= 0 {
			f.follow(at, j)
		}
	}
	for _, g := range f.t.gaps[at] {
		f.skipTo(g, i)
	}
}

// skipTo follows a gap: none to most words, up to the end of the sentence.
func (f *termFinder) skipTo(g gapEdge, i int) {
	for words := 0; i < len(f.keys) && words <= g.most; i++ {
		if f.keys[i] == 0 {
			if f.d.Stop(i) {
				return
			}
			continue
		}
		f.follow(g.node, i)
		words++
	}
}
