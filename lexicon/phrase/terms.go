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
type Terms struct {
	forms words // numbers of forms of words
	// stems gives, for each form, the words that it is a form of.
	stems  [][]int32
	number map[termWord]int32
	nodes  []termNode
	// roots gives the node after a first word, 0 for none.
	roots []int32
}

// termNode is one state of the trie of words. Its number 0 is the root.
type termNode struct {
	next   []termEdge // by word
	gaps   []gapEdge
	values []int
}

// termWord is a word of a term in normal form.
type termWord struct {
	norm     string
	hinglish bool
}

type termEdge struct{ word, node int32 }

// NewTerms gives an empty set of terms.
func NewTerms() *Terms {
	return &Terms{number: map[termWord]int32{}, nodes: make([]termNode, 1)}
}

// Add adds a pattern, whose finds carry value; hinglish says that its words are
// Hindi in Latin letters. It fails where the pattern has faults of form.
func (t *Terms) Add(pattern string, hinglish bool, value int) error {
	seqs, err := sequencesOf(pattern)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		at := int32(0)
		for _, e := range seq {
			at = t.step(at, e, hinglish)
		}
		if n := &t.nodes[at]; !slices.Contains(n.values, value) {
			n.values = append(n.values, value)
		}
	}
	return nil
}

// sequencesOf is expand, at less cost for a pattern of plain words.
func sequencesOf(pattern string) ([][]element, error) {
	words := strings.Fields(pattern)
	seq := make([]element, len(words))
	for i, w := range words {
		norm, ok := text.PlainWord(w)
		if !ok || norm == "" {
			return expand(pattern)
		}
		seq[i].word = norm
	}
	if len(seq) == 0 {
		return expand(pattern)
	}
	return [][]element{seq}, nil
}

// step gives the node after e, making it where there is none.
func (t *Terms) step(at int32, e element, hinglish bool) int32 {
	if e.gap > 0 {
		for _, g := range t.nodes[at].gaps {
			if g.most == e.gap {
				return g.node
			}
		}
		to := t.grow()
		t.nodes[at].gaps = append(t.nodes[at].gaps, gapEdge{e.gap, to})
		return to
	}
	word := t.word(e.word, hinglish)
	if at == 0 {
		if t.roots[word] == 0 {
			t.roots[word] = t.grow()
		}
		return t.roots[word]
	}
	if to := t.nodes[at].after(word); to != 0 {
		return to
	}
	to := t.grow()
	n := &t.nodes[at]
	i, _ := slices.BinarySearchFunc(n.next, word, func(e termEdge, w int32) int { return int(e.word - w) })
	n.next = slices.Insert(n.next, i, termEdge{word, to})
	return to
}

func (t *Terms) grow() int32 {
	t.nodes = append(t.nodes, termNode{})
	return int32(len(t.nodes) - 1)
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
			at = int32(len(t.stems))
			t.forms.put(key, at)
			t.stems = append(t.stems, nil)
		}
		if !slices.Contains(t.stems[at], n) {
			t.stems[at] = append(t.stems[at], n)
		}
	}
	return n
}

// after gives the node after a word, 0 for none.
func (n *termNode) after(word int32) int32 {
	low, high := 0, len(n.next)
	for low < high {
		switch middle := (low + high) / 2; {
		case n.next[middle].word == word:
			return n.next[middle].node
		case n.next[middle].word < word:
			low = middle + 1
		default:
			high = middle
		}
	}
	return 0
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
		for _, word := range t.stems[form] {
			if to := t.roots[word]; to != 0 {
				f.reached(to, i+1)
			}
		}
	}
	*forms = f.forms
	return f.out
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
	if f.forms[i] < 0 {
		return
	}
	for _, word := range f.t.stems[f.forms[i]] {
		if to := f.t.nodes[at].after(word); to != 0 {
			f.reached(to, i+1)
		}
	}
}

// reached goes on from node at, the token before i being matched.
func (f *termFinder) reached(at int32, i int) {
	n := &f.t.nodes[at]
	for _, v := range n.values {
		f.out = append(f.out, Found{v, f.first, i})
	}
	if len(n.next) > 0 {
		if j := f.adjacent(i); j >= 0 {
			f.follow(at, j)
		}
	}
	for _, g := range n.gaps {
		words := 0
		for j := i; j < len(f.keys) && words <= g.most; j++ {
			if f.keys[j] == 0 {
				if f.d.Stop(j) {
					break
				}
				continue
			}
			f.follow(g.node, j)
			words++
		}
	}
}
