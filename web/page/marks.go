package page

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"jobsieve/job"
)

// mark is a piece of a posting's text, from byte Start up to but not including End of
// Field, with the number under which the page tells what it says.
type mark struct {
	N          int
	Field      job.Field
	Start, End int
	// Kind is what it speaks for: for, against, undone, pay, fact or signal.
	Kind string
}

// segment is a stretch of text with the marks that cover it.
type segment struct {
	Text string
	// Kind is that of the weightiest mark; empty where none covers it.
	Kind string
	// Ends are the numbers of the marks that end with it.
	Ends []int
}

// kinds are those of marks, the weightiest first.
var kinds = []string{"for", "against", "signal", "pay", "fact", "undone"}

// valid reports a mark that lies in a text and cuts no character.
func (m *mark) valid(text string) bool {
	if m.Start < 0 || m.Start >= m.End || m.End > len(text) {
		return false
	}
	return utf8.RuneStart(text[m.Start]) && (m.End == len(text) || utf8.RuneStart(text[m.End]))
}

// segments cuts a text where marks begin and end, so that marks may overlap. Marks that
// are not valid, as a ledger that was meddled with may have them, are left out.
func segments(text string, marks []mark) (out []segment) {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return !m.valid(text) })
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	cuts := []int{0, len(text)}
	for i := range marks {
		cuts = append(cuts, marks[i].Start, marks[i].End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var open []mark
	for i, from := range cuts[:len(cuts)-1] {
		to := cuts[i+1]
		for len(marks) > 0 && marks[0].Start == from {
			open, marks = append(open, marks[0]), marks[1:]
		}
		s := segment{Text: text[from:to]}
		for _, m := range open {
			if s.Kind == "" || slices.Index(kinds, m.Kind) < slices.Index(kinds, s.Kind) {
				s.Kind = m.Kind
			}
			if m.End == to {
				s.Ends = append(s.Ends, m.N)
			}
		}
		open = slices.DeleteFunc(open, func(m mark) bool { return m.End == to })
		out = append(out, s)
	}
	return out
}
