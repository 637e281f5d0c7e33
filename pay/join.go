package pay

import "jobsieve/job"

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
	if !shareUnits(a, b) || b.bare() && b.value() < job.Thousand && s.counts(b.end) || tooFar(a, b, how) {
		return false
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

// tooFar reports that the second side of a range is farther above the first than
// ranges go, or not above it where a stroke is between them, or nothing.
func tooFar(a, b *amount, how link) bool {
	ratio := b.value() / a.value()
	switch how {
	case stroke:
		return ratio <= 1 || ratio > widestStroke
	case lostDash:
		return ratio <= 1 || ratio > widestLost || !alike(a, b)
	}
	// A year and a pay, or two that have nothing in common.
	return (a.bare() || b.bare()) && ratio > widestRange
}

// alike reports two amounts of one kind, between which a dash was lost.
func alike(a, b *amount) bool {
	oneForm := a.unit == b.unit && a.words == b.words && a.grouped == b.grouped
	full := a.grouped || a.unit > 1 || a.value() >= job.Thousand
	return oneForm && full && !a.marked && a.tail.cue == 0
}

// shareUnits gives a small figure the unit of the other side: "15-30 Lacs",
// "18-28k", "3 - 5,00,000". It reports whether a range may come of that.
func shareUnits(a, b *amount) bool {
	switch {
	case a.small() && b.unit >= job.Thousand:
		a.unit = b.unit
		return a.value() <= b.value()
	case a.small() && b.slip: // "3 - 5,00,000 LPA"
		a.unit = job.Lakh
		return a.value() <= b.value()
	case b.small() && a.unit >= job.Thousand:
		if b.number <= a.number {
			return false
		}
		b.unit = a.unit
	case a.small() && b.value() >= job.Thousand:
		return a.takeUnitOfFull(b.value())
	}
	return true
}

// small reports a figure without a unit that is no full one.
func (a *amount) small() bool {
	return a.unit == 1 && !a.grouped && !a.marked && a.number < job.Thousand
}

// takeUnitOfFull gives a small figure the unit that a full one on the other side
// implies, "3 - 5,00,000"; it reports whether a range may come of that.
func (a *amount) takeUnitOfFull(full float64) bool {
	unit := job.Thousand
	if full >= job.Lakh {
		unit = job.Lakh
	}
	if v := a.number * unit; v <= full && full <= widestUnits*v {
		a.unit = unit
		return true
	}
	return a.number >= smallest && full <= widestUnits*a.number
}

// counts reports that the word at token i says what a bare number counts.
func (s *scan) counts(i int) bool {
	return s.says(i, cueCounted) || isAny(s.doc, i, "am", "pm", "%", "बजे", "baje")
}
