package facts

import (
	"slices"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// isWanted reports that the same sentence asks for the people of a hit, near them and
// their number at token first, or that it names nothing else.
func (v *vacancies) isWanted(i, first int) bool {
	d, h := v.d, v.hits[i]
	if v.isOwned(i) || v.holders[before(d, first)] {
		return false
	}
	end := h.End
	for (d.Is(end, "-") || d.Is(end, "/")) && d.IsKind(end+1, text.Word) {
		end += 2 // "लड़के-लड़कियां"
	}
	if wanted, known := v.standsAlone(i, first, end); known {
		return wanted
	}
	return v.haveTheirPosts(end) || v.isAskedFor(h, first)
}

// standsAlone reports that the people of hit i, which end before token end, and their
// number at token first are all that is said; known tells whether that decides.
func (v *vacancies) standsAlone(i, first, end int) (wanted, known bool) {
	d := v.d
	ends := closes(d, end) || d.Is(end, "(")
	if ends && v.kinds[before(d, first)] || v.isBetweenDashes(i, first, end) {
		return true, true // "bike wale 10 bande, ..."
	}
	if ends && v.followsPlace(i, first) || v.isOnly(first, end) || v.opensText(i, first, end) {
		return !v.isListed(end), true
	}
	titled := v.isInTitle(v.hits[i].End - 1)
	if !v.beginsAt(first) && !(ends && v.joinsAny(titled, first)) {
		return false, false
	}
	if v.isListed(end) {
		return false, true
	}
	// "100 ladke.", "45 helper packing company me"
	wanted = ends || titled && v.goesOn(first, end)
	return wanted, wanted
}

// joinsAny reports that a number at token first follows people of the title, or, where
// those it counts are in the title, what else is asked.
func (v *vacancies) joinsAny(titled bool, first int) bool {
	return titled && v.joinsOthers(first) || v.followsTitle(first)
}

// isBetweenDashes reports that a dash is before and after people of the title: "Study
// abroad company - 5 counsellors - Chandigarh".
func (v *vacancies) isBetweenDashes(i, first, end int) bool {
	d := v.d
	if !v.isAfterDash(first) || !d.IsKind(first-2, text.Word) || !v.isInTitle(v.hits[i].End-1) {
		return false
	}
	return closes(d, end) || d.Is(end, "(") || d.Is(end, "-") && !d.Tokens[end].Glued
}

// followsPlace reports that a sentence begins with where or for what the people of hit i
// are, who are those of the title, and whose number is token first: "For a mall in
// Thane, 15 guards", "दवा कंपनी में 150 पैकिंग वर्कर".
func (v *vacancies) followsPlace(i, first int) bool {
	const most = 12
	d, h := v.d, v.hits[i]
	if !v.namesTitled(first, h.End) && !v.areForIt(first, h.End) {
		return false
	}
	bounds, others := v.bounded[before(d, first)], false
	for j := first - 1; j >= max(0, first-most) && !d.Stop(j); j-- {
		t := &d.Tokens[j]
		others = others || v.elsewhere[t.Norm]
		bounds = bounds || v.bounds[t.Norm] && d.Is(first-1, ",")
		if startsSentence(d, j) {
			return t.Norm == "for" || !others && (bounds || v.isAfterDash(first))
		}
		if t.Kind == text.Number || t.Kind == text.Symbol && j < first-1 {
			return false
		}
	}
	return false
}

// isAfterDash reports before token i a dash that stands by itself.
func (v *vacancies) isAfterDash(i int) bool { return v.d.Is(i-1, "-") && !v.d.Tokens[i-1].Glued }

// areForIt reports people of any name who end before token end, and their number at
// token first: they are for what is named before, or what is asked of them comes next:
// "workshop ke liye 3 karigar.", "counter par 5 boys, 2 yrs exp".
func (v *vacancies) areForIt(first, end int) bool {
	const reach = 4
	d := v.d
	ends := end >= len(d.Tokens) || d.Stop(end)
	if ends && v.toBe[before(d, first)] && (d.Is(first-2, "ke") || d.Is(first-2, "के")) {
		return true
	}
	if !d.Is(end, ",") || !v.bounded[before(d, first)] {
		return false
	}
	for j := end + 1; j < min(end+reach, len(d.Tokens)) && !d.Stop(j); j++ {
		if v.unitYears[d.Tokens[j].Norm] > 0 {
			return true
		}
	}
	return v.hasSchooling(end+1, end+reach)
}

// namesTitled reports a word of the title among tokens i to j.
func (v *vacancies) namesTitled(i, j int) bool {
	for ; i < j; i++ {
		if v.isInTitle(i) {
			return true
		}
	}
	return false
}

// goesOn reports that the sentence of people whose number is token first may go on at
// token end, and does not say what they do: "One worker runs a centre".
func (v *vacancies) goesOn(first, end int) bool {
	digits := v.d.IsKind(first, text.Number) && !v.d.Is(first, "1")
	return !v.d.IsKind(first-1, text.Newline) && (digits || v.moreEnds[next(v.d, end)])
}

// isAskedFor reports a word that asks for the people of a hit, near them and their
// number at token first, in the same sentence.
func (v *vacancies) isAskedFor(h phrase.Hit[string], first int) bool {
	const near = 6
	for _, o := range phrase.Near(v.hits, first-near, h.End+near) {
		switch o.Value {
		case valueWanted, valueSought, valueRequired, valueTaken:
			if !v.isForThem(o, h, first) && v.d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
				return true
			}
		}
	}
	return false
}

