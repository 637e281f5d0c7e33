package vacancy

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Edge says that two postings are the same, by their places in a list.
type Edge struct {
	A, B  int
	Score float64
}

// Decisions are what people said of pairs of postings, by their places in a list. They
// hold against scores and guards; where they contradict one another, Apart holds.
type Decisions struct {
	Together, Apart [][2]int
}

// Members are postings to group: their guards, in an order that depends on nothing but
// the postings.
type Members []Guards

// Groups says of each posting which group it is in, and how it came there.
type Groups struct {
	// First is, for each posting, the first of its group, by their places.
	First []int
	// Joined is, for each posting, the one that it joined: towards the first of its
	// group, which joined none and has -1.
	Joined []int
}

// Group puts postings into groups, the best pairs first: two groups become one unless a
// guard or a person keeps any two of their postings apart. The result is the same in
// whatever order the edges come. It takes time in proportion to the edges, and to the
// pairs of different guards.
func Group(members Members, edges []Edge, decided Decisions) Groups {
	g := newGrouping(members, decided.Apart)
	for _, pair := range decided.Together {
		g.unite(pair[0], pair[1], false)
	}
	edges = slices.Clone(edges)
	for i, e := range edges {
		edges[i].A, edges[i].B = min(e.A, e.B), max(e.A, e.B)
	}
	slices.SortFunc(edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	for _, e := range edges {
		g.unite(e.A, e.B, true)
	}
	return g.result()
}

// grouping is groups while they grow.
type grouping struct {
	own     Members
	of      []int            // the group of each posting
	members map[int][]int    // of each group
	guards  map[int][]Guards // the different ones of each group
	apart   [][]int          // from whom people keep each posting apart
	tree    [][]int          // whom each posting was united with
}

func newGrouping(members Members, apart [][2]int) *grouping {
	g := &grouping{
		own: members, of: make([]int, len(members)), members: map[int][]int{}, guards: map[int][]Guards{},
		apart: make([][]int, len(members)), tree: make([][]int, len(members)),
	}
	for i := range members {
		g.of[i], g.members[i], g.guards[i] = i, []int{i}, []Guards{members[i]}
	}
	for _, pair := range apart {
		a, b := pair[0], pair[1]
		g.apart[a], g.apart[b] = append(g.apart[a], b), append(g.apart[b], a)
	}
	return g
}

// unite makes the groups of a and b one, unless they are kept apart.
func (g *grouping) unite(a, b int, guarded bool) {
	into, from := g.of[a], g.of[b]
	if into == from || g.keptApart(into, from) || guarded && g.guarded(a, b) {
		return
	}
	if len(g.members[into]) < len(g.members[from]) {
		into, from = from, into
	}
	for _, m := range g.members[from] {
		g.of[m] = into
	}
	g.members[into] = append(g.members[into], g.members[from]...)
	g.guards[into] = distinct(append(g.guards[into], g.guards[from]...))
	delete(g.members, from)
	delete(g.guards, from)
	g.tree[a], g.tree[b] = append(g.tree[a], b), append(g.tree[b], a)
}

func (g *grouping) keptApart(x, y int) bool {
	for _, m := range g.members[x] {
		for _, other := range g.apart[m] {
			if g.of[other] == y {
				return true
			}
		}
	}
	return false
}

// guarded reports guards between the groups of a and b. Postings that are in a group by
// hand, against the guards of a or b themselves, say nothing.
func (g *grouping) guarded(a, b int) bool {
	x, y := g.with(a), g.with(b)
	for i := range x {
		for j := range y {
			if len(x[i].Against(&y[j])) > 0 {
				return true
			}
		}
	}
	return false
}

// with gives the different guards in the group of a posting that agree with its own.
func (g *grouping) with(at int) []Guards {
	return slices.DeleteFunc(slices.Clone(g.guards[g.of[at]]), func(o Guards) bool {
		return len(o.Against(&g.own[at])) > 0
	})
}

// distinct leaves out guards that are there already.
func distinct(list []Guards) (out []Guards) {
	seen := map[string]bool{}
	for i := range list {
		body, err := json.Marshal(&list[i])
		if key := string(body); err != nil || !seen[key] {
			seen[key] = true
			out = append(out, list[i])
		}
	}
	return out
}

// result walks each group from its first posting.
func (g *grouping) result() Groups {
	out := Groups{First: make([]int, len(g.of)), Joined: make([]int, len(g.of))}
	done := make([]bool, len(g.of))
	for first := range g.of {
		if done[first] {
			continue
		}
		done[first], out.First[first], out.Joined[first] = true, first, -1
		for queue := []int{first}; len(queue) > 0; queue = queue[1:] {
			for _, next := range g.tree[queue[0]] {
				if !done[next] {
					done[next], out.First[next], out.Joined[next] = true, first, queue[0]
					queue = append(queue, next)
				}
			}
		}
	}
	return out
}
