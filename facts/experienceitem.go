package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// pointEnds reports years whose last point ends the sentence too: "3-4 yrs. Diploma", and
// after years that begin one, with a small letter.
func (r *reader) pointEnds(d *text.Doc, y years) bool {
	if !d.Is(y.end-1, ".") || y.end == len(d.Tokens) {
		return false
	}
	t := &d.Tokens[y.end]
	if c := d.Text[t.Start]; c < 'a' || c > 'z' {
		return true
	}
	if r.otherYears[t.Norm] && !r.isSchooled(d, y.end, y.end+1) {
		return false
	}
	begins := startsSentence(d, y.first) || d.Is(y.first-1, ",")
	return begins && !r.begins[t.Norm] && !r.spends[t.Norm]
}

// isItem reports years that nothing names and that are an item of their own in a short
// list of what is asked for: "ITI, 1-3 years.", "a CS with 2 to 4 years", "3 years minimum".
func (r *reader) isItem(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	if *y.min >= adult {
		return false
	}
	first, bounded := boundBefore(d, hits, y.first)
	schooled, ok := r.isListOfAsked(d, first)
	switch {
	case !ok || !beginsItem(d, first) && !(schooled && d.Is(first-1, "and")):
		return false
	case r.isDemanded(d, hits, y.end):
		return true
	}
	if schooled && (d.Is(first-1, "with") || d.Is(first-1, "having")) && *y.min >= 1 {
		return true // "GNM with 2 years in a NICU"
	}
	long := y.max == nil || *y.max >= 1 // "Night cover, 3-6 months" is how long the work is
	return (bounded || y.isSpan() && long) && endsItem(d, y.end, schooled)
}

// boundBefore gives the first token of a "minimum" or "up to" right before token i, or i.
func boundBefore(d *text.Doc, hits []phrase.Hit[string], i int) (first int, found bool) {
	for _, h := range phrase.Near(hits, i-2, i) {
		bounds := h.Value == valueLeast || h.Value == valueMost
		if bounds && endsAt(d, h, i) && !d.Is(h.First, "within") && !d.Is(h.First, "from") {
			return h.First, true
		}
	}
	if d.Is(i-1, ">") {
		return i - 1, true
	}
	return i, false
}

// endsAt reports a word right before token i, or one cut short: "min. 2 years".
func endsAt(d *text.Doc, h phrase.Hit[string], i int) bool {
	if h.End != i-1 || h.End-h.First != 1 {
		return h.End == i
	}
	return d.Is(h.End, ".") && d.Tokens[h.End].Glued && len(d.Tokens[h.First].Norm) == len("min")
}

// beginsItem reports that an item of a list may begin with token i.
func beginsItem(d *text.Doc, i int) bool {
	if startsLine(d, i) {
		return true
	}
	switch d.Tokens[i-1].Norm {
	case ",", "/", "+", "-", "with", "having":
		return true
	}
	return false
}

// endsItem reports that an item of a list ends before token i or, after a schooling, with
// a word or two of what the years were spent on: "GNM, 3-4 yrs ICU".
func endsItem(d *text.Doc, i int, schooled bool) bool {
	last := i
	if schooled {
		last += 2
	}
	for ; i <= min(len(d.Tokens), last); i++ {
		if i == len(d.Tokens) || !clause(d, i, i+1) || d.Is(i-1, ".") || d.Is(i, "/") || d.Is(i, "-") {
			return true
		}
	}
	return false
}

// isDemanded reports a word right at token i that makes what is before it the least or
// a must: "3 years minimum", "2 yr zaroori", and "10 years or more" at the end of a clause.
func (r *reader) isDemanded(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	for _, h := range phrase.Near(hits, i, i+1) {
		if h.First != i {
			continue
		}
		switch h.Value {
		case valueDemanded:
			return true
		case valueBelow:
			return r.asks[d.Tokens[h.End-1].Norm]
		case valueLeast, valueAbove:
			return r.asks[d.Tokens[h.End-1].Norm] || h.End == len(d.Tokens) || !clause(d, h.End, h.End+1) ||
				r.spends[d.Tokens[h.End].Norm]
		}
	}
	return false
}

// isListOfAsked reports that what stands in the sentence before token i is short, or
// has a schooling, and no word for years of something else.
func (r *reader) isListOfAsked(d *text.Doc, i int) (schooled, ok bool) {
	const reach = 8
	j := i - 1
	for ; j >= max(0, i-reach) && !d.Stop(j); j-- {
		school := r.isSchooled(d, j, j+1)
		if !school && r.otherYears[d.Tokens[j].Norm] {
			return false, false
		}
		schooled = schooled || school
	}
	return schooled, schooled || j < 0 || d.Stop(j)
}

// isSchooled reports a word of schooling among tokens i to j.
func (r *reader) isSchooled(d *text.Doc, i, j int) bool {
	return len(phrase.Near(r.words.education.Hits(d), i, j)) > 0
}

// demandedAfter reports that what begins with token i is asked for at the end of
// its clause: "1 year of telecalling needed".
func demandedAfter(d *text.Doc, hits []phrase.Hit[string], i, reach int) bool {
	for _, h := range phrase.Near(hits, i, i+reach) {
		if h.First <= i || !d.Unbroken(i, h.First) {
			continue
		}
		last := h.First
		if d.Is(last-1, ",") {
			last-- // "5 years in a bank, mandatory"
		}
		switch {
		case h.Value == valueDemanded && (clause(d, i, last) || d.Is(h.First, "counts")),
			h.Value == valuePreferred && clause(d, i, h.First),
			h.Value == valueAbove && (h.End == len(d.Tokens) || d.Stop(h.End)):
			return true
		}
	}
	return false
}

// isSentenceOfOthers reports a word for years of something else before token i, in
// its sentence.
func (r *reader) isSentenceOfOthers(d *text.Doc, i int) bool {
	const reach = 8
	for j := i - 1; j >= max(0, i-reach) && !d.Stop(j); j-- {
		if r.otherYears[d.Tokens[j].Norm] {
			return true
		}
	}
	return false
}
