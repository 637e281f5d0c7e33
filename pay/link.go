package pay

import "jobsieve/text"

// link is how two amounts stand to each other.
type link int

const (
	apart     link = iota
	ranged         // "15,000 - 20,000"
	openEnded      // "2,00,000 - more than 3,00,000"
	stroke         // "15000/18000"
	lostDash       // "15,000 20,000"
)

// maxBetween is the most tokens between the sides of a range.
const maxBetween = 12

// link reads what stands between two amounts. Each side may have its own period,
// basis and brackets.
func (s *scan) link(a, b *amount) (link, context) {
	ctx := newContext(a.end)
	if b.first-a.end > maxBetween {
		return apart, ctx
	}
	how, j := lostDash, a.end
	for j < b.first {
		next, step := s.linkStep(&ctx, a, j, b.first)
		if next <= j {
			return apart, ctx
		}
		switch {
		case step == apart:
		case step == openEnded && how != ranged:
			return apart, ctx
		case how == lostDash || step == openEnded:
			how = step
		case how == ranged && step == ranged:
		default:
			return apart, ctx
		}
		j = next
	}
	if a.plus && how != lostDash {
		return apart, ctx
	}
	return how, ctx
}

// linkStep takes in one thing between two amounts: what it makes of the link,
// apart for nothing, and the token after it; no progress where it parts them.
func (s *scan) linkStep(ctx *context, a *amount, j, end int) (next int, step link) {
	d := s.doc
	if k := s.connector(j); k > j && k <= end {
		return k, ranged
	}
	switch {
	case s.between(a, j):
		return j + 1, ranged
	case isAny(d, j, "(", "[", "{"):
		if j+1 == end {
			return end, apart // "(15,000) - (20,000)"
		}
		return s.closing(j, end), apart
	case d.Is(j, "/") && glued(d, j) && j+1 == end:
		return j + 1, stroke
	}
	if next, step, ok := s.linkPhrase(ctx, a, j, end); ok {
		return next, step
	}
	if s.partsNothing(a, j) {
		return j + 1, apart
	}
	return j, apart
}

// linkPhrase takes in a bound, a period or a basis that begins at token j, between
// two amounts.
func (s *scan) linkPhrase(ctx *context, a *amount, j, end int) (next int, step link, ok bool) {
	r := s.starting[j]
	if !r.ok || r.other > end {
		return j, apart, false
	}
	units := r.cue&(cuePeriod|cueCTC|cueInHand) != 0 || r.cue&cuePeriodShort != 0 && s.afterStroke(j)
	switch {
	case r.cue&cueFrom != 0 && r.other == end:
		return r.other, openEnded, true
	case r.cue&(cueUpto|cueUptoAfter) != 0 && s.hasLeast(a): // "min 15,000 max 20,000"
		return r.other, ranged, true
	case r.cue&(cueUpto|cueUptoAfter) != 0:
		return r.other, apart, true
	case units:
		ctx.takeUnits(r.sense)
		return r.other, apart, true
	}
	return j, apart, false
}

// partsNothing reports a sign at token j that may stand between the two sides of
// a range; where "min" stands before the first, a comma, a line end or a joining
// word may too.
func (s *scan) partsNothing(a *amount, j int) bool {
	d := s.doc
	switch {
	case d.Is(j, "/"), d.Is(j, "+") && a.plus:
		return true
	case d.Is(j, ".") && glued(d, j) && !d.Stop(j):
		return true
	case j == a.end && isAny(d, j, ")", "]"):
		return true
	}
	loose := s.joins(j) || isAny(d, j, ",", ":", "|", ";") || d.IsKind(j, text.Newline)
	return loose && s.hasLeast(a)
}

// afterStroke reports "/" or "per" before token j.
func (s *scan) afterStroke(j int) bool {
	return s.doc.Is(j-1, "/") || s.ending[j].cue&cuePer != 0
}

// hasLeast reports "min" or "from" before an amount.
func (s *scan) hasLeast(a *amount) bool {
	i := a.first
	for i > 0 && isAny(s.doc, i-1, ":", "-", ".") {
		i--
	}
	return s.ending[i].cue&cueFrom != 0
}

// closing gives the token after a bracket that is opened at token j and holds no
// figure; j where it isn't closed before token end.
func (s *scan) closing(j, end int) int {
	for k := j + 1; k < end; k++ {
		if isAny(s.doc, k, ")", "]", "}") {
			return k + 1
		}
	}
	return j
}

// connector gives the token after "-", "to", से, at token j; -1 for none.
func (s *scan) connector(j int) int {
	d := s.doc
	switch {
	case s.isDash(j):
		for s.isDash(j) {
			j++
		}
		return j
	case d.Is(j, ".") && d.Is(j+1, ".") && glued(d, j+1) && d.IsKind(j+2, text.Number): // "15000..20000"
		return j + 2
	case s.says(j, cueTo) && !isAny(d, j, "and", "aur", "और"):
		return s.starting[j].other
	}
	return -1
}

// isDash reports a dash at token j, or the sign that stands for one that was lost.
func (s *scan) isDash(j int) bool { return isAny(s.doc, j, "-", "~", "–", "—", "�") }

// between reports a joining word at token j of "between X and Y" and of "15 aur 20
// ke beech".
func (s *scan) between(a *amount, j int) bool {
	const before, after = 3, 8
	d := s.doc
	if !s.joins(j) || d.Tokens[j].Kind != text.Word && !d.Is(j, "&") {
		return false
	}
	for i := max(0, a.first-before); i < a.first; i++ {
		if isAny(d, i, "between", "बीच") {
			return true
		}
	}
	for i := j; i < min(len(d.Tokens), j+after); i++ {
		if isAny(d, i, "बीच", "beech", "bich", "दरम्यान", "मध्य") {
			return true
		}
	}
	return false
}
