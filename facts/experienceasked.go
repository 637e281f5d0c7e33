package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// isAsked reports years that need no word for experience: "at least one year as a
// team leader", "5+ years in sales", and those of a title.
func (r *reader) isAsked(d *text.Doc, hits []phrase.Hit[string], y years, f job.Field) bool {
	if r.notBefore[next(d, y.first-1)] {
		return false
	}
	if r.isRangeAlone(d, y) || r.isAfterFresher(d, hits, y) || r.isWorked(d, hits, y) {
		return true
	}
	return r.isBoundedOrSpent(d, hits, y, f)
}

// isLeast reports an "at least" that asks for years: "minimum of".
func (r *reader) isLeast(d *text.Doc, h phrase.Hit[string]) bool {
	return h.Value == valueLeast &&
		(r.asks[d.Tokens[h.End-1].Norm] || r.asks[d.Tokens[max(h.First, h.End-2)].Norm])
}

// isBoundedOrSpent reports years that have a bound or are a range, and those of which is
// told what they are spent on and that they are asked for.
func (r *reader) isBoundedOrSpent(d *text.Doc, hits []phrase.Hit[string], y years, f job.Field) bool {
	span := y.isSpan() || d.Is(y.first-1, ">")
	for _, h := range phrase.Near(hits, y.first-2, y.first) {
		if r.isLeast(d, h) && endsAt(d, h, y.first) {
			return *y.min < adult && !r.isSentenceOfOthers(d, y.first)
		}
		span = span || h.End == y.first
	}
	if f == job.FieldTitle && span {
		return true
	}
	after := next(d, y.end)
	switch {
	case r.pointEnds(d, y):
		return false
	case r.spends[after] && demandedAfter(d, hits, y.end, wordsSpent) && !r.notSpent[next(d, y.end+1)]:
		return true
	}
	return span && r.isSpent(d, y, after)
}

// isAfterFresher reports the most years that others than freshers may have: "fresher or up
// to 1 year".
func (r *reader) isAfterFresher(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	first, _ := boundBefore(d, hits, y.first)
	most := false
	for _, h := range phrase.Near(hits, first, y.end+1) {
		most = most || h.Value == valueMost && h.First == first || h.Value == valueBelow && h.First == y.end
	}
	return most && r.joinsFresher(d, hits, first) || r.toFromFresher(d, hits, y.first)
}

// toFromFresher reports a range that begins with freshers and ends at token i: "freshers to
// 2 years", "fresher se leke 2 saal".
func (r *reader) toFromFresher(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	end := i
	for end > 0 && (r.fromFresher[d.Tokens[end-1].Norm] || d.Is(end-1, "-")) {
		end--
	}
	return end < i && slices.ContainsFunc(phrase.Near(hits, end-1, end), func(h phrase.Hit[string]) bool {
		return h.Value == valueFresher && h.End == end
	})
}

// joinsFresher reports that before token i there is a word for freshers and a word or two
// that join what follows to it.
func (r *reader) joinsFresher(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	const reach, near = 14, 4
	for _, h := range phrase.Near(hits, i-reach, i) {
		if h.Value != valueFresher || h.End > i || !d.Unbroken(h.End, i) {
			continue
		}
		others, strange := false, false
		for j := h.End; j < i; j++ {
			word := d.Tokens[j].Norm
			others = others || r.alsoOthers[word]
			strange = strange || d.IsKind(j, text.Word) && !r.alsoOthers[word] && !r.persons[word] && !r.thoseWith[word]
		}
		return !strange && i-h.End <= near || others && r.isPerfect(d, i)
	}
	return false
}

// isSpent reports a range after which is told what it was spent on; the next word is after.
func (r *reader) isSpent(d *text.Doc, y years, after string) bool {
	switch {
	case r.spends[after] && (r.spendsAtStart(d, y) || r.isItemOfAsked(d, y)):
		return true
	case after == "of":
		return r.isWork(d, y.end+1)
	}
	return r.begins[after]
}

// isItemOfAsked reports a range after a comma in a sentence that asks for somebody: "Looking
// for a mason, 2-5 years on sites".
func (r *reader) isItemOfAsked(d *text.Doc, y years) bool {
	const reach = 10
	if y.max == nil || *y.min >= adult || !d.Is(y.first-1, ",") || r.isSentenceOfOthers(d, y.first) {
		return false
	}
	for i := y.first - 1; i >= max(0, y.first-reach) && !d.Stop(i); i-- {
		if r.asks[d.Tokens[i].Norm] {
			return true
		}
	}
	return false
}

// spendsAtStart reports a range that begins a line, after which is told what it was spent
// on: "2-4 years in retail", or follows a schooling: "ITI, 4 to 6 years on lathes".
func (r *reader) spendsAtStart(d *text.Doc, y years) bool {
	if y.max == nil {
		return false
	}
	schooled, _ := r.isListOfAsked(d, y.first)
	return startsLine(d, y.first) || schooled && beginsItem(d, y.first)
}

// isRangeAlone reports a range that nothing beside it needs to explain: a line of its own,
// one in brackets, "0-2 years".
func (r *reader) isRangeAlone(d *text.Doc, y years) bool {
	if !y.isSpan() {
		return false
	}
	ends := y.end == len(d.Tokens) || d.Stop(y.end) || r.pointEnds(d, y)
	if ends && *y.min < adult && startsSentence(d, y.first) {
		return true
	}
	bracketed := d.Is(y.first-1, "(") && d.Is(y.end, ")") && !r.isSentenceOfOthers(d, y.first)
	return y.max != nil && (*y.min == 0 || bracketed)
}

// adult is the age from which years that nothing names are sooner an age.
const adult = 18
