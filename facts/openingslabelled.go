package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// labelled reads "No. of openings: 4", "vacancy 20".
func (v *vacancies) labelled(h phrase.Hit[string]) (count, bool) {
	d := v.d
	if d.Is(h.End, "for") || d.Is(h.End, "of") { // "vacancy for 9 fitters"
		if c, ok := v.countAfter(h.End + 1); ok {
			return c, true
		}
	}
	end := h.End
	if d.Is(end, "(") && d.Is(end+1, "s") && d.Is(end+2, ")") { // "Number of post(s)"
		end += 3
	}
	end = stepOver(d, end, "is", "are")
	j := v.afterOnly(h, afterLabel(d, v.afterLabelled(h, end)))
	n, last, ok := v.wholeFrom(j)
	if !ok || v.noPosts[next(d, last)] || j == end && !v.labelsBare(h, j, last) {
		return count{}, false
	}
	return count{n, h.First, last}, true
}

// afterLabelled gives the colon after the words from token i on that go with a label,
// if there is one with a number: "Posts advertised: 5".
func (v *vacancies) afterLabelled(h phrase.Hit[string], i int) int {
	const most = 8
	d := v.d
	for j := i; j < min(i+most, len(d.Tokens)) && !d.Is(h.End-1, "seats"); j++ {
		ends := j > i && closes(d, j+2)
		if ends && (d.Is(j, "is") || d.Is(j, "are")) {
			return j + 1
		}
		if j > i && v.isLabelSign(j, ends) {
			return j
		}
		if !d.IsKind(j, text.Word) || v.labelsOther(j) {
			return i
		}
	}
	return i
}

// isLabelSign reports at token j a sign that parts a label from its number, with which
// the clause ends or that counts people; a dash does the latter alone.
func (v *vacancies) isLabelSign(j int, ends bool) bool {
	if v.d.Is(j, "-") {
		return v.countsPeople(j + 1)
	}
	return (v.d.Is(j, ":") || v.d.Is(j, "=")) && (ends || v.countsPeople(j+1))
}

// labelsOther reports at token j a word after which a number is none of posts: "Post
// code: 5", but not "Posts this year: 5".
func (v *vacancies) labelsOther(j int) bool {
	word := v.d.Tokens[j].Norm
	return !v.d.Is(j-1, "this") && (v.otherLabel[word] || v.unitYears[word] > 0)
}

// countsPeople reports a number at token i, and soon after it people with whom a
// sentence or clause ends: ": ten fitter apprentices."
func (v *vacancies) countsPeople(i int) bool {
	const most = 4
	_, end, ok := v.wholeFrom(i)
	if !ok {
		return false
	}
	for _, h := range phrase.Near(v.hits, end, end+most) {
		if h.Value == valuePeople && v.d.Unbroken(i, h.First) && closes(v.d, h.End) {
			return !v.measures(end, h.First)
		}
	}
	return false
}

// afterLabel gives the token after the signs from token i on that may part a label from
// its number: "Vacancies: 4", "Vacancies :- 4", "Openings (5)".
func afterLabel(d *text.Doc, i int) int {
	const most = 2
	for end := i + most; i < end && (d.Is(i, ":") || d.Is(i, "-") || d.Is(i, "=")); {
		i++
	}
	if d.Is(i, "(") && d.Is(i+2, ")") {
		i++
	}
	return i
}

// afterOnly gives the token after the word for "only" that may be at token i, between
// a label and its number: "post sirf ek hai".
func (v *vacancies) afterOnly(h phrase.Hit[string], i int) int {
	if i == h.End && v.all[next(v.d, i)] {
		i++
	}
	return i
}

// labelsBare reports that h is a label of the number from token j up to but not
// including end without a sign between the two: "vacancy 20", "No of vacancies 2",
// "Post three."
func (v *vacancies) labelsBare(h phrase.Hit[string], j, end int) bool {
	d := v.d
	left := v.afterCount[next(d, end)]
	if v.all[before(d, j)] {
		return left || closes(d, end)
	}
	if h.Value == valueCounted {
		return left && isCopula(d, end) || startsSentence(d, h.First) && d.Stop(end) && !d.IsKind(j, text.Number)
	}
	ends := left || closes(d, end) && d.IsKind(j, text.Number) || startsSentence(d, h.First) && d.Stop(end)
	return ends || h.End-h.First > 1
}

// isCopula reports at token i that what stands before it is so: "jagah teen hi hain".
func isCopula(d *text.Doc, i int) bool {
	if d.Is(i, "hi") || d.Is(i, "ही") {
		return true
	}
	for _, word := range []string{"hai", "hain", "h", "है", "हैं"} {
		if d.Is(i, word) {
			return true
		}
	}
	return false
}
