package facts

import (
	"slices"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// countPeople is that of people of a longer name: "20 tele sales executives".
func (v *vacancies) countPeople(h phrase.Hit[string]) (count, bool) {
	const most = 3
	if c, ok := v.countBefore(h); ok {
		return c, true
	}
	if v.d.Is(h.First-1, "a") || v.d.Is(h.First-1, "an") { // "family of four needs a cook"
		return count{}, false
	}
	c, ok := v.countOver(h, most, false)
	return c, ok && !v.notOffered(h.End)
}

// countAsked reads the people before a word that asks for them, or the number alone
// after it: "operator chahiye 5".
func (v *vacancies) countAsked(h phrase.Hit[string]) (count, bool) {
	if c, ok := v.countSought(h); ok {
		return c, true
	}
	j := afterLabel(v.d, h.End)
	n, _, ok := v.wholeAt(j)
	ends := closes(v.d, j+1) || j > h.End && v.moreEnds[next(v.d, j+1)]
	return count{n, j, j + 1}, ok && ends && v.areNamed(h.First)
}

// countSought reads people of any name: "12 गार्ड चाहिए", "6 drivers required".
func (v *vacancies) countSought(h phrase.Hit[string]) (count, bool) {
	const most = 5
	if v.unasked[before(v.d, h.First)] { // "5 fitters nahi chahiye"
		return count{}, false
	}
	if n, first, ok := v.wholeAt(h.First - 1); ok && v.themselves[v.d.Tokens[h.First].Norm] {
		return count{n, first, h.End}, true // "35 भर्ती"
	}
	return v.countOver(h, most, h.Value == valueRequired && !v.isInTitle(h.First-1))
}

// countAfter reads a number at token j of people of any name: "6 drivers".
func (v *vacancies) countAfter(j int) (count, bool) {
	n, end, ok := v.wholeFrom(j)
	k := stepOver(v.d, end, "+")
	if !ok || isOf(v.d, k+1) || !v.mayBePeople(k) || v.notOffered(k+1) {
		return count{}, false
	}
	return count{n, j, k + 1}, true
}

// mayBePeople reports a word at token k, after a number, that may name people.
func (v *vacancies) mayBePeople(k int) bool {
	d := v.d
	if !d.IsKind(k, text.Word) || d.Tokens[k].Glued {
		return false
	}
	word := d.Tokens[k].Norm
	if word == "of" || word == "our" || v.alsoOthers[word] || d.Is(k+1, "team") { // "one of our clients"
		return false
	}
	end := k + 1
	if d.IsKind(end, text.Word) {
		end++
	}
	return !v.measures(k, min(len(d.Tokens), end))
}

// measures reports among tokens i to j a word that a number before counts no posts
// with, or another number.
func (v *vacancies) measures(i, j int) bool {
	d := v.d
	for ; i < j && !d.Stop(i); i++ {
		t := &d.Tokens[i]
		joins := t.Norm == "/" || isHyphen(d, i) // "युवक-युवती"
		if t.Kind == text.Symbol && !joins || t.Kind == text.Number || v.noPosts[t.Norm] {
			return true
		}
	}
	return false
}

// countOfNamed reads the number after people, where something else says that they
// are wanted: "mechanic 3 chahiye", "Vacancy: Cook - 8".
func (v *vacancies) countOfNamed(i int) (count, bool) {
	d, h := v.d, v.hits[i]
	if c, ok := v.countNumberOf(h); ok {
		return c, true
	}
	j := stepOver(d, h.End, "-", ":", "(", "x")
	n, _, ok := v.wholeAt(j)
	if !ok || !d.IsKind(j, text.Number) || v.noPosts[next(d, j+1)] {
		return count{}, false
	}
	c := count{n, h.First, j + 1}
	if v.isTitleNumbered(h, c) {
		return c, true
	}
	signed := j > h.End // a sign is before the number
	if signed && v.isInTitle(h.End-1) && closesSign(d, h.End, c.end) {
		return c, true // "AC technician (10)"
	}
	switch v.begins(c.end) {
	case valueSought, valueRequired:
		return c, true
	case "":
		return c, signed && closes(d, c.end) && v.isAnnounced(i)
	}
	return c, false
}

// countNumberOf reads "the number of drivers needed is two".
func (v *vacancies) countNumberOf(h phrase.Hit[string]) (count, bool) {
	d := v.d
	if !d.Is(h.First-1, "of") || !d.Is(h.First-2, "number") && !d.Is(h.First-2, "no") || !v.isAskedNext(h.End) {
		return count{}, false
	}
	n, end, ok := v.wholeFrom(stepOver(d, afterLabel(d, h.End+1), "is", "are"))
	return count{n, h.First, end}, ok && closes(d, end)
}

// isTitleNumbered reports people of the title with which a sentence or list begins, and
// their number c, which is no level: "ट्रक ड्राइवर 3, हेवी लाइसेंस", "Gulf job: Welder 12, ...".
func (v *vacancies) isTitleNumbered(h phrase.Hit[string], c count) bool {
	const level = 3
	d := v.d
	if c.end != h.End+1 || !v.isInTitle(h.End-1) || !closes(d, c.end) || d.Is(c.end, ")") {
		return false
	}
	if d.IsKind(c.end+1, text.Number) || v.otherLabel[before(d, h.First-1)] { // "Level: Engineer 4"
		return false
	}
	if slices.ContainsFunc(v.title.Tokens, func(t text.Token) bool { return t.Kind == text.Number }) {
		return false
	}
	hindi := d.Tokens[h.End-1].Norm[0] > 'z'
	heads := startsSentence(d, h.First) || startsSentence(d, h.First-1) && d.IsKind(h.First-1, text.Word)
	return (hindi || c.posts > level) && (heads || d.Is(h.First-1, ":") || v.followsTitle(h.First))
}

// closesSign reports that the sign at token i reaches to token end: a bracket is closed
// there, and what comes after another sign ends there.
func closesSign(d *text.Doc, i, end int) bool {
	if d.Is(i, "(") {
		return d.Is(end, ")")
	}
	return closes(d, end)
}

// isAnnounced reports a word for posts, or one that asks for people, shortly before
// hit i: "Vacancy: Cook - 8".
func (v *vacancies) isAnnounced(i int) bool {
	const near = 4
	first := v.hits[i].First
	for k := i - 1; k >= 0 && first-v.hits[k].End < near; k-- {
		switch v.hits[k].Value {
		case valueLabelled, valueCounted, valueWanted, valueRequired:
			return v.d.Unbroken(v.hits[k].End, first)
		}
	}
	return false
}

// areNamed reports people, or that somebody is wanted, right before token i, or a
// word of the title: "fitter - 4 nos".
func (v *vacancies) areNamed(i int) bool {
	const near = 3
	for _, o := range phrase.Near(v.hits, i-near, i) {
		switch o.Value {
		case valueTaken, valuePublished, valuePieces, valueTotal, valueThere, valuePast:
		default:
			if v.d.Unbroken(o.End, i) {
				return true
			}
		}
	}
	for j := max(0, i-near); j < i; j++ {
		if v.isInTitle(j) && v.d.Unbroken(j, i) {
			return true
		}
	}
	return false
}

// isInTitle reports that the title, which is another text, has the word at token i,
// whatever its ending.
func (v *vacancies) isInTitle(i int) bool { return v.inTitle(i, false) != "" }

// mostOfTitle is how many tokens of a title are compared with words of a text, so that
// a long one costs no more.
const mostOfTitle = 40

// inTitle gives the word of the title; where it must be the head, no word follows it
// there.
func (v *vacancies) inTitle(i int, head bool) string {
	const ending, least = 2, 3
	if v.d == v.title || !v.d.IsKind(i, text.Word) {
		return ""
	}
	word := []rune(v.d.Tokens[i].Norm)
	stem := string(word[:max(min(len(word), least), len(word)-ending)])
	for k := range min(len(v.title.Tokens), mostOfTitle) {
		t := &v.title.Tokens[k]
		same := t.Kind == text.Word && len([]rune(t.Norm)) >= least && strings.HasPrefix(t.Norm, stem)
		same = same || t.Kind == text.Word && isShortOf(word, []rune(t.Norm))
		if same && (!head || !v.title.IsKind(k+1, text.Word)) {
			return t.Norm
		}
	}
	return ""
}

// isShortOf reports a word that is written without some vowels of another: "suprvsr".
func isShortOf(word, other []rune) bool {
	const least = 4
	k := 0
	for _, r := range other {
		switch {
		case k < len(word) && word[k] == r:
			k++
		case !strings.ContainsRune("aeiou", r):
			return false
		}
	}
	return k >= least && k == len(word)
}
