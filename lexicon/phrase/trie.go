package phrase

import (
	"cmp"
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
// keep, all where keep is nil; rename gives words other keys. What is near the root, and
// what one node leads to, stands close together then. It gives the number of each, 0 for
// none; the root has that number too.
func (t *trie) copyOf(
	from *trie, keep func(value int) bool, rename func(numbers []int32, word text.Key) text.Key,
) (numbers []int32) {
	order := from.levels(from.living(keep))
	numbers = make([]int32, len(from.nodes))
	for i, at := range order {
		numbers[at] = int32(i + 1)
	}
	t.nodes = make([]node, len(order)+1)
	t.nodes[0].value = noValue
	t.edges = make([]edge, 1, len(order)+1)
	var values []Found
	var edges []edge
	for i, at := range order {
		to := int32(i + 1)
		t.nodes[to].value = noValue
		values = from.values(&from.nodes[at], 0, 0, values[:0])
		for _, f := range values {
			if keep == nil || keep(f.Value) {
				t.put(to, int32(f.Value))
			}
		}
		edges = edges[:0]
		from.each(at, func(word text.Key, child int32) {
			if numbers[child] != 0 {
				edges = append(edges, edge{word: rename(numbers, word), to: numbers[child]})
			}
		})
		t.leadAll(to, edges)
		for _, g := range from.gapsOf(&from.nodes[at]) {
			if numbers[g.node] != 0 {
				t.addGap(to, gapEdge{g.most, numbers[g.node]})
			}
		}
	}
	return numbers
}

// living says of each node whether it leads to a value to keep.
func (t *trie) living(keep func(value int) bool) []bool {
	lives := make([]bool, len(t.nodes))
	var values []Found
	for at := len(t.nodes) - 1; at >= 0; at-- { // a node comes after those that lead to it
		values = t.values(&t.nodes[at], 0, 0, values[:0])
		lives[at] = keep == nil || slices.ContainsFunc(values, func(f Found) bool { return keep(f.Value) })
		t.next(int32(at), func(to int32) { lives[at] = lives[at] || lives[to] })
	}
	return lives
}

// levels gives the nodes that live but for the root: first those that no node leads
// to, which are those after the first words, and after them level by level what they lead to.
func (t *trie) levels(lives []bool) []int32 {
	order, led := make([]int32, 0, len(t.nodes)), make([]bool, len(t.nodes))
	for at := range t.nodes {
		t.next(int32(at), func(to int32) { led[to] = true })
	}
	for at := 1; at < len(led); at++ {
		if lives[at] && !led[at] {
			order = append(order, int32(at))
		}
	}
	for i := 0; i < len(order); i++ {
		t.next(order[i], func(to int32) {
			if lives[to] {
				order = append(order, to)
			}
		})
	}
	return order
}

// next calls f with every node that a word or a gap leads to.
func (t *trie) next(at int32, f func(to int32)) {
	t.each(at, func(_ text.Key, to int32) { f(to) })
	for _, g := range t.gapsOf(&t.nodes[at]) {
		f(g.node)
	}
}

// leadAll makes words lead on from a node that none does.
func (t *trie) leadAll(at int32, edges []edge) {
	n := &t.nodes[at]
	if len(edges) == 1 {
		n.word, n.to, n.leads = edges[0].word, edges[0].to, bitOf(edges[0].word)
		return
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.word%64, b.word%64), cmp.Compare(a.to, b.to))
	})
	n.to = int32(len(t.edges))
	for _, e := range edges { // the first of each bit
		if n.leads&bitOf(e.word) == 0 {
			n.leads |= bitOf(e.word)
			t.edges = append(t.edges, e)
		}
	}
	for _, e := range edges { // the others
		if first := &t.edges[n.place(e.word)]; first.to != e.to {
			e.next, first.next = first.next, int32(len(t.edges))
			t.edges = append(t.edges, e)
		}
	}
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
