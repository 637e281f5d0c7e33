package facts

import (
	"slices"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// isElse reports that what is named in the list of hit i, which is of tokens first up
// to but not including end, is a subject, a market, a kitchen: "English medium", "B.A.
// English", "customers speak Tamil".
func (l *languageReader) isElse(i, first, end int) bool {
	near := phrase.Near(l.before, first-longestJoin, end+longestJoin)
	if l.describes(end) || l.dishes(near, first, end) {
		return true
	}
	const signs = 2 // "M.A. (Hindi)"
	for _, o := range near {
		switch {
		case o.First >= first || o.End < first-signs:
			continue
		case o.Value == valueOthers && o.End == first && hitAt(near, end, valueCopula):
			return true // "supervisor Tamil hai"
		case o.Value == valueOthers, o.Value == valueCopula, o.Value == valueSpeak && !l.byOthers(o):
			continue
		}
		// A point after a short word ends no sentence: "B.A. English".
		subject := o.Value == valueNotAsked && len(l.d.Tokens[o.End-1].Norm) <= signs
		if l.signs(o.End, first, subject) {
			return subject || o.End == first || !hitAt(l.hits, l.hits[i].End, valueAsked) // "Chef (Hindi speaking)"
		}
	}
	return false
}

// describes reports a word from token end on that a language before it describes:
// "English medium", "Portuguese-era".
func (l *languageReader) describes(end int) bool {
	hyphen := l.d.Is(end, "-") && l.d.Tokens[end].Glued
	if hitAt(l.hits, end, valueOther) || hyphen && hitAt(l.hits, end+1, valueOther) {
		return true
	}
	joined := hyphen && l.field == job.FieldDescription && l.d.IsKind(end+1, text.Word)
	return joined && l.d.Tokens[end+1].Glued && len(phrase.Near(l.hits, end, end+2)) == 0
}

// dishes reports a way of cooking, near the languages of tokens first up to but not including
// end and in one list with them: "Chinese and Tandoor".
func (l *languageReader) dishes(near []phrase.Hit[string], first, end int) bool {
	return slices.ContainsFunc(near, func(o phrase.Hit[string]) bool {
		return o.Value == valueDishes &&
			(o.End < first && inOneList(l.d, o.End, first) || o.First > end && inOneList(l.d, end, o.First))
	})
}

// signs reports that from token i up to but not including end there are only signs that
// end nothing, or with points those that end a short form.
func (l *languageReader) signs(i, end int, points bool) bool {
	for ; i < end; i++ {
		if !l.d.IsKind(i, text.Symbol) || l.d.Is(i, ",") || !points && l.d.Stop(i) {
			return false
		}
	}
	return i == end
}

// byOthers reports that others do what is said: "our guests talk in".
func (l *languageReader) byOthers(o phrase.Hit[string]) bool {
	return hitBefore(l.before, o.First, valueOthers)
}

// ofName reports a title's language that begins the name of where the work is, after
// work that needs no language: "Guard - Japanese Garden".
func (l *languageReader) ofName(h phrase.Hit[string]) bool {
	if !l.d.Is(h.First-1, "-") && !l.d.Is(h.First-1, "at") || !l.d.IsKind(h.End, text.Word) {
		return false
	}
	return !slices.ContainsFunc(l.hits, func(o phrase.Hit[string]) bool { return o != h && o.Value != valueOther })
}

// denied reports that the language of hit i is denied, or the last of a list of which it
// is one: "Telugu, Tamil or Kannada not needed".
func (l *languageReader) denied(i int) bool {
	h := l.hits[i]
	if denied(l.d, l.denies, h.First, h.End) {
		return true
	}
	if answer := h.End + 1; l.d.Is(h.End, "?") && len(phrase.Near(l.denies, answer, answer+1)) > 0 {
		return true // "English? No need."
	}
	if l.deniedAfter(h.End) {
		return true
	}
	either := false
	for _, o := range l.following(i) {
		if !named(o) || !inOneList(l.d, h.End, o.First) {
			break
		}
		either = eitherWord(next(l.d, o.First-1))
		h = o
	}
	return either && denied(l.d, l.denies, h.First, h.End)
}

// deniedAfter reports a denial as a clause of its own soon after token end: "English avg ok,
// not compulsory".
func (l *languageReader) deniedAfter(end int) bool {
	const reach = 5
	for _, o := range phrase.Near(l.denies, end+1, end+reach) {
		if o.Value == deniesBefore && l.d.Is(o.First-1, ",") && closes(l.d, o.End) && l.d.Unbroken(end, o.First) {
			return !slices.ContainsFunc(phrase.Near(l.hits, end, o.First), named)
		}
	}
	return false
}

// wished reports a word after the language of hit i, in its clause, that makes
// it a wish, unless it is about another language: "Hindi is a must and Tamil
// preferred".
func (l *languageReader) wished(i int) bool {
	end := l.hits[i].End
	for _, o := range l.following(i) {
		switch {
		case o.First-end > askReach || !clause(l.d, end, o.First) || o.Value == valueDemanded:
			return false
		case o.Value == valueWished && !(l.namedAt(o.End) && joinsLanguages(l.d.Tokens[o.First].Norm)):
			return true
		case named(o):
			end = o.End
		}
	}
	return false
}