// isForThem reports that o asks for somebody else, who is there for the people of a hit
// and their number at token first: "cook needed for 40 workers".
func (v *vacancies) isForThem(o, h phrase.Hit[string], first int) bool {
	if d := v.d; o.End <= first && !startsSentence(d, o.First) {
		return o.Value == valueRequired && d.Is(o.End, "for") ||
			o.Value == valueSought && (d.Is(h.End, "ke") || d.Is(h.End, "के"))
	}
	return false
}

// beginsAt reports that a sentence or bracket begins at token i, or before a word for
// all that stands there, or that people of the title stand before it.
func (v *vacancies) beginsAt(i int) bool {
	if v.all[before(v.d, i)] {
		i--
	}
	return startsSentence(v.d, i) || v.d.Is(i-1, "(")
}

// followsTitle reports that a sentence begins with people of the title, which end before
// token i: "शटरिंग कारपेंटर 60 आदमी".
func (v *vacancies) followsTitle(i int) bool {
	const most = 3
	if !v.isInTitle(i - 1) {
		return false
	}
	for k := i - 1; k >= max(0, i-most); k-- {
		if startsSentence(v.d, k) {
			return true
		}
	}
	return false
}

// isListed reports other people counted after those who end before token end: "4
// developers, 1 tester" says who is there.
func (v *vacancies) isListed(end int) bool {
	// not "30 girls, only freshers"
	return v.d.Is(end, ",") && v.begins(end+2) == valuePeople && !v.all[next(v.d, end+1)]
}

// isOf reports at token i the sign that what comes next is that of the people before
// it: "20 helpers' attendance".
func isOf(d *text.Doc, i int) bool {
	return (d.Is(i, "'") || d.Is(i, "’")) && d.IsKind(i+1, text.Word)
}

// isOwned reports that something of the people of a hit is spoken of: "40 guards ka
// roster"; not "10 logon ki bharti".
func (v *vacancies) isOwned(i int) bool {
	end := v.hits[i].End
	if isOf(v.d, end) {
		return true
	}
	if v.haveTheirPosts(end) || !v.owners[next(v.d, end)] || v.toBe[next(v.d, end+1)] || closes(v.d, end+1) {
		return false
	}
	for _, o := range phrase.Near(v.hits, end, end+2) {
		if o.Value == valueSought || o.Value == valueTaken {
			return false
		}
	}
	return true
}

// haveTheirPosts reports after people, who end before token i, the word for their posts:
// "18 शिक्षकों के पद".
func (v *vacancies) haveTheirPosts(i int) bool {
	what := v.begins(i + 1)
	return v.owners[next(v.d, i)] && (what == valueCounted || what == valueLabelled)
}

// namesPeople reports people whose name begins at token i, or soon after.
func (v *vacancies) namesPeople(i int) bool {
	const most = 3
	return slices.ContainsFunc(phrase.Near(v.hits, i, i+most), func(h phrase.Hit[string]) bool {
		return h.Value == valuePeople && v.d.Unbroken(i, h.First)
	})
}
