package facts

import (
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// experience reads the years asked for: from the field, else from the
// description and the title.
func (r *reader) experience() job.Experience {
	if e, ok := r.fieldExperience(); ok {
		return e
	}
	fresher := job.Experience{}
	for _, f := range []job.Field{job.FieldDescription, job.FieldTitle} {
		e, how := r.toldExperience(f)
		switch {
		case how == "years":
			if fresher.Min != nil && e.Min != nil && *e.Min > 0 && fresher.Max == nil {
				e.Min = ptr(0.0)
			}
			return e
		case how == "fresher" && fresher.Min == nil:
			fresher = e
		}
	}
	return fresher
}

// fieldExperience reads the field for experience, where figures need no unit if
// there is nothing but them.
func (r *reader) fieldExperience() (job.Experience, bool) {
	d := r.docs(job.FieldExperience)
	hits := r.words.experience.Hits(d)
	fresher, needless := false, false
	for _, h := range hits {
		fresher = fresher || h.Value == valueFresher || h.Value == valueOnly
		needless = needless || h.Value == valueNotNeeded
	}
	for i := range d.Tokens {
		y, ok := r.yearsAt(d, i, true)
		if !ok {
			continue
		}
		if !y.unit && !r.isBare(d, hits) || r.isOther(d, y, len(d.Tokens)) {
			return job.Experience{}, false
		}
		if d.Is(i-1, ">") {
			bound(&y, valueLeast)
		}
		widen(d, &y, hits)
		if fresher {
			y.min = ptr(0.0)
		}
		return r.takeYears(job.FieldExperience, y), true
	}
	if !fresher && !needless {
		return job.Experience{}, false
	}
	y := years{min: ptr(0.0), max: ptr(0.0), end: len(d.Tokens)}
	if needless || d.Is(len(d.Tokens)-1, "+") || r.others(d) {
		y.max = nil
	}
	return r.takeYears(job.FieldExperience, y), true
}

// isBare reports a field of nothing but figures and words of experience: "3 to 5",
// and not "28 Feb" or "10th pass".
func (r *reader) isBare(d *text.Doc, hits []phrase.Hit[string]) bool {
	for i := range d.Tokens {
		if d.Tokens[i].Kind != text.Word || r.fieldWords[d.Tokens[i].Norm] {
			continue
		}
		_, number := r.numberAt(d, i)
		if !number && len(phrase.Near(hits, i, i+1)) == 0 && rangeWord(d, i) == i {
			return false
		}
	}
	return true
}

// others reports a field that names freshers among others.
func (r *reader) others(d *text.Doc) bool {
	for i := range d.Tokens {
		if r.alsoOthers[d.Tokens[i].Norm] || d.Is(i, "/") {
			return true
		}
	}
	return false
}

// bound opens one side of a single figure: "minimum 3 years", "up to 2 years".
func bound(y *years, cue string) {
	if y.isSpan() {
		return
	}
	switch cue {
	case valueLeast, valueAbove:
		y.max = nil
	case valueMost, valueBelow:
		y.min = nil
	}
}

// widen applies a "minimum" or "up to" right before it, and an "and above" or "or
// less" right after it.
func widen(d *text.Doc, y *years, hits []phrase.Hit[string]) {
	const reach = 2
	for _, h := range phrase.Near(hits, y.first-reach, y.end+reach) {
		before := h.End <= y.first && (h.Value == valueLeast || h.Value == valueMost)
		after := h.First >= y.end && (h.Value == valueAbove || h.Value == valueBelow)
		if (before || after) && d.Unbroken(min(h.End, y.end), max(h.First, y.first)) {
			bound(y, h.Value)
		}
	}
}

func (r *reader) takeYears(f job.Field, y years) job.Experience {
	r.note("experience", span(y.min, y.max), f, y.first, y.end)
	return job.Experience{Min: y.min, Max: y.max, Raw: job.Opt(r.docs(f).Slice(y.first, y.end))}
}

// How surely years in a running text are the experience that is asked for.
const (
	notAsked    = iota
	wishedYears // "3 years preferred"
	askedYears  // "3 years of experience"
	headedYears // "Experience: 3 years"
	allYears    // "3 years of total experience"
)

// toldExperience reads a running text; how is "years", "fresher" or empty.
func (r *reader) toldExperience(f job.Field) (e job.Experience, how string) {
	d := r.docs(f)
	hits := r.words.experience.Hits(d)
	fresher := freshersIn(d, hits)
	best, surest := years{}, notAsked
	for i := 0; i < len(d.Tokens); i++ {
		y, ok := r.yearsAt(d, i, r.isLabelled(d, hits, i))
		if !ok {
			continue
		}
		if sure := r.sureness(d, hits, y, f); sure > surest {
			best, surest = y, sure
		}
		i = y.end - 1
	}
	if surest > notAsked {
		widen(d, &best, hits)
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
func freshersIn(d *text.Doc, hits []phrase.Hit[string]) years {
	y := years{first: -1}
	only := false
	for i, h := range hits {
		switch h.Value {
		case valueNoFresher:
			return years{first: -1}
		case valueOnly:
			only = true
		case valueFresher, valueNotNeeded:
			only = only || h.Value == valueFresher && isWhole(d, hits, i)
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
)

// sureness says how surely years are the experience that is asked for.
func (r *reader) sureness(d *text.Doc, hits []phrase.Hit[string], y years, f job.Field) int {
	reach := wordsAfter
	if startsLine(d, y.first) {
		reach = wordsAfterLine
	}
	var total, wish, label, heading bool
	named := reach + 1
	for _, h := range phrase.Near(hits, y.first-wordsBefore-1, y.end+reach+1) {
		if h.Value == valueNamed && r.isLabel(d, h, y.first) {
			label, named = true, 0
			heading = heading || startsLine(d, h.First)
		}
		if !d.Unbroken(min(h.End, y.end), max(h.First, y.first)) {
			continue
		}
		switch h.Value {
		case valueNamed:
			named = min(named, distance(h, y))
		case valueTotal:
			total = true
		case valuePreferred:
			wish = wish || h.First >= y.end && clause(d, y.end, h.First) || h.End <= y.first && y.first-h.End <= 2
		}
	}
	switch {
	case !label && (r.isOther(d, y, named) || r.isOfFirm(d, y)):
		return notAsked
	case named > reach && !r.isAsked(d, hits, y, f):
		return notAsked
	case wish:
		return wishedYears
	case total:
		return allYears
	case heading:
		return headedYears
	}
	return askedYears
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
	const reach = 5
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
		case line, t.Norm == ":", t.Norm == "-":
			sign = true
		case d.Stop(j), t.Kind == text.Word && !r.fieldWords[t.Norm] && r.unitYears[t.Norm] == 0, t.Kind == text.Number:
			return false
		}
	}
	return sign
}

// isOther reports years of something else, of which a word stands nearer than the
// one for experience, which is named tokens away: age, notice, a bond.
func (r *reader) isOther(d *text.Doc, y years, named int) bool {
	if d.Is(y.end, "की") && d.Is(y.end+1, "उम्र") || d.Is(y.end, "ki") && d.Is(y.end+1, "umar") {
		return true
	}
	const reach = 4
	for i := y.first - 1; i >= max(0, y.first-min(named, reach)) && !d.Stop(i); i-- {
		word := d.Tokens[i].Norm
		if r.otherYears[word] {
			return true
		}
		if word == "," || r.together[word] || r.alsoOthers[word] { // "a degree and 3 years"
			break
		}
	}
	for i := y.end; i < min(len(d.Tokens), y.end+min(named, reach)) && clause(d, i, i+1); i++ {
		if r.otherYears[d.Tokens[i].Norm] {
			return !d.Is(i+1, ":") && !d.Is(i+2, ":") // "Experience 5 years Notice period: …"
		}
	}
	return false
}

// isOfFirm reports a single figure in a sentence that is about the firm and asks
// for nothing: "with over 20 years of experience, our company …".
func (r *reader) isOfFirm(d *text.Doc, y years) bool {
	if y.min != nil && y.max != nil && *y.min != *y.max {
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

// isAsked reports years that need no word for experience: "at least one year as a
// team leader", "5+ years in sales", and those of a title.
func (r *reader) isAsked(d *text.Doc, hits []phrase.Hit[string], y years, f job.Field) bool {
	span := y.isSpan()
	ends := y.end == len(d.Tokens) || d.Stop(y.end)
	switch {
	case span && ends && (y.first == 0 || d.Stop(y.first-1)), // a line of its own
		y.min != nil && *y.min == 0 && y.max != nil && *y.max > 0, // "0-2 years"
		y.min != nil && y.max != nil && span && d.Is(y.first-1, "(") && d.Is(y.end, ")"):
		return true
	}
	for _, h := range phrase.Near(hits, y.first-2, y.first) {
		if h.Value == valueLeast && h.End == y.first && r.asks[d.Tokens[y.first-1].Norm] {
			return !r.isSentenceOfOthers(d, y.first)
		}
		span = span || h.End == y.first
	}
	if f == job.FieldTitle && span {
		return true
	}
	after := next(d, y.end)
	if after == "of" {
		return span && r.spentOn[next(d, y.end+1)]
	}
	return span && r.begins[after]
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
