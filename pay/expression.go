package pay

import (
	"iter"

	"jobsieve/job"
	"jobsieve/text"
)

// expression is one amount, a range of two or a bound, with the period and the
// basis that stand in its own clause.
type expression struct {
	lo, hi  amount // the same for a single figure
	isRange bool
	open    bool // a range without an upper end: "2,00,000 - more than 3,00,000"
	// first and end are its tokens, with the words that were taken as part of it;
	// next is the first token of the figure after it.
	first, end, next int
	inside           context // what stands between the two sides

	before, after context
	role          role
	strong        bool
	why           string
}

// expressions finds every expression of the text, in order, and whose money it
// is. What it gives is valid until the next call.
func (s *scan) expressions() iter.Seq[*expression] {
	return func(yield func(*expression) bool) {
		var e expression
		floor := 0
		for k := 0; k < len(s.amounts); {
			used := s.express(&e, k)
			k += used
			e.next = len(s.doc.Tokens)
			if k < len(s.amounts) {
				e.next = s.amounts[k].first
			}
			s.look(&e, floor)
			floor = max(e.end, e.after.reach)
			s.judge(&e)
			if !yield(&e) {
				return
			}
		}
	}
}

// express makes an expression from amount k, with the other side of its range;
// it gives how many amounts it took.
func (s *scan) express(e *expression, k int) int {
	a := s.amounts[k]
	*e = expression{lo: a, hi: a, first: a.first, end: a.end}
	if k+1 == len(s.amounts) {
		return 1
	}
	b := s.amounts[k+1]
	how, inside := s.link(&a, &b)
	if how == apart || s.joinedTo(b.first) && s.variableAfter(b.end) || !s.join(&a, &b, how) {
		return 1
	}
	e.lo, e.hi, e.isRange, e.end, e.inside = a, b, true, b.end, inside
	e.open = how == openEnded
	return 2
}

// variableAfter reports "₹1,800 tak incentive": the second figure is no side of a
// range.
func (s *scan) variableAfter(i int) bool {
	if s.says(i, cueUptoAfter) {
		i = s.starting[i].other
	}
	return s.says(i, cueVariable)
}

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
	if s.between(a, j) {
		return j + 1, ranged
	}
	if d.Is(j, "(") || d.Is(j, "[") || d.Is(j, "{") {
		if j+1 == end {
			return end, apart // "(15,000) - (20,000)"
		}
		return s.closing(j, end), apart
	}
	if d.Is(j, "/") && d.Tokens[j].Glued && j+1 == end {
		return j + 1, stroke
	}
	if r := s.starting[j]; r.ok && r.other <= end {
		switch {
		case r.cue&cueFrom != 0 && r.other == end:
			return r.other, openEnded
		case r.cue&(cueUpto|cueUptoAfter) != 0:
			return r.other, s.upperSide(a, j)
		case r.cue&(cuePeriod|cueCTC|cueInHand) != 0 || s.afterStroke(j) && r.cue&cuePeriodShort != 0:
			ctx.takeUnits(r.sense)
			return r.other, apart
		}
	}
	if d.Is(j, "/") || d.Is(j, "+") && a.plus || d.Is(j, ".") && d.Tokens[j].Glued && !d.Stop(j) {
		return j + 1, apart
	}
	if j == a.end && (d.Is(j, ")") || d.Is(j, "]")) || s.hasLeast(a) && joiners[d.Tokens[j].Norm] {
		return j + 1, apart
	}
	if s.hasLeast(a) && (d.Is(j, ",") || d.Is(j, ":") || d.Is(j, "|") || d.Is(j, ";") || d.IsKind(j, text.Newline)) {
		return j + 1, apart
	}
	return j, apart
}

// afterStroke reports "/" or "per" before token j.
func (s *scan) afterStroke(j int) bool {
	return s.doc.Is(j-1, "/") || s.ending[j].cue&cuePer != 0
}

// upperSide is what "max" makes of a link: a range where the first side says
// "min".
func (s *scan) upperSide(a *amount, _ int) link {
	if s.hasLeast(a) {
		return ranged
	}
	return apart
}

// hasLeast reports "min" or "from" before an amount.
func (s *scan) hasLeast(a *amount) bool {
	i := a.first
	for i > 0 && (s.doc.Is(i-1, ":") || s.doc.Is(i-1, "-") || s.doc.Is(i-1, ".")) {
		i--
	}
	return s.ending[i].cue&cueFrom != 0
}

