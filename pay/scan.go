package pay

import (
	"iter"
	"strings"
	"sync"

	"jobsieve/job"
	"jobsieve/text"
)

// scan is one reading of one text.
type scan struct {
	field job.Field
	doc   *text.Doc
	def   Defaults
	signs []sign
	// ending lists, for each token, the longest signs that end before it;
	// starting those that begin with it.
	ending, starting []reach
}

// reach is what the longest phrase at a place says, and where it ends or
// begins.
type reach struct {
	cue    cue
	period job.Period
	other  int // the token at the phrase's other end
	ok     bool
}

func newScan(field job.Field, d *text.Doc, def Defaults) *scan {
	s := scans.Get().(*scan)
	n := len(d.Tokens) + 1
	*s = scan{field: field, doc: d, def: def, signs: cues.find(d), ending: cleared(s.ending, n), starting: cleared(s.starting, n)}
	for _, g := range s.signs {
		if ordinal(d, g.first, g.end) {
			continue
		}
		s.ending[g.end].widen(g, g.first, g.first < s.ending[g.end].other)
		s.starting[g.first].widen(g, g.end, g.end > s.starting[g.first].other)
	}
	return s
}

// ordinal reports "th" that makes an ordinal of the number before it: "12th
// pass". As a word of its own it is short for take home.
func ordinal(d *text.Doc, first, end int) bool {
	t := &d.Tokens[first]
	return end == first+1 && t.Glued && t.Norm == "th" && first > 0 && len(d.Tokens[first-1].Norm) <= 2
}

// scans keeps the memory of scans that are done.
var scans = sync.Pool{New: func() any { return new(scan) }}

// done gives the scan's memory back; it must not be used any more.
func (s *scan) done() {
	s.doc, s.signs = nil, nil
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
		*r = reach{g.cue, g.period, other, true}
	case other == r.other:
		r.cue |= g.cue
		if r.period == "" {
			r.period = g.period
		}
	}
}

// candidate is a figure, or a range of two, that may be the pay.
type candidate struct {
	lo, hi     amount // the same for a single figure
	isRange    bool
	first, end int // tokens, with the words that were taken as part of it

	before, after context
	score         int
	reasons       []reason
}

// reason is one thing that spoke for or against a candidate.
type reason struct {
	points int
	why    string
}

func (c *candidate) add(points int, why string) {
	c.score += points
	c.reasons = append(c.reasons, reason{points, why})
}

// candidates finds every figure of the text, in order, and scores it. What it
// gives is valid until the next call.
func (s *scan) candidates() iter.Seq[*candidate] {
	return func(yield func(*candidate) bool) {
		var c candidate
		for i := 0; i < len(s.doc.Tokens); {
			a, ok := amountAt(s.doc, i)
			if !ok {
				i++
				continue
			}
			reasons := c.reasons[:0]
			c = s.extend(a)
			c.reasons = reasons
			s.look(&c)
			s.judge(&c)
			if !yield(&c) {
				return
			}
			i = max(c.hi.end, i+1)
		}
	}
}

// extend makes a candidate from a figure, with the other side of its range.
func (s *scan) extend(a amount) candidate {
	c := candidate{lo: a, hi: a, first: a.first, end: a.end}
	if b, ok := s.otherSide(a); ok && join(&a, &b, s.doc) {
		c.lo, c.hi, c.isRange, c.end = a, b, true, b.end
	}
	return c
}

// otherSide reads the figure that a range goes on to after a.
func (s *scan) otherSide(a amount) (amount, bool) {
	j := a.end
	if a.plus {
		return amount{}, false
	}
	// "15,000 per month to 20,000 per month", "18k CTC - 24k CTC"
	if r := s.starting[j]; r.ok && r.cue&(cuePeriod|cueCTC|cueInHand) != 0 && r.cue&cueTo == 0 {
		j = r.other
	}
	if s.doc.Is(j, "(") || s.doc.Is(j, ",") {
		return amount{}, false
	}
	k := s.connector(j)
	if k < 0 {
		k = s.maximum(a, j)
	}
	if k < 0 {
		return amount{}, false
	}
	b, ok := amountAt(s.doc, k)
	return b, ok
}

// connector gives the token after "-", "to", से, at token j; -1 for none.
func (s *scan) connector(j int) int {
	switch {
	case s.doc.Is(j, "-") || s.doc.Is(j, "~"):
		for s.doc.Is(j, "-") {
			j++
		}
		if s.doc.Is(j, "~") {
			j++
		}
	case j < len(s.starting) && s.starting[j].cue&cueTo != 0:
		j = s.starting[j].other
	case s.between(j):
		j++
	default:
		return -1
	}
	return j
}

// between reports "and" at token j of "between X and Y".
func (s *scan) between(j int) bool {
	if !s.doc.Is(j, "and") && !s.doc.Is(j, "&") {
		return false
	}
	for i := j - 1; i >= 0 && i > j-8; i-- {
		if s.doc.Is(i, "between") {
			return true
		}
	}
	return false
}

// maximum gives the token of Y in "min X, max Y".
func (s *scan) maximum(a amount, j int) int {
	if s.ending[a.first].cue&cueFrom == 0 {
		return -1
	}
	for k := j; k < len(s.doc.Tokens) && k < j+3; k++ {
		if r := s.starting[k]; r.ok && r.cue&cueUpto != 0 {
			return r.other
		}
		if s.doc.Stop(k) {
			break
		}
	}
	return -1
}

// join gives both sides of a range their units; it refuses two figures that
// don't make a range.
func join(a, b *amount, d *text.Doc) bool {
	if a.currency != "" && b.currency != "" && a.currency != b.currency {
		return false
	}
	small := func(x *amount) bool { return x.unit == 1 && !x.grouped && !x.marked && x.number < 1000 }
	switch {
	case small(a) && b.unit >= thousand:
		a.unit = b.unit
		if a.value() > b.value() {
			return false
		}
	case small(b) && a.unit >= thousand:
		if b.number <= a.number || counts(d, b.end) {
			return false
		}
		b.unit = a.unit
	case small(a) && b.value() >= 1000:
		a.unit = thousand
		if b.value() >= lakh {
			a.unit = lakh
		}
		if a.value() > b.value() || b.value() > 10*a.value() {
			return false
		}
	case (a.bare() || b.bare()) && b.value() > 100*a.value():
		return false // a year and a pay, or two that have nothing in common
	}
	if a.period == "" {
		a.period = b.period
	}
	if a.currency == "" {
		a.currency = b.currency
	}
	b.currency, b.period = a.currency, a.period
	return true
}

// counts reports that the word at token i says what a bare number counts.
func counts(d *text.Doc, i int) bool {
	if i >= len(d.Tokens) {
		return false
	}
	switch d.Tokens[i].Norm {
	case "years", "year", "yrs", "yr", "hours", "hrs", "hour", "days", "day", "months", "am", "pm", "%", "साल", "वर्ष", "घंटे", "दिन", "बजे", "saal", "baje", "din", "ghanta", "shift":
		return true
	}
	return strings.HasPrefix(d.Tokens[i].Norm, "+")
}
