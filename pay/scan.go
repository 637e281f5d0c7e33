package pay

import (
	"slices"
	"sync"

	"jobsieve/job"
	"jobsieve/text"
)

// scan is one reading of one text: its cues, its amounts, the expressions that
// they form and, of each, whose money it is.
type scan struct {
	*words
	field job.Field
	doc   *text.Doc
	def   Defaults
	signs []sign
	// ending lists, for each token, what the longest cue that ends before it says;
	// starting what the longest does that begins with it.
	ending, starting []reach
	amounts          []amount
	current          expression // the one that is being read
}

// reach is what the longest phrase at a place says, and where it ends or
// begins.
type reach struct {
	sense
	other int // the token at the phrase's other end
	ok    bool
}

func (r *Reader) scan(field job.Field, d *text.Doc, def Defaults) *scan {
	s := scans.Get().(*scan)
	n := len(d.Tokens) + 1
	s.words, s.field, s.doc, s.def = &r.words, field, d, def
	s.signs = r.signsOf(d, s.signs[:0])
	s.ending, s.starting = cleared(s.ending, n), cleared(s.starting, n)
	for _, g := range s.signs {
		if ordinal(d, g.first, g.end) {
			continue
		}
		s.ending[g.end].widen(g, g.first, g.first < s.ending[g.end].other)
		s.starting[g.first].widen(g, g.end, g.end > s.starting[g.first].other)
	}
	s.readAmounts()
	return s
}

// ordinal reports "th" that makes an ordinal of the number before it: "12th
// pass". As a word of its own it is short for take home.
func ordinal(d *text.Doc, first, end int) bool {
	return end == first+1 && d.Is(first, "th") && glued(d, first) &&
		d.IsKind(first-1, text.Number) && len(d.Tokens[first-1].Norm) <= 2
}

// scans keeps the memory of scans that are done.
var scans = sync.Pool{New: func() any { return new(scan) }}

// done gives the scan's memory back; it must not be used any more.
func (s *scan) done() {
	s.words, s.doc = nil, nil
	scans.Put(s)
}

// cleared gives n empty elements, in the memory of old if that is enough.
func cleared(old []reach, n int) []reach {
	if cap(old) < n {
		return make([]reach, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// widen takes a sign in: a longer one replaces what is there, an equal one adds
// to it.
func (r *reach) widen(g sign, other int, longer bool) {
	switch {
	case !r.ok || longer:
		*r = reach{g.sense, other, true}
	case other == r.other:
		r.cue |= g.cue
		if r.period == "" {
			r.period = g.period
		}
	}
}

// says reports what of a cue a phrase that begins at token i says.
func (s *scan) says(i int, want cue) bool {
	return i >= 0 && i < len(s.starting) && s.starting[i].cue&want != 0
}

// isAny reports that token i has one of some normal forms.
func isAny(d *text.Doc, i int, norms ...string) bool {
	return i >= 0 && i < len(d.Tokens) && slices.Contains(norms, d.Tokens[i].Norm)
}

// glued reports that token i exists and that nothing is between it and the one
// before.
func glued(d *text.Doc, i int) bool {
	return i >= 0 && i < len(d.Tokens) && d.Tokens[i].Glued
}

// gluedNumber reports digits at token i that are glued to the sign before them.
func gluedNumber(d *text.Doc, i int) bool { return d.IsKind(i, text.Number) && glued(d, i) }

// has reports a cue anywhere in the text.
func (s *scan) has(want cue) bool {
	for _, g := range s.signs {
		if g.cue&want != 0 {
			return true
		}
	}
	return false
}
