package phrase

import (
	"sort"

	"jobsieve/text"
)

// Values finds phrases that stand for values, such as the names of cities.
type Values[V any] struct {
	set    *Set
	values []V
}

// Hit is one phrase that stands for a value in a text: tokens First up to but
// not including End.
type Hit[V any] struct {
	Value      V
	First, End int
}

// NewValues gives an empty set.
func NewValues[V any]() *Values[V] { return &Values[V]{set: NewSet()} }

// Add adds patterns for a value. It fails where one has faults of form.
func (vs *Values[V]) Add(value V, patterns ...string) error {
	vs.values = append(vs.values, value)
	for _, p := range patterns {
		if err := vs.set.Add(p, len(vs.values)-1); err != nil {
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

// All gives every phrase in d, in the order of their first tokens; they may
// overlap.
func (vs *Values[V]) All(d *text.Doc) (out []Hit[V]) {
	vs.set.Visit(d, func(found []Found) {
		for _, f := range found {
			out = append(out, Hit[V]{vs.values[f.Value], f.First, f.End})
		}
	})
	return out
}

// Hits gives the phrases in d from left to right, the longest where several
// begin together; none overlap.
func (vs *Values[V]) Hits(d *text.Doc) (out []Hit[V]) {
	vs.set.Visit(d, func(found []Found) {
		for _, f := range found {
			h := Hit[V]{vs.values[f.Value], f.First, f.End}
			n := len(out)
			switch {
			case n == 0 || h.First >= out[n-1].End:
				out = append(out, h)
			case h.First == out[n-1].First && h.End > out[n-1].End:
				out[n-1] = h
			}
		}
	})
	return out
}
