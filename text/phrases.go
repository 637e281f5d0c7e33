package text

import "slices"

// Phrases finds many phrases in a text at once. It is built with Add and can
// then be used by several goroutines.
type Phrases struct {
	symbols map[string]int32
	nodes   []node
}

// node is one state of the trie. Its number 0 is the root.
type node struct {
	next   map[int32]int32 // symbol → node
	gaps   []gapEdge
	values []int
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
	return &Phrases{symbols: map[string]int32{}, nodes: make([]node, 1)}
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
	sym, ok := p.symbols[e.word]
	if !ok {
		sym = int32(len(p.symbols))
		p.symbols[e.word] = sym
	}
	if to, ok := p.nodes[at].next[sym]; ok {
		return to
	}
	to := p.grow()
	if p.nodes[at].next == nil {
		p.nodes[at].next = map[int32]int32{}
	}
	p.nodes[at].next[sym] = to
	return to
}

func (p *Phrases) grow() int32 {
	p.nodes = append(p.nodes, node{})
	return int32(len(p.nodes) - 1)
}

// Find appends every place in d where a phrase stands, in the order of their
// first tokens, to out. Phrases end at a sentence's and a line's end.
func (p *Phrases) Find(d *Doc, out []Found) []Found {
	var buf [512]int32
	syms := buf[:0]
	for i := range d.Tokens {
		syms = append(syms, p.symbol(&d.Tokens[i]))
	}
	f := finder{p, d, syms, out, 0}
	for i := range syms {
		if syms[i] >= 0 {
			if to, ok := p.nodes[0].next[syms[i]]; ok {
				f.first = i
				f.from(to, i+1)
			}
		}
	}
	return f.out
}

// symbol numbers a token: -1 for a word that no phrase has, -2 for a sign.
func (p *Phrases) symbol(t *Token) int32 {
	if !t.matters() {
		return -2
	}
	if s, ok := p.symbols[t.Norm]; ok {
		return s
	}
	return -1
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
			if to, ok := n.next[f.syms[j]]; ok {
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
		if f.syms[i] != -2 {
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
		if f.syms[i] == -2 {
			if f.d.Stop(i) {
				return
			}
			continue
		}
		if f.syms[i] >= 0 {
			if to, ok := f.p.nodes[g.node].next[f.syms[i]]; ok {
				f.from(to, i+1)
			}
		}
		if words++; words > g.most {
			return
		}
	}
}
