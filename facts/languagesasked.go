package facts

import (
	"slices"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// stands reports that the languages of tokens first up to but not including end, of which h
// is one, are asked for by how they stand in their sentence.
func (l *languageReader) stands(h phrase.Hit[string], first, end int) bool {
	return l.fromTo(first, end) || l.alone(h) || l.paired(first) || l.serves(first, end)
}

// paired reports that another language was asked for in the same way before the one at token
// first: "in Assamese with chemists and in English with doctors".
func (l *languageReader) paired(first int) bool {
	const reach = 8
	in := first - 1
	if !l.d.Is(in, "in") || !l.d.Is(l.last.First-1, "in") || first-l.last.End > reach || l.last.End >= in {
		return false
	}
	return l.d.Unbroken(l.last.End, first) && (joinsLanguages(l.d.Tokens[in-1].Norm) || l.d.Is(in-1, ","))
}

// serves reports that a sentence begins with the languages of tokens first up to but not
// including end and says what they are for: "Hindi or English to run a team".
func (l *languageReader) serves(first, end int) bool {
	if first > 0 && !l.d.Stop(first-1) && !l.heads(first-1) || !l.d.IsKind(end+1, text.Word) {
		return false
	}
	return l.d.Is(end, "to") || l.d.Is(end, "for") && strings.HasSuffix(l.d.Tokens[end+1].Norm, "ing")
}

// again reports words after the list of languages that ends before token end, which ask for
// them without naming them: "Hindi and Urdu proofs, so a command of both is needed".
func (l *languageReader) again(end int) bool {
	const reach = 14
	others := false
	for _, o := range phrase.Near(l.hits, end, end+reach) {
		switch {
		case o.First < end:
		case named(o):
			others = true
		case o.Value == valueAgainAll, o.Value == valueAgain && !others:
			return l.d.Unbroken(end, o.First)
		}
	}
	return false
}

// fromTo reports that what is in one language is put into another in the list of tokens first up
// to but not including end: "from Japanese to English", "हिंदी से अंग्रेजी में".
func (l *languageReader) fromTo(first, end int) bool {
	for i := first; i < end; i++ {
		switch l.d.Tokens[i].Norm {
		case "to", "into":
			return l.d.Is(first-1, "from")
		case "se", "से":
			return true
		}
	}
	return false
}

// asked reports a word that asks for a language near the list of tokens first up to
// but not including end, in the same sentence.
func (l *languageReader) asked(first, end int) bool {
	in := l.d.Is(first-1, "in") || l.d.Is(first-2, "in")
	for _, o := range phrase.Near(l.hits, first-askReach, end+askReach) {
		if !l.d.Unbroken(min(end, o.End), max(first, o.First)) {
			continue
		}
		switch o.Value {
		case valueAsked, valueDemanded, valueAgain, valueAgainAll:
			return true
		case valueWork, valueDoing:
			const near = 2
			after := o.Value == valueWork && o.First >= end && o.First-end <= near
			if after || in && o.End < first && !l.byOthers(o) {
				return true
			}
		case valueUsable:
			if o.End == first {
				return true
			}
		}
	}
	return false
}

// within reports that something is to be done in the language that ends before token
// end: "मैथिली में योजना समझा सके".
func (l *languageReader) within(end int) bool {
	const reach = 12
	near := phrase.Near(l.hits, end, end+reach)
	if !hitAt(near, end, valueWithin) {
		return false
	}
	return slices.ContainsFunc(near, func(o phrase.Hit[string]) bool {
		return o.First > end && o.Value == valueAble && l.d.Unbroken(end, o.First)
	})
}

// alone reports a sentence, or what follows a colon or a dash in it, of nothing but
// languages: "Tamil and English.", "Clerk: Tamil."
func (l *languageReader) alone(h phrase.Hit[string]) bool {
	const most = 8
	i := h.First - 1
	for ; i >= 0 && !l.d.Stop(i) && !l.heads(i); i-- {
		if h.First-i > most || !l.inList(i) {
			return false
		}
	}
	headed := l.d.Is(i, ",")
	for i = h.End; i < len(l.d.Tokens) && !l.d.Stop(i); i++ {
		if headed && l.d.Is(i, ",") && !l.namedAt(i+1) {
			return true // "Executive, Kannada + English, night shift."
		}
		if i-h.End >= most || !l.inList(i) {
			return false
		}
	}
	return true
}

// inList reports that token i may be in a list of languages.
func (l *languageReader) inList(i int) bool {
	return l.d.IsKind(i, text.Symbol) || joinsLanguages(l.d.Tokens[i].Norm) || l.namedAt(i)
}

// heads reports a colon or a dash at token i with a word before it that makes nothing
// else of a language: "Clerk: Tamil", but not "Medium: Tamil".
func (l *languageReader) heads(i int) bool {
	last := i // "Telecaller, Hindi and English.", "Guide French and English."
	if l.d.Is(i, ",") {
		last--
	}
	if hitBefore(l.hits, last+1, valueWork) {
		return true
	}
	if !l.d.Is(i, ":") && (!l.d.Is(i, "-") || l.d.Tokens[i].Glued) {
		return false
	}
	return !slices.ContainsFunc(phrase.Near(l.hits, i-1, i), func(o phrase.Hit[string]) bool {
		return o.Value == valueOther
	})
}
