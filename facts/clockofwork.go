package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

func (r *clockReader) inHours(i int) bool {
	return r.d.Is(i, "hrs") || r.d.Is(i, "hours") || r.d.Is(i, "hr") || r.d.Is(i, "h")
}

// ofWork reports that two times are working hours: they are times at all, and
// not those of an interview or of a shop.
func (r *clockReader) ofWork(a, b clockTime) bool {
	after := next(r.d, b.end)
	counted := r.noTime[after] && b.half == halfUnsaid // but not "6 pm din me"
	if r.unitYears[after] > 0 || counted || r.d.Is(b.end, "%") || r.d.Is(a.first-1, "₹") {
		return false
	}
	if !a.marked && !b.marked && !r.bare(a, b) {
		return false
	}
	if r.elsewhere(a.first, b.end) {
		r.lastElse = b.end
		return false
	}
	return true
}

// bare reports two bare numbers that are working hours all the same. Those in words go
// down, as "nine to five" does and "two to three" does not.
func (r *clockReader) bare(a, b clockTime) bool {
	if a.inWords || b.inWords {
		return a.inWords && b.inWords && (a.hour > b.hour && r.timed(a, b) || r.chained(a, b))
	}
	return r.timed(a, b) || r.backwards(a, b)
}

// chained reports hours that begin where others right before them end, or end where others begin:
// "six to two, two to ten".
func (r *clockReader) chained(a, b clockTime) bool {
	const near = 2
	if r.last >= 0 && a.first-r.last <= near && r.d.Unbroken(r.last, a.first) && r.lastHour == a.hour {
		return true
	}
	for i := b.end; i <= b.end+near && i+1 < len(r.d.Tokens) && !r.d.Stop(i); i++ {
		if n, ok := r.hourNames.At(r.d, i); ok {
			return n == b.hour && r.clockUntil[next(r.d, i+1)]
		}
	}
	return false
}

// backwards reports "10 to 7", "9 से 6", "8 to 8": no other range goes down. Between signs it
// stands by itself, and has the length of a working day: "10-7."
func (r *clockReader) backwards(a, b clockTime) bool {
	const earliest = 6
	if a.hour < b.hour || a.hour > 12 || a.compact || a.hour == b.hour && a.hour < earliest {
		return false
	}
	if r.noTimeAfter[next(r.d, a.first-1)] || r.noTimeAfter[next(r.d, a.first-2)] {
		return false // "ratio is 6 to 1"
	}
	dayLong := a.hour >= 8 && a.hour <= 11 && b.hour >= 4 && b.hour+12-a.hour <= 10
	return r.d.IsKind(b.first-1, text.Word) || dayLong && r.aSentence(a.first, b.end)
}

// aSentence reports tokens first up to but not including end with nothing else in their sentence.
func (r *clockReader) aSentence(first, end int) bool {
	return (first == 0 || r.d.Stop(first-1)) && (end >= len(r.d.Tokens) || r.d.Stop(end))
}

// timed reports words beside two bare numbers that make working hours of them.
func (r *clockReader) timed(a, b clockTime) bool {
	const near = 4
	if r.last >= 0 && a.first-r.last <= near && r.d.Unbroken(r.last, a.first) {
		return true // "8 to 2 or 2 to 9"
	}
	for _, h := range phrase.Near(r.workingHours.Hits(r.d), a.first-near, a.first) {
		if h.End <= a.first && r.d.Unbroken(h.End, a.first) {
			return true
		}
	}
	if a.compact || b.compact {
		return false
	}
	for _, h := range phrase.Near(r.hoursBefore.Hits(r.d), b.end, b.end+near) {
		if h.First == b.end || h.First == b.end+1 && r.d.IsKind(b.end, text.Word) {
			return true
		}
	}
	const sentence = 8
	for _, h := range phrase.Near(r.daysOfWork.Hits(r.d), a.first-sentence, b.end+sentence) {
		if r.d.Unbroken(min(b.end, h.First), max(a.first, h.End)) {
			return true
		}
	}
	return false
}

