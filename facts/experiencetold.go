package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// How surely years in a running text are the experience that is asked for.
const (
	notAsked    = iota
	bareYears   // "ITI, 1-3 years."
	wishedYears // "3 years preferred"
	askedYears  // "3 years of experience"
	headedYears // "Experience: 3 years"
	allYears    // "3 years of total experience"
)

// toldExperience reads a running text; how is "years", "fresher" or empty.
func (r *reader) toldExperience(f job.Field) (e job.Experience, how string) {
	d := r.docs(f)
	hits := r.words.experience.Hits(d)
	fresher := r.freshersIn(d, hits)
	best, surest := years{}, notAsked
	end := 0 // of the years that were read last
	for _, i := range r.numberStarts(d) {
		if i < end {
			continue
		}
		y, ok := r.yearsAt(d, i, r.isLabelled(d, hits, i))
		if !ok {
			continue
		}
		if sure := r.sureness(d, hits, y, f); sure > surest {
			best, surest = y, sure
		}
		end = y.end
	}
	if surest > notAsked {
		r.widen(d, &best, hits)
		if r.toFromFresher(d, hits, best.first) {
			bound(&best, valueMost)
		}
		if !best.isSpan() { // what is asked for in running text is a minimum
			best.max = nil
		}
		if fresher.first >= 0 {
			best.min = ptr(0.0)
		}
		return r.takeYears(f, best), "years"
	}
	if fresher.first < 0 {
		return job.Experience{}, ""
	}
	return r.takeYears(f, fresher), "fresher"
}

// freshersIn gives what is said of freshers as a range of years; first is -1 where
// they are not wanted, or not spoken of.
func (r *reader) freshersIn(d *text.Doc, hits []phrase.Hit[string]) years {
	y := years{first: -1}
	only := false
	for i, h := range hits {
		switch h.Value {
		case valueNoFresher:
			return years{first: -1}
		case valueOnly:
			only = true
		case valueFresher, valueNotNeeded:
			only = only || h.Value == valueFresher && (isWhole(d, hits, i) || r.isOnly(d, hits, i))
		default:
			continue
		}
		if y.first < 0 {
			y.first, y.end, y.min = h.First, h.End, ptr(0.0)
		}
	}
	if only {
		y.max = ptr(0.0)
	}
	return y
}

// isOnly reports an "only" beside a word for freshers: "only female freshers", "नए लोग ही".
func (r *reader) isOnly(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	const before, after = 3, 4
	h := hits[i]
	for j := h.First - 1; j >= max(0, h.First-before) && clause(d, j, j+1) && !d.IsKind(j, text.Number); j-- {
		if r.only[d.Tokens[j].Norm] {
			return (i == 0 || hits[i-1].End <= j) && !d.Is(j-1, "not")
		}
	}
	for j := h.End; j < min(len(d.Tokens), h.End+after) && !d.Stop(j) && !d.Is(j, ","); j++ {
		switch t := &d.Tokens[j]; {
		case r.only[t.Norm]:
			return true
		case t.Kind == text.Word && (i+1 == len(hits) || hits[i+1].First != j || hits[i+1].Value != valueFresher):
			return false
		}
	}
	return false
}

// isWhole reports "Experience: Fresher" and nothing else in the line.
func isWhole(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	h := hits[i]
	if i == 0 || hits[i-1].Value != valueNamed || !d.Is(h.First-1, ":") && !d.Is(h.First-1, "-") {
		return false
	}
	return h.First-hits[i-1].End <= 2 && (h.End == len(d.Tokens) || d.Stop(h.End))
}

// The most tokens between a range of years and the word that makes it
// experience, after it and before it; more after years that begin a line.
const (
	wordsAfter     = 7
	wordsAfterLine = 14
	wordsBefore    = 5
	wordsSpent     = 9 // of what years were spent on, and that it is asked for
)

// besideYears is what words beside years say of them.
type besideYears struct {
	total, wish, label, heading bool
	// named is how many tokens away the nearest word for experience is.
	named int
}

// sureness says how surely years are the experience that is asked for.
func (r *reader) sureness(d *text.Doc, hits []phrase.Hit[string], y years, f job.Field) int {
	reach := wordsAfter
	if startsLine(d, y.first) {
		reach = wordsAfterLine
	}
	beside := r.beside(d, hits, y, reach)
	switch {
	case !beside.label && (r.isOther(d, y, beside.named) || r.isOfAnother(d, hits, y) ||
		r.isOfFirm(d, hits, y) && !r.isAfterFresher(d, hits, y)):
		return notAsked
	case beside.named > reach && !r.isAsked(d, hits, y, f):
		if r.isItem(d, hits, y) {
			return bareYears
		}
		return notAsked
	case beside.wish:
		return wishedYears
	case beside.total:
		return allYears
	case beside.heading:
		return headedYears
	}
	return askedYears
}

// beside reads the words up to reach tokens after years, and some before them.
func (r *reader) beside(d *text.Doc, hits []phrase.Hit[string], y years, reach int) besideYears {
	b := besideYears{named: reach + 1}
	for _, h := range phrase.Near(hits, y.first-wordsBefore-1, y.end+reach+1) {
		if h.Value == valueNamed && r.isLabel(d, h, y.first) {
			b.label, b.named = true, 0
			b.heading = b.heading || startsLine(d, h.First)
		}
		if !d.Unbroken(min(h.End, y.end), max(h.First, y.first)) {
			continue
		}
		switch h.Value {
		case valueNamed:
			b.named = min(b.named, distance(h, y))
		case valueTotal:
			b.total = true
		case valuePreferred:
			after := h.First >= y.end && clause(d, y.end, h.First)
			b.wish = b.wish || after || h.End <= y.first && y.first-h.End <= 2
		}
	}
	return b
}

