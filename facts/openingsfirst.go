package facts

import (
	"slices"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// opensText reports that the first sentence of the text says where or for what the
// people of hit i are, and no more than that: "Twelve boys for the forecourt.", "Airport
// par 90 loader.", "Indian restaurant, twenty waiters."
func (v *vacancies) opensText(i, first, end int) bool {
	const most, call = 14, 3 // tokens before the people, and of a call before the first sentence: "Urgent!"
	d := v.d
	if d == v.title || first > most || !v.mayBeOffered(i, first) || !v.endsShortly(first, end) {
		return false
	}
	for j := first - 1; j >= 0 && !(d.Stop(j) && j <= call); j-- {
		if d.Stop(j) || v.deniesOffer(j, first) {
			return false
		}
	}
	return startsSentence(d, first) || v.isPartedAt(first)
}

// isPartedAt reports a comma, a dash or a word for "in", "for" or "to" before token i.
func (v *vacancies) isPartedAt(i int) bool {
	return v.d.Is(i-1, ",") || v.isAfterDash(i) || v.bounded[before(v.d, i)] || v.givenTo[before(v.d, i)]
}

// deniesOffer reports at token j, before people whose number is token first, what says
// that they are there already: "a firm with", "30 machines,".
func (v *vacancies) deniesOffer(j, first int) bool {
	t := &v.d.Tokens[j]
	switch t.Kind {
	case text.Number:
		return true
	case text.Symbol:
		return j < first-1 && t.Norm != "." && t.Norm != "/" && !isHyphen(v.d, j)
	default:
		return v.elsewhere[t.Norm] || v.holders[t.Norm] || v.saidThere[t.Norm] || t.Norm == "of"
	}
}

// endsShortly reports that the sentence of people, who end before token end and whose
// number is token first, ends there, or soon after a word for "for" or "and".
func (v *vacancies) endsShortly(first, end int) bool {
	const most = 5
	d := v.d
	if closes(d, end) || d.Is(end, "(") || v.afterOne[d.Tokens[end].Norm] && closes(d, end+1) {
		return true
	}
	if !d.Is(end, "for") && !(v.sumsUp[d.Tokens[end].Norm] && v.namesPeople(end+1)) {
		return false
	}
	for j := end; j <= end+most; j++ {
		if j >= len(d.Tokens) || d.Stop(j) {
			return startsSentence(d, first) || !d.Is(end, "for")
		}
	}
	return false
}

// mayBeOffered reports that the people of hit i, whose number is token first, are those
// of the title, or such as the title may mean: "boys", where nobody lives or learns.
func (v *vacancies) mayBeOffered(i, first int) bool {
	h := v.hits[i]
	if v.namesTitled(first, h.End) {
		return true
	}
	for j := range first {
		if v.homes[v.d.Tokens[j].Norm] {
			return false
		}
	}
	word := v.d.Tokens[h.End-1].Norm
	if v.anybody[word] {
		return !v.titleNamesChief() && !v.namesTitledAfter(i)
	}
	return !v.crowds[word] && !v.titleNamesPeople()
}

// namesTitledAfter reports after hit i people of the title, who are the ones that are
// wanted: "Office cab, 4 ladies. Driver with badge."
func (v *vacancies) namesTitledAfter(i int) bool {
	return slices.ContainsFunc(v.hits[i+1:], func(h phrase.Hit[string]) bool {
		return h.Value == valuePeople && !v.anybody[v.d.Tokens[h.End-1].Norm] && v.inTitle(h.End-1, true) != ""
	})
}

// titleNamesChief reports that the title says who leads, teaches or serves others.
func (v *vacancies) titleNamesChief() bool {
	return slices.ContainsFunc(v.title.Tokens, func(t text.Token) bool { return v.chiefs[t.Norm] })
}

// titleNamesPeople reports that the title says who is wanted.
func (v *vacancies) titleNamesPeople() bool {
	named := slices.ContainsFunc(v.openings.Hits(v.title), func(h phrase.Hit[string]) bool {
		return h.Value == valuePeople
	})
	return named || v.titleNamesChief() || slices.ContainsFunc(v.title.Tokens, func(t text.Token) bool {
		return t.Kind == text.Word && isOfPeople(t.Norm)
	})
}

// isOnly reports that people, who end before token end and with whose number at token
// first a sentence begins, are all: "One person only.", "Ek hi master."
func (v *vacancies) isOnly(first, end int) bool {
	d := v.d
	return startsSentence(d, first) && v.afterOne[next(d, end)] && (end+1 >= len(d.Tokens) || d.Stop(end+1))
}

// isCapitals reports at token i the word in capitals with which the title ends, and
// nothing after it: "One GM."
func (v *vacancies) isCapitals(i int) bool {
	const least, most = 2, 3
	last := len(v.title.Tokens) - 1
	if v.d == v.title || last < 0 || !v.d.IsKind(i, text.Word) || i+1 < len(v.d.Tokens) && !v.d.Stop(i+1) {
		return false
	}
	word := v.title.Slice(last, last+1)
	short := len(word) >= least && len(word) <= most
	return short && word == strings.ToUpper(word) && v.d.Slice(i, i+1) == word && !v.d.Tokens[i].Glued
}
