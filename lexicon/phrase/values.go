package phrase

import (
	"slices"
	"sort"

	"jobsieve/text"
)

// Values finds phrases that stand for values, such as the names of cities.
type Values[V any] struct {
	set    *Set
	values []V
	// together is nil for values of their own set; kind is their number in it, and first
	// the number in set of the first of them.
	together    *Together
	kind, first int
}

// Together is a set whose phrases stand for values of several kinds. A text is gone
// through once for all of them, and what is found stays with it.
type Together struct {
	set   *Set
	kinds []int // of each value
	n     int   // how many kinds there are
}

// sorted is what was found in a text, by kind: those of kind k are from ends[k-1] to
// ends[k]. Its memory serves one text after the other.
type sorted struct {
	found []Found
	ends  []int
	// hits has, of each kind, what Hits and All give, once that is asked for: a *[]Hit[V].
	hits  []any
	known []bool
}

// The lists of hits of a kind.
const (
	notOverlapping = iota
	overlapping
	listsOfHits
)

// in gives what is in d.
func (t *Together) in(d *text.Doc) *sorted {
	kept, current := d.Kept(t)
	s, reused := kept.(*sorted)
	switch {
	case current:
		return s
	case reused:
		s.found = s.found[:0]
	default:
		s = &sorted{}
	}
	t.set.Visit(d, func(all []Found) { s.sort(all, t) })
	d.Keep(t, s)
	return s
}

// sort takes what was found by kind.
func (s *sorted) sort(all []Found, t *Together) {
	if s.ends == nil {
		s.ends = make([]int, t.n+1)
		s.hits, s.known = make([]any, listsOfHits*t.n), make([]bool, listsOfHits*t.n)
	}
	clear(s.ends)
	clear(s.known)
	for _, f := range all {
		s.ends[t.kinds[f.Value]+1]++
	}
	for k := range t.n {
		s.ends[k+1] += s.ends[k]
	}
	s.found = slices.Grow(s.found, len(all))[:len(all)]
	for _, f := range all { // now ends has the beginnings, and then the ends
		k := t.kinds[f.Value]
		s.found[s.ends[k]] = f
		s.ends[k]++
	}
}

// of gives what was found of a kind.
func (s *sorted) of(kind int) []Found {
	switch {
	case len(s.found) == 0:
		return nil
	case kind == 0:
		return s.found[:s.ends[0]]
	}
	return s.found[s.ends[kind-1]:s.ends[kind]]
}

// Hit is one phrase that stands for a value in a text: tokens First up to but
// not including End.
type Hit[V any] struct {
	Value      V
	First, End int
}

// NewValues gives an empty set.
func NewValues[V any]() *Values[V] { return &Values[V]{set: NewSet()} }

// NewTogether gives an empty set.
func NewTogether() *Together { return &Together{set: NewSet()} }

// AddTo adds values of one kind to a set, each with its patterns. It fails where one
// of these has faults of form.
func AddTo[V any](t *Together, values []V, patterns [][]string) (*Values[V], error) {
	vs := &Values[V]{set: t.set, together: t, kind: t.n, first: len(t.kinds)}
	t.n++
	for range values {
		t.kinds = append(t.kinds, vs.kind)
	}
	for i, v := range values {
		if err := vs.Add(v, patterns[i]...); err != nil {
			return nil, err
		}
	}
	return vs, nil
}

// Add adds patterns for a value. It fails where one has faults of form.
func (vs *Values[V]) Add(value V, patterns ...string) error {
	number := vs.first + len(vs.values)
	vs.values = append(vs.values, value)
	for _, p := range patterns {
		if err := vs.set.Add(p, number); err != nil {
			return err
		}
	}
	return nil
}

// AddText adds the words of a plain text, without the signs of patterns, for a
// value. A text without words adds nothing.
func (vs *Values[V]) AddText(value V, s string) {
	if seq := elementsOf(s); len(seq) > 0 {
		vs.values = append(vs.values, value)
		vs.set.addSequence(seq, len(vs.values)-1)
	}
}

// Near gives those of a text's hits that are at least partly among the tokens
// from first up to but not including end.
func Near[V any](hits []Hit[V], first, end int) []Hit[V] {
	i := sort.Search(len(hits), func(i int) bool { return hits[i].End > first })
	j := i
	for j < len(hits) && hits[j].First < end {
		j++
	}
	return hits[i:j]
}

// All gives every phrase in d, in the order of their first tokens; they may overlap.
// What it gives is not to be changed, and good until d is another text.
func (vs *Values[V]) All(d *text.Doc) []Hit[V] {
	return vs.kept(d, overlapping, func(out []Hit[V]) []Hit[V] {
		vs.each(d, func(h Hit[V]) { out = append(out, h) })
		return out
	})
}

// Hits gives the phrases in d from left to right, the longest where several begin
// together; none overlap. What it gives is not to be changed, and good until d is
// another text.
func (vs *Values[V]) Hits(d *text.Doc) []Hit[V] {
	return vs.kept(d, notOverlapping, func(out []Hit[V]) []Hit[V] {
		vs.each(d, func(h Hit[V]) {
			n := len(out)
			switch {
			case n == 0 || h.First >= out[n-1].End:
				out = append(out, h)
			case h.First == out[n-1].First && h.End > out[n-1].End:
				out[n-1] = h
			}
		})
		return out
	})
}

// Longest appends those of hits, which are in order, that Hits would give, and besides
// them the others of the very same tokens: those of an entry of several lists.
func Longest[V any](out, hits []Hit[V]) []Hit[V] {
	for _, h := range hits {
		n := len(out)
		switch {
		case n == 0 || h.First >= out[n-1].End:
			out = append(out, h)
		case h.First == out[n-1].First && h.End == out[n-1].End:
			out = append(out, h)
		case h.First == out[n-1].First && h.End > out[n-1].End:
			for n > 0 && out[n-1].First == h.First {
				n--
			}
			out = append(out[:n], h)
		}
	}
	return out
}

// kept gives a list of hits in d, which find appends to none. Of a set that is gone
// through once it stays with d: a reader may ask for it at every word.
func (vs *Values[V]) kept(d *text.Doc, list int, find func([]Hit[V]) []Hit[V]) []Hit[V] {
	switch {
	case len(d.Tokens) == 0:
		return nil
	case vs.together == nil:
		return find(nil)
	}
	s := vs.together.in(d)
	if len(s.of(vs.kind)) == 0 {
		return nil
	}
	at := listsOfHits*vs.kind + list
	hits, made := s.hits[at].(*[]Hit[V])
	if !made {
		hits = new([]Hit[V])
		s.hits[at] = hits
	}
	if !s.known[at] {
		*hits, s.known[at] = find((*hits)[:0]), true
	}
	return slices.Clip(*hits)
}

// each calls f with every phrase in d.
func (vs *Values[V]) each(d *text.Doc, f func(Hit[V])) {
	if vs.together != nil {
		vs.hits(vs.together.in(d).of(vs.kind), f)
		return
	}
	vs.set.Visit(d, func(found []Found) { vs.hits(found, f) })
}

// hits calls f with what finds stand for.
func (vs *Values[V]) hits(found []Found, f func(Hit[V])) {
	for _, at := range found {
		f(Hit[V]{vs.values[at.Value-vs.first], at.First, at.End})
	}
}