// distance is how many tokens are between a word and years.
func distance(h phrase.Hit[string], y years) int {
	if h.First >= y.end {
		return h.First - y.end
	}
	return max(0, y.first-h.End)
}

// startsLine reports that a line or sentence begins with token i, or with one word
// more before it.
func startsLine(d *text.Doc, i int) bool {
	return i < 2 || d.Stop(i-1) || d.Stop(i-2)
}

// isLabelled reports figures that need no unit: "Years of experience: 4 to 6".
func (r *reader) isLabelled(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	if !d.IsKind(i, text.Number) {
		return false
	}
	const reach = 6
	for _, h := range phrase.Near(hits, i-reach, i) {
		if h.Value != valueNamed || !r.isLabel(d, h, i) {
			continue
		}
		y, ok := r.yearsAt(d, i, true)
		ends := ok && (y.end == len(d.Tokens) || d.Stop(y.end) || d.Is(y.end, ",") || d.Is(y.end, "("))
		return ends && (y.isSpan() || r.unitYears[d.Tokens[max(0, h.First-2)].Norm] > 0)
	}
	return false
}

// isLabel reports that between a word for experience and token i there is nothing
// but signs, one of them a colon or a dash, or the end of its line, and words that
// change nothing.
func (r *reader) isLabel(d *text.Doc, h phrase.Hit[string], i int) bool {
	if h.End > i {
		return false
	}
	sign := false
	for j := h.End; j < i; j++ {
		t := &d.Tokens[j]
		line := t.Kind == text.Newline && startsLine(d, h.First)
		switch {
		case line, t.Norm == ":", t.Norm == "-", t.Norm == ")", j == h.End && isShortPoint(d, h):
			sign = true
		case d.Stop(j), t.Kind == text.Word && !r.fieldWords[t.Norm] && r.unitYears[t.Norm] == 0, t.Kind == text.Number:
			return false
		}
	}
	return sign
}

// isShortPoint reports a point after a short word for experience that begins a line:
// "Exp. 3 yr".
func isShortPoint(d *text.Doc, h phrase.Hit[string]) bool {
	const short = 4
	return d.Is(h.End, ".") && startsLine(d, h.First) && d.Tokens[h.End-1].End-d.Tokens[h.End-1].Start <= short
}

// isOther reports years of something else, of which a word stands nearer than the
// one for experience, which is named tokens away: age, notice, a bond.
func (r *reader) isOther(d *text.Doc, y years, named int) bool {
	if d.Is(y.end, "की") && d.Is(y.end+1, "उम्र") || d.Is(y.end, "ki") && d.Is(y.end+1, "umar") {
		return true
	}
	const most = 4
	reach := min(named, most)
	if r.isOtherBefore(d, y.first, reach) {
		return true
	}
	if r.pointEnds(d, y) {
		return false
	}
	for i := y.end; i < min(len(d.Tokens), y.end+reach) && clause(d, i, i+1) && !r.since[d.Tokens[i].Norm]; i++ {
		if word := d.Tokens[i].Norm; r.otherYears[word] && !(r.served[word] && d.Is(i-1, "with")) {
			return !d.Is(i+1, ":") && !d.Is(i+2, ":") // "Experience 5 years Notice period: …"
		}
	}
	return false
}

// isOtherBefore reports a word for years of something else at most reach tokens before
// token first, in its part of the sentence.
func (r *reader) isOtherBefore(d *text.Doc, first, reach int) bool {
	for i := first - 1; i >= max(0, first-reach) && !d.Stop(i); i-- {
		word := d.Tokens[i].Norm
		if r.otherYears[word] && !(word == "old" && d.IsKind(i+1, text.Word)) { // "old people"
			return !(r.countedFrom[word] && r.isSchooled(d, i-3, i)) // "BAMS ke baad 3 saal"
		}
		if word == "," || word == "+" || r.together[word] || r.alsoOthers[word] { // "a degree and 3 years"
			break
		}
	}
	return false
}

// isOfFirm reports a single figure in a sentence that is about the firm and asks
// for nothing: "with over 20 years of experience, our company …".
func (r *reader) isOfFirm(d *text.Doc, hits []phrase.Hit[string], y years) bool {
	if r.isWorkedOrAsked(d, hits, y) {
		return false
	}
	const reach = 15
	firm := d.Is(y.first-2, "with") || d.Is(y.first-3, "with") && d.Is(y.first-2, "more")
	firm = firm && startsLine(d, y.first-2)
	for i := max(0, y.first-reach); i < min(len(d.Tokens), y.end+reach); i++ {
		if i >= y.first && i < y.end || !d.Unbroken(min(i, y.end), max(i, y.first)) {
			continue
		}
		word := d.Tokens[i].Norm
		if r.asks[word] {
			return false
		}
		firm = firm || i < y.first && r.ofFirm[word] || i >= y.end && r.ofUs[word]
	}
	return firm
}
