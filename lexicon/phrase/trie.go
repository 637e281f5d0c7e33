package phrase

import (
	"math"
	"math/bits"
	"slices"

	"jobsieve/text"
)

// trie leads from node to node by words, which it knows by their keys. It has tens
// of thousands of nodes and is made anew by each process, so it is kept in a few
// flat tables.
type trie struct {
	nodes []node
	edges []edge
	links []link
	gaps  [][]gapEdge // of the nodes that have any
}

// node is one state of a trie. Its number 0 is the root.
type node struct {
	// leads has a bit for each word that leads on, so that nearly all others are
	// passed over without a look at the edges.
	leads uint64
	// word leads on to node to, where that is the only one that does; most nodes have
	// one, and are spared a look at the edges. Where there are several, to is the place
	// of the edges: one for each bit of leads, in their order.
	word text.Key
	to   int32
	// value is its first value, noValue for none; more is the link of the next and
	// one, 0 for none; gaps the place of its gaps and one.
	value, more, gaps int32
}

const noValue = math.MinInt32

// edge leads to a node by a word; next is the place of another one that has the same
// bit, 0 for none.
type edge struct {
	word     text.Key
	to, next int32
}

// link is a number and the next link and one.
type link struct{ value, next int32 }

// gapEdge leads to node after up to most words.
type gapEdge struct {
	most int
	node int32
}

// bitOf gives the bit of a word among those that lead on.
func bitOf(word text.Key) uint64 { return 1 << (word % 64) }

// roomy gives a full list as much room again, so that one that grows to tens of
// thousands is not copied often.
func roomy[T any](list []T) []T {
	if len(list) == cap(list) {
		return slices.Grow(list, len(list)+1)
	}
	return list
}

// grow makes a node.
func (t *trie) grow() int32 {
	t.nodes = append(roomy(t.nodes), node{value: noValue})
	return int32(len(t.nodes) - 1)
}

// after gives the node after a word, 0 for none.
func (t *trie) after(at int32, word text.Key) int32 {
	switch n := &t.nodes[at]; {
	case n.word == word:
		return n.to
	case n.word != 0, n.leads&bitOf(word) == 0:
		return 0
	}
	for e := &t.edges[t.nodes[at].place(word)]; ; e = &t.edges[e.next] {
		switch {
		case e.word == word:
			return e.to
		case e.next == 0:
			return 0
		}
	}
}

// place gives the place of the first edge with the bit of a word, of a node with
// several.
func (n *node) place(word text.Key) int {
	return int(n.to) + bits.OnesCount64(n.leads&(bitOf(word)-1))
}

// step gives the node after a word, making it where there is none.
func (t *trie) step(at int32, word text.Key) int32 {
	to := t.after(at, word)
	if to == 0 {
		to = t.grow()
		t.lead(at, word, to)
	}
	return to
}

// lead makes a word lead from one node to another.
func (t *trie) lead(at int32, word text.Key, to int32) {
	n := &t.nodes[at]
	switch e := (edge{word: word, to: to}); {
	case n.leads == 0:
		n.word, n.to, n.leads = word, to, bitOf(word)
	case n.leads&bitOf(word) == 0:
		taken := bits.OnesCount64(n.leads)
		if taken&(taken-1) == 0 { // no room
			t.move(n, taken)
		}
		i, end := n.place(word), int(n.to)+taken
		copy(t.edges[i+1:end+1], t.edges[i:end])
		t.edges[i] = e
		n.leads |= bitOf(word)
	default:
		if n.word != 0 {
			t.move(n, 1)
		}
		first := &t.edges[n.place(word)]
		e.next, first.next = first.next, int32(len(t.edges))
		t.edges = append(roomy(t.edges), e)
	}
}

// move gives the edges of a node, which are so many, twice their room.
func (t *trie) move(n *node, taken int) {
	if len(t.edges) == 0 {
		t.edges = append(t.edges, edge{}) // 0 is the place of none
	}
	to := len(t.edges)
	t.edges = append(roomy(t.edges), make([]edge, 2*taken)...)
	if n.word != 0 { // it is no longer the only one
		t.edges[to] = edge{word: n.word, to: n.to}
	} else {
		copy(t.edges[to:], t.edges[n.to:int(n.to)+taken])
	}
	n.word, n.to = 0, int32(to)
}