// elsewhere reports words near tokens first up to but not including end that
// make their hours those of an interview or of customers.
func (r *clockReader) elsewhere(first, end int) bool {
	const before, after, joined = 8, 6, 2
	if r.lastElse >= 0 && first-r.lastElse <= joined && r.d.Unbroken(r.lastElse, first) {
		return true // "patients are seen 10 to 1 and 5 to 8"
	}
	own := r.ofOneself(first)
	for _, h := range phrase.Near(r.otherHours.Hits(r.d), first-before, end+after) {
		about := h.First <= first && h.End >= end // "ग्राहक 10 से 9 आते हैं"
		switch {
		case h.End == first && r.begun(first): // "report at 9"
		case h.End <= first: // "open all day, your duty 10 to 7" has a comma before one's own
			about = r.d.Unbroken(h.End, first) && !r.ownAfter(h, own)
		case h.First >= end:
			about = own < 0 && r.d.Unbroken(end, h.First) && !r.hasOwn(end, h)
		}
		if about {
			return true
		}
	}
	return r.ofPublic(first) || r.onDate(first)
}

// ofOneself gives the token at which words right before hours begin that make these one's
// own, -1 for none: "your duty 10 to 7".
func (r *clockReader) ofOneself(first int) int {
	const near = 4
	for _, h := range phrase.Near(r.ownHours.Hits(r.d), first-near, first) {
		if h.End <= first && clause(r.d, h.End, first) {
			return h.First
		}
	}
	return -1
}

// ownAfter reports that words at token own, -1 for none, make hours one's own after hit h has
// spoken of others', within them or in the same breath: "shop timing for staff".
func (r *clockReader) ownAfter(h phrase.Hit[string], own int) bool {
	if own < h.End {
		return own >= h.First
	}
	return !clause(r.d, h.End, own) || r.ownInstead[next(r.d, own-1)]
}

// onDate reports a date before hours, which are those of that day: "12 June, 10 AM to 4 PM".
func (r *clockReader) onDate(first int) bool {
	const before = 8
	for i := max(0, first-before); i < first; i++ {
		if r.months[r.d.Tokens[i].Norm] && r.d.Unbroken(i, first) {
			return r.d.IsKind(i-1, text.Number) || r.d.IsKind(i-2, text.Number)
		}
	}
	return false
}

// ofPublic reports a clause that begins with those who come, and says from when:
// "Our members train from 5 am to 11 am".
func (r *clockReader) ofPublic(first int) bool {
	const reach = 10
	if rightBefore(r.ofOthers.Hits(r.d), first) {
		return true // "call 10 to 6"
	}
	if !r.d.Is(first-1, "from") && !r.d.Is(first-1, "between") {
		return false
	}
	for _, h := range phrase.Near(r.thePublic.Hits(r.d), first-reach, first-2) {
		start := h.First
		if r.d.Is(start-1, "our") || r.d.Is(start-1, "the") {
			start--
		}
		if start == 0 || r.d.Stop(start-1) {
			return clause(r.d, h.First, first)
		}
	}
	return false
}

// hasOwn reports that what others do there has hours of its own: "9 to 6, lunch
// 1 pm to 2 pm".
func (r *clockReader) hasOwn(end int, h phrase.Hit[string]) bool {
	i := h.End
	if i < len(r.d.Tokens) && (r.clockUntil[next(r.d, i)] || r.d.Is(i, "from") || r.d.Is(i, ":")) {
		i++
	}
	if i >= len(r.d.Tokens) || clause(r.d, end, h.First) && !r.d.Is(end, "with") || !r.startsNumber(r.d, i) {
		return false
	}
	t, ok := r.timeAt(i)
	return ok && t.marked
}

// atNight reports the name of a night shift beside tokens first up to but not
// including end.
func (r *clockReader) atNight(first, end int) bool {
	const near = 5
	for _, h := range phrase.Near(r.named, first-near, end+near) {
		if h.Value.shift == job.ShiftDay && h.Value.role == roleOfHours && (h.First == end || h.End == first) {
			return false
		}
		named := h.Value.role == roleOfHours && (h.Value.shift == job.ShiftNight || h.Value.shift == job.ShiftUS)
		if named && clause(r.d, min(h.End, end), max(h.First, first)) &&
			!denied(r.d, r.denials.All(r.d), h.First, h.End) {
			return true
		}
	}
	return false
}
