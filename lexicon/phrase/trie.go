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
	n := &t.nodes[at]
	if n.gaps == 0 {
		t.gaps = append(t.gaps, nil)
		n.gaps = int32(len(t.gaps))
	}
	t.gaps[n.gaps-1] = append(t.gaps[n.gaps-1], gapEdge{most, to})
	return to
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