// gap gives the node after a gap, making it where there is none.
func (t *trie) gap(at int32, most int) int32 {
	for _, g := range t.gapsOf(&t.nodes[at]) {
		if g.most == most {
			return g.node
		}
	}
	to := t.grow()
	t.addGap(at, gapEdge{most, to})
	return to
}

func (t *trie) addGap(at int32, g gapEdge) {
	n := &t.nodes[at]
	if n.gaps == 0 {
		t.gaps = append(t.gaps, nil)
		n.gaps = int32(len(t.gaps))
	}
	t.gaps[n.gaps-1] = append(t.gaps[n.gaps-1], g)
}

func (t *trie) gapsOf(n *node) []gapEdge {
	if n.gaps == 0 {
		return nil
	}
	return t.gaps[n.gaps-1]
}

// put gives a node a value, after those that it has, unless it has this one.
func (t *trie) put(at, value int32) {
	n := &t.nodes[at]
	if n.value == noValue {
		n.value = value
	} else if n.value != value {
		t.chain(&n.more, value)
	}
}

// chain adds a number to the end of a list of links, unless it is there.
func (t *trie) chain(at *int32, value int32) {
	for *at != 0 {
		l := &t.links[*at-1]
		if l.value == value {
			return
		}
		at = &l.next
	}
	*at = int32(len(t.links) + 1)
	t.links = append(roomy(t.links), link{value: value})
}

// values appends what a node's phrases stand for, which are the tokens from first
// up to but not including end.
func (t *trie) values(n *node, first, end int, out []Found) []Found {
	if n.value == noValue {
		return out
	}
	out = append(out, Found{int(n.value), first, end})
	for at := n.more; at != 0; {
		l := t.links[at-1]
		out = append(out, Found{int(l.value), first, end})
		at = l.next
	}
	return out
}

// copyOf copies to t, which is empty, the nodes of another trie that lead to a value to
// keep. It gives the number of each, 0 for none; the root has that number too.
func (t *trie) copyOf(from *trie, keep func(value int) bool) (numbers []int32) {
	parents := make([]int32, len(from.nodes))
	for at := range from.nodes {
		from.each(int32(at), func(_ text.Key, to int32) { parents[to] = int32(at) })
		for _, g := range from.gapsOf(&from.nodes[at]) {
			parents[g.node] = int32(at)
		}
	}
	lives := make([]bool, len(from.nodes))
	var values []Found
	for at := len(from.nodes) - 1; at >= 0; at-- { // a node comes after those that lead to it
		values = from.values(&from.nodes[at], 0, 0, values[:0])
		lives[at] = lives[at] || slices.ContainsFunc(values, func(f Found) bool { return keep(f.Value) })
		lives[parents[at]] = lives[parents[at]] || lives[at]
	}
	numbers = make([]int32, len(from.nodes))
	t.grow()
	for at := 1; at < len(lives); at++ {
		if lives[at] {
			numbers[at] = t.grow()
		}
	}
	for at, n := range numbers {
		if n == 0 {
			continue
		}
		for _, f := range from.values(&from.nodes[at], 0, 0, values[:0]) {
			if keep(f.Value) {
				t.put(n, int32(f.Value))
			}
		}
		from.each(int32(at), func(word text.Key, to int32) {
			if lives[to] {
				t.lead(n, word, numbers[to])
			}
		})
		for _, g := range from.gapsOf(&from.nodes[at]) {
			if lives[g.node] {
				t.addGap(n, gapEdge{g.most, numbers[g.node]})
			}
		}
	}
	return numbers
}

// each calls f with every word that leads on from a node, and the node after it.
func (t *trie) each(at int32, f func(word text.Key, to int32)) {
	n := &t.nodes[at]
	if n.word != 0 {
		f(n.word, n.to)
		return
	}
	for i := range bits.OnesCount64(n.leads) {
		for e := int(n.to) + i; e != 0; e = int(t.edges[e].next) {
			f(t.edges[e].word, t.edges[e].to)
		}
	}
}
