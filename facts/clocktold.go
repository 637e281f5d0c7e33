package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// told reads hours of which a is the beginning, and whose end is told apart from it in the
// same sentence: "Report at 8 and you are free by 5".
func (r *clockReader) told(a *clockTime) (b clockTime, ok bool) {
	const reach = 16
	begun := r.begun(a.first)
	if !begun && !a.marked && !r.compactHours(a) || r.led(a.first) {
		return b, false
	}
	for i := a.end; i < min(a.end+reach, len(r.d.Tokens)) && !r.d.Stop(i); i++ {
		if !r.startsNumber(r.d, i) {
			continue
		}
		if b, ok = r.timeAt(i); !ok {
			continue
		}
		b.marked = b.marked || r.compactHours(&b)
		if left := r.left(b); left || b.marked {
			ok = left && (begun || b.marked) && !r.openBetween(a.end, b.first)
			a.marked, b.marked = true, true
			return b, ok
		}
		i = b.end - 1
	}
	return b, false
}

// openBetween reports that a place is open from one of two times until the other.
func (r *clockReader) openBetween(i, j int) bool {
	for _, h := range phrase.Near(r.otherHours.Hits(r.d), i, j) {
		if h.Value == "public-hours" && h.First >= i && h.End <= j {
			return true
		}
	}
	return false
}

// compactHours reports "2000 hrs".
func (r *clockReader) compactHours(t *clockTime) bool { return t.compact && r.inHours(t.end) }

// begun reports words right before token i after which the beginning of work stands: "log in at".
func (r *clockReader) begun(i int) bool { return rightBefore(r.startsWork.Hits(r.d), i) }

// left reports words beside a time that make it the end of work: "leave at 6", "6 बजे छुट्टी".
func (r *clockReader) left(t clockTime) bool {
	const near, reach = 2, 5
	if rightBefore(r.endsWork.Hits(r.d), t.first) {
		return true
	}
	for _, h := range phrase.Near(r.endedWork.Hits(r.d), t.end, t.end+reach) {
		beside := h.First < t.end+near || h.Value == valueLeft
		if h.First >= t.end && beside && clause(r.d, t.end, h.First) {
			return true
		}
	}
	return false
}

// led reports those who come, or a bus, as what begins before token i.
func (r *clockReader) led(i int) bool {
	const near = 5
	for _, h := range phrase.Near(r.thePublic.Hits(r.d), i-near, i) {
		if h.End <= i && clause(r.d, h.End, i) {
			return true
		}
	}
	return false
}

// rightBefore reports a hit that ends right before token i.
func rightBefore(hits []phrase.Hit[string], i int) bool {
	for _, h := range phrase.Near(hits, i-1, i) {
		if h.End == i {
			return true
		}
	}
	return false
}

// brief reports hours that are fewer than a day's work and yet are said to be worked: "duty
// 4 to 6 pm", "between 4 and 6 every afternoon".
func (r *clockReader) brief(a, b clockTime) bool {
	const near = 3
	for _, h := range phrase.Near(r.workingHours.Hits(r.d), a.first-near, a.first) {
		if h.End <= a.first && clause(r.d, h.End, a.first) {
			return true
		}
	}
	for _, h := range phrase.Near(r.daily.Hits(r.d), a.first-near, b.end+near) {
		if clause(r.d, min(h.End, b.end), max(h.First, a.first)) {
			return true
		}
	}
	return false
}

// partAfter reads the part of the day that stands after two times, of which the second says
// none itself: "8 subah se 6 shaam", "7 se 10 subah", "9 to 6 evening".
func (r *clockReader) partAfter(a, b *clockTime) {
	h, ok := r.dayparts.At(r.d, b.end)
	if !ok || b.marked || b.inWords {
		return
	}
	after := b.end + 1
	if r.d.IsKind(after, text.Number) || r.d.IsKind(after, text.Word) && !r.ofDaypart[next(r.d, after)] {
		return // "9 to 6 evening shift"
	}
	if !a.marked && r.beginsIn(h, a, b) {
		a.half = h
	} else {
		b.half = h
	}
	a.marked, b.marked, b.end = true, true, after
}

// beginsIn reports bare hours from a to b that begin in a part of the day, where both could be
// in it.
func (r *clockReader) beginsIn(h half, a, b *clockTime) bool {
	switch h {
	case halfMorning:
		return a.hour >= 4 && a.hour < 12 && !r.atNight(a.first, b.end)
	case halfEvening:
		return a.hour < b.hour && a.hour <= 8 || a.hour == 12
	}
	return a.hour >= 6
}
