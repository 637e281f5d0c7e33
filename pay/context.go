package pay

import (
	"jobsieve/job"
	"jobsieve/text"
)

// context is what the words on one side of a figure say about it.
type context struct {
	pay     int // words between the figure and a word for pay; -1 for none
	money   cue // other money that the nearest such word names
	gap     int // words between the figure and that
	veto    cue // other money that the clause is about, beyond the word for pay
	upto    bool
	less    bool // "below", of a salary rather than of an offer
	from    bool
	basis   cue
	period  job.Period
	other   bool // a period that has no yearly figure
	direct  bool // the period's word is right before the figure: roz 450
	perk    bool // a perk joined to the figure
	given   bool
	counted bool
	named   bool // a word of no list comes right after the figure
	average bool
	level   bool // of a level of government pay
	// reach is the token up to which the words belong to the figure.
	reach int
}

func newContext(at int) context { return context{pay: -1, reach: at} }

// takeUnits takes the period and the basis from a phrase.
func (c *context) takeUnits(g sense) {
	if c.period == "" && g.cue&(cuePeriod|cuePeriodShort) != 0 {
		c.period = g.period
	}
	if c.basis == 0 {
		c.basis = g.cue & (cueCTC | cueInHand)
	}
}

// The most words that say nothing between a figure and a word for pay, and between
// it and other words about it.
const (
	maxNear    = 3
	maxUnknown = 6
)

// look reads the words on both sides of e; those before token floor belong to
// another figure.
func (s *scan) look(e *expression, floor int) {
	e.before = s.lookBefore(e.lo.first, floor)
	e.after = s.lookAfter(e)
	e.first = min(e.first, e.before.reach)
	e.end = max(e.end, e.after.reach)
}

// joiningSigns join what comes with pay to it, as the words of a list do.
var joiningSigns = map[string]bool{"+": true, "&": true, "/": true, "(": true, ")": true, ",": true}

// joins reports a joining word or sign at token i.
func (s *scan) joins(i int) bool {
	norm := s.doc.Tokens[i].Norm
	return s.joining[norm] || joiningSigns[norm]
}

// joinedTo reports a joining word right before token i.
func (s *scan) joinedTo(i int) bool {
	return i > 0 && (s.joins(i-1) && !isAny(s.doc, i-1, "(", ",") || isAny(s.doc, i-1, "साथ", "saath"))
}

// abbreviations may have a point after them that ends no sentence.
var abbreviations = map[string]bool{
	"max": true, "min": true, "approx": true, "incl": true, "sal": true, "rs": true, "रु": true, "रू": true,
	"pm": true, "pa": true, "प्र": true, "hr": true, "hrs": true, "wk": true, "mo": true, "mon": true, "mth": true,
	"yr": true,
}

// abbreviates reports the point of "max.", "p.m.".
func (s *scan) abbreviates(i int) bool {
	const longest = 6
	t := &s.doc.Tokens[i]
	if t.Norm != "." || !t.Glued || i == 0 || s.doc.Tokens[i-1].Kind != text.Word {
		return false
	}
	w := s.doc.Tokens[i-1].Norm
	return len(w) == 1 || len(w) <= longest && abbreviations[w]
}

// deniedBefore reports "no", "without", "बिना" one or two tokens before token i.
func (s *scan) deniedBefore(i int) bool {
	for j := max(0, i-2); j < i; j++ {
		if s.denying[s.doc.Tokens[j].Norm] {
			return true
		}
	}
	return false
}

// deniedAfter reports "इंसेंटिव नहीं", "incentive nahi", at token i.
func (s *scan) deniedAfter(i int) bool {
	return i < len(s.doc.Tokens) && s.denyingAfter[s.doc.Tokens[i].Norm]
}

// measures reports that what follows token i is counted in work: "daily 9 hours",
// "हफ्ते में 6 दिन".
func (s *scan) measures(i int) bool {
	d := s.doc
	for isAny(d, i, "में", "me", "-", ":") {
		i++
	}
	if !d.IsKind(i, text.Number) {
		return false
	}
	for i++; d.IsKind(i, text.Number) || isAny(d, i, "-", "to", "se", "से"); i++ {
	}
	return s.says(i, cueCounted|cuePeriod)
}
