package text

import (
	"slices"
	"strings"
	"sync"
)

// lexis numbers the words of all phrases of the program, so that a document
// looks each of its words up once, whatever is looked for in it.
var lexis = struct {
	sync.RWMutex
	numbers map[string]int32
}{numbers: map[string]int32{}}

// numberOf gives a word's number, and numbers it where it has none.
func numberOf(word string) int32 {
	lexis.Lock()
	defer lexis.Unlock()
	n, ok := lexis.numbers[word]
	if !ok {
		n = int32(len(lexis.numbers))
		lexis.numbers[word] = n
	}
	return n
}

// The numbers of tokens that no phrase has.
const (
	unknown = -1
	sign    = -2
)

// symbols gives the number of each token: unknown for a word that no phrase
// has, sign for a sign.
func (d *Doc) symbols() []int32 {
	lexis.RLock()
	defer lexis.RUnlock()
	if len(d.syms) == len(d.Tokens) && d.lexis == len(lexis.numbers) {
		return d.syms
	}
	d.syms, d.lexis = d.syms[:0], len(lexis.numbers)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		n := int32(sign)
		if t.matters() {
			var ok bool
			if n, ok = lexis.numbers[t.Norm]; !ok {
				n = unknown
			}
		}
		d.syms = append(d.syms, n)
	}
	return d.syms
}

// Phrases finds many phrases in a text at once. It is built with Add and can
// then be used by several goroutines, each on its own document.
type Phrases struct {
	// roots gives the node after a phrase's first word, by the word's number; 0
	// for none.
	roots []int32
	nodes []node
}

// node is one state of the trie. Its number 0 is the root.
type node struct {
	next   []edge // by symbol
	gaps   []gapEdge
	values []int
}

// edge leads to node after the word of a symbol.
type edge struct{ symbol, node int32 }

// after gives the node after a word, 0 for none.
func (n *node) after(symbol int32) int32 {
	const few = 8
	if len(n.next) <= few {
		for _, e := range n.next {
			if e.symbol == symbol {
				return e.node
			}
		}
		return 0
	}
	i, ok := slices.BinarySearchFunc(n.next, symbol, func(e edge, s int32) int { return int(e.symbol) - int(s) })
	if !ok {
		return 0
	}
	return n.next[i].node
}

// gapEdge leads to node after up to most words.
type gapEdge struct {
	most int
	node int32
}

// Found is one place where a phrase stands: tokens First up to but not
// including End.
type Found struct {
	Value      int
	First, End int
}

// NewPhrases gives an empty set.
func NewPhrases() *Phrases {
	return &Phrases{nodes: make([]node, 1)}
}

// Add adds a pattern, whose finds carry value. It fails where the pattern has
// faults of form.
func (p *Phrases) Add(pattern string, value int) error {
	seqs, err := expand(pattern)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		p.addSequence(seq, value)
	}
	return nil
}

func (p *Phrases) addSequence(seq []element, value int) {
	at := int32(0)
	for _, e := range seq {
		at = p.step(at, e)
	}
	n := &p.nodes[at]
	if !slices.Contains(n.values, value) {
		n.values = append(n.values, value)
	}
}

// MustAdd is Add for patterns that stand in the program itself.
func (p *Phrases) MustAdd(pattern string, value int) {
	if err := p.Add(pattern, value); err != nil {
		panic(err)
	}
}

// step gives the node after e, making it where there is none.
func (p *Phrases) step(at int32, e element) int32 {
	if e.gap > 0 {
		for _, g := range p.nodes[at].gaps {
			if g.most == e.gap {
				return g.node
			}
		}
		to := p.grow()
		p.nodes[at].gaps = append(p.nodes[at].gaps, gapEdge{e.gap, to})
		return to
	}
	sym := numberOf(e.word)
	if at == 0 {
		return p.root(sym)
	}
	i, ok := slices.BinarySearchFunc(p.nodes[at].next, sym, func(e edge, s int32) int { return int(e.symbol) - int(s) })
	if ok {
		return p.nodes[at].next[i].node
	}
	to := p.grow()
	p.nodes[at].next = slices.Insert(p.nodes[at].next, i, edge{sym, to})
	return to
}

// root gives the node after a first word, making it where there is none.
func (p *Phrases) root(sym int32) int32 {
	if more := int(sym) + 1 - len(p.roots); more > 0 {
		p.roots = append(p.roots, make([]int32, more)...)
	}
	if p.roots[sym] == 0 {
		p.roots[sym] = p.grow()
	}
	return p.roots[sym]
}

func (p *Phrases) grow() int32 {
	p.nodes = append(p.nodes, node{})
	return int32(len(p.nodes) - 1)
}

// Find appends every place in d where a phrase stands, in the order of their
// first tokens, to out. Phrases end at a sentence's and a line's end.
func (p *Phrases) Find(d *Doc, out []Found) []Found {
	f := finder{p, d, d.symbols(), out, 0}
	for i, sym := range f.syms {
		if sym < 0 || int(sym) >= len(p.roots) {
			continue
		}
		if to := p.roots[sym]; to != 0 {
			f.first = i
			f.from(to, i+1)
		}
	}
	return f.out
}

// FindIn is Find with the document's own memory: what it gives is good until
// the next FindIn, or Reset, of d.
func (p *Phrases) FindIn(d *Doc) []Found {
	d.found = p.Find(d, d.found[:0])
	return d.found
}

type finder struct {
	p     *Phrases
	d     *Doc
	syms  []int32
	out   []Found
	first int
}

// from follows the trie from node at, the token before i being matched.
func (f *finder) from(at int32, i int) {
	n := &f.p.nodes[at]
	for _, v := range n.values {
		f.out = append(f.out, Found{v, f.first, i})
	}
	if len(n.next) > 0 {
		if j := f.adjacent(i); j >= 0 && f.syms[j] >= 0 {
			if to := n.after(f.syms[j]); to != 0 {
				f.from(to, j+1)
			}
		}
	}
	for _, g := range n.gaps {
		f.skip(g, i)
	}
}

// adjacent gives the token that goes on a phrase at token i, -1 for none.
func (f *finder) adjacent(i int) int {
	for ; i < len(f.syms); i++ {
		if f.syms[i] != sign {
			return i
		}
		t := &f.d.Tokens[i]
		if !t.joins() && !f.inside(i) {
			return -1
		}
	}
	return -1
}

// inside reports a sign that stands within a word, without spaces: the point
// of "B.Com", the slash of "24/7".
func (f *finder) inside(i int) bool {
	t := &f.d.Tokens[i]
	glued := t.Glued && i+1 < len(f.d.Tokens) && f.d.Tokens[i+1].Glued
	return t.Norm == "." && !f.d.Stop(i) || glued && (t.Norm == "/" || t.Norm == "*")
}

// skip follows a gap: none to most words, up to the end of the sentence.
func (f *finder) skip(g gapEdge, i int) {
	words := 0
	for ; i < len(f.syms); i++ {
		if f.syms[i] == sign {
			if f.d.Stop(i) {
				return
			}
			continue
		}
		if f.syms[i] >= 0 {
			if to := f.p.nodes[g.node].after(f.syms[i]); to != 0 {
				f.from(to, i+1)
			}
		}
		if words++; words > g.most {
			return
		}
	}
}

// Plain gives the texts that a pattern stands for, in normal form; those with
// gaps between their words are left out.
func Plain(pattern string) ([]string, error) {
	seqs, err := expand(pattern)
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
