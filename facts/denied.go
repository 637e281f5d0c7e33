package facts

import (
	"slices"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// denial is what a phrase takes back.
type denial uint8

const (
	deniesAfter  denial = iota + 1 // "no": what follows it
	deniesBefore                   // "नहीं": what stands before it
	deniesNone                     // "not comfortable with": nothing, though a word in it could
)

// denied reports that tokens first up to but not including end are denied
// nearby, in their clause: "no …", "… नहीं", "…: no". denies are all denials of
// the text.
func denied(d *text.Doc, denies []phrase.Hit[denial], first, end int) bool {
	const before, after = 4, 5
	near := phrase.Near(denies, first-before, end+after)
	for _, h := range near {
		inside := func(o phrase.Hit[denial]) bool {
			return o.Value == deniesNone && o.First <= h.First && h.End <= o.End
		}
		switch {
		case slices.ContainsFunc(near, inside):
		case h.End <= first && h.Value == deniesAfter && clause(d, h.End, first),
			h.First >= end && h.Value == deniesBefore && clause(d, end, h.First),
			h.First == end+1 && h.Value == deniesAfter && d.IsKind(end, text.Symbol) && closes(d, h.End):
			return true
		}
	}
	return false
}