// closing gives the token after a bracket that is opened at token j and holds no
// figure; j where it isn't closed before token end.
func (s *scan) closing(j, end int) int {
	for k := j + 1; k < end; k++ {
		if s.doc.Is(k, ")") || s.doc.Is(k, "]") || s.doc.Is(k, "}") {
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
	case d.Is(j, ".") && d.Is(j+1, ".") && d.Tokens[j+1].Glued && d.IsKind(j+2, text.Number): // "15000..20000"
		return j + 2
	case s.says(j, cueTo) && !d.Is(j, "and") && !d.Is(j, "aur") && !d.Is(j, "और"):
		return s.starting[j].other
	}
	return -1
}

// isDash reports a dash at token j, or the sign that stands for one that was lost.
func (s *scan) isDash(j int) bool {
	return s.doc.Is(j, "-") || s.doc.Is(j, "~") || s.doc.Is(j, "–") || s.doc.Is(j, "—") || s.doc.Is(j, "�")
}

// between reports "and" at token j of "between X and Y".
func (s *scan) between(a *amount, j int) bool {
	d := s.doc
	if !joiners[d.Tokens[j].Norm] || d.Tokens[j].Kind != text.Word && !d.Is(j, "&") {
		return false
	}
	for i := a.first - 1; i >= 0 && i > a.first-4; i-- {
		if d.Is(i, "between") || d.Is(i, "बीच") {
			return true
		}
	}
	for i := j; i < len(d.Tokens) && i < j+8; i++ { // "15 से 20 के बीच", "15 aur 20 ke beech"
		switch d.Tokens[i].Norm {
		case "बीच", "beech", "bich", "दरम्यान", "मध्य":
			return true
		}
	}
	return false
}

// Ranges reach from a figure to at most so many times that.
const (
	widestStroke = 3
	widestRange  = 100
	widestUnits  = 10
	widestLost   = 4
)

// join gives both sides of a range their units; it refuses two figures that
// don't make a range.
func (s *scan) join(a, b *amount, how link) bool {
	if a.currency != "" && b.currency != "" && a.currency != b.currency {
		return false
	}
	if !shareUnits(a, b) || counts(s, b.end) && b.bare() && b.value() < 1000 {
		return false
	}
	ratio := b.value() / a.value()
	switch how {
	case stroke:
		if ratio <= 1 || ratio > widestStroke {
			return false
		}
	case lostDash:
		if ratio <= 1 || ratio > widestLost || !alike(a, b) {
			return false
		}
	default:
		if (a.bare() || b.bare()) && ratio > widestRange {
			return false // a year and a pay, or two that have nothing in common
		}
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

// alike reports two amounts of one kind, between which a dash was lost.
func alike(a, b *amount) bool {
	return a.unit == b.unit && a.words == b.words && a.grouped == b.grouped && !a.marked && (a.grouped || a.unit > 1 || a.value() >= 1000) && a.tail.cue == 0
}

// shareUnits gives a small figure the unit of the other side: "15-30 Lacs",
// "18-28k", "3 - 5,00,000".
func shareUnits(a, b *amount) bool {
	small := func(x *amount) bool { return x.unit == 1 && !x.grouped && !x.marked && x.number < 1000 }
	switch {
	case small(a) && b.unit >= job.Thousand:
		a.unit = b.unit
		return a.value() <= b.value()
	case small(a) && b.slip: // "3 - 5,00,000 LPA"
		a.unit = job.Lakh
		return a.value() <= b.value()
	case small(b) && a.unit >= job.Thousand:
		if b.number <= a.number {
			return false
		}
		b.unit = a.unit
	case small(a) && b.value() >= 1000:
		unit := job.Thousand
		if b.value() >= job.Lakh {
			unit = job.Lakh
		}
		if v := a.number * unit; v <= b.value() && b.value() <= widestUnits*v {
			a.unit = unit
			return true
		}
		return a.number >= smallest && b.value() <= widestUnits*a.number
	}
	return true
}

// counts reports that the word at token i says what a bare number counts.
func counts(s *scan, i int) bool {
	return s.says(i, cueCounted) || s.doc.Is(i, "am") || s.doc.Is(i, "pm") || s.doc.Is(i, "%") || s.doc.Is(i, "बजे") || s.doc.Is(i, "baje")
}
