package facts

import (
	"slices"
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// wholeAt reads a number that may count posts at token j, and where it begins: whole,
// and not part of a range, a date, or an amount of money, nor of those who are there
// already.
func (v *vacancies) wholeAt(j int) (n, first int, ok bool) {
	if n, first, ok := v.dozensAt(j); ok {
		return n, first, !v.areThere(first)
	}
	told, ok := v.numberAt(v.d, j)
	if !ok || !mayCountPosts(told) || isPartOrMoney(v.d, j) || v.isDoing(j) {
		return 0, j, false
	}
	n, first = v.withTens(int(told), j)
	if v.isOfRange(n, first, j+1) || v.areThere(first) {
		return 0, j, false
	}
	return n, first, true
}

// wholeFrom reads the longest such number that begins at token j, and where it ends:
// "seventy five", "half a dozen".
func (v *vacancies) wholeFrom(j int) (n, end int, ok bool) {
	const most = 5
	for last := j; last < min(j+most, len(v.d.Tokens)) && v.d.Unbroken(j, last); last++ {
		if m, first, whole := v.wholeAt(last); whole && first == j {
			n, end, ok = m, last+1, true
		}
	}
	return n, end, ok
}

// mayCountPosts reports a whole number that is no year and not too large.
func mayCountPosts(v float64) bool {
	const firstYear, lastYear = 1990, 2040
	isYear := v >= firstYear && v <= lastYear
	return v == float64(int(v)) && v >= 1 && v <= maxOpenings && !isYear
}

// isPartOrMoney reports a number at token j that is part of a name, a decimal or a date,
// or an amount of money.
func isPartOrMoney(d *text.Doc, j int) bool {
	switch before(d, j) {
	case "₹", "$", "rs":
		return true
	case ".", "/":
		return d.Tokens[j].Glued
	}
	star := d.Is(j+1, "•") && d.Tokens[j+1].Glued // "4★"
	return star || d.Tokens[j].Glued && d.IsKind(j-1, text.Word)
}

// isOfRange reports that n, tokens first up to but not including end, is one end of a
// range: "10-15", "do teen".
func (v *vacancies) isOfRange(n, first, end int) bool {
	if m, ok := v.numberAt(v.d, first-1); ok && int(m) == n-1 {
		return true
	}
	if m, ok := v.numberAt(v.d, end); ok && int(m) == n+1 {
		return true
	}
	return v.isRangeOf(first-1, -1) || v.isRangeOf(end, 1)
}

// areThere reports that the words before a number at token first say that it counts
// those who are there already: "team of 12".
func (v *vacancies) areThere(first int) bool {
	word, earlier := before(v.d, first), before(v.d, first-1)
	return v.elsewhere[word] || v.elsewhere[earlier] && v.noPosts[word] || earlier == "team" && word == "of"
}

// isDoing reports an English "do" at token j: "we do ask", "do not post".
func (v *vacancies) isDoing(j int) bool {
	d := v.d
	return d.Is(j, "do") && (v.doers[before(d, j)] || d.Is(j+1, "not"))
}

// dozensAt reads "half a dozen", "2 dozen" or "a pair of", whose last word is token j.
func (v *vacancies) dozensAt(j int) (n, first int, ok bool) {
	d := v.d
	const dozen = 12
	if d.Is(j, "of") {
		j--
	}
	switch one := d.Is(j-1, "a") || d.Is(j-1, "one"); {
	case d.Is(j, "pair") && one:
		return 2, j - 1, true
	case !v.dozens[next(d, j)]:
	case one && v.half[before(d, j-1)]:
		return dozen / 2, j - 2, true
	case v.half[before(d, j)]:
		return dozen / 2, j - 1, true
	case one:
		return dozen, j - 1, true
	default:
		if m, ok := v.numberAt(d, j-1); ok && mayCountPosts(m) && m < dozen && !v.isOfRange(int(m), j-1, j) {
			return int(m) * dozen, j - 1, true
		}
	}
	return 0, j, false
}

// withTens reads the number n at token j with the tens and the hundreds before it, and
// gives where it begins: "twenty-five", "one hundred and twenty".
func (v *vacancies) withTens(n, j int) (whole, first int) {
	const ten, hundred = 10, 100
	if !v.d.IsKind(j, text.Word) {
		return n, j
	}
	if tens, k := v.wordBefore(j); n < ten && tens >= 2*ten && tens < hundred && tens%ten == 0 {
		n, j = n+tens, k
	}
	times, k := v.wordBefore(j)
	if n < hundred && times == hundred {
		n, j = n+hundred, k
		times, k = v.wordBefore(j)
	} else if n != hundred {
		return n, j
	}
	if times >= 1 && times < ten {
		return n + (times-1)*hundred, k
	}
	return n, j
}

// wordBefore reads the number in words before token j, with a hyphen or an "and"
// between the two, and gives where it is.
func (v *vacancies) wordBefore(j int) (n, k int) {
	d := v.d
	k = j - 1
	and := d.Is(k, "and")
	if isHyphen(d, k) || and {
		k--
	}
	m, ok := v.numberAt(d, k)
	if !ok || !d.IsKind(k, text.Word) || m != float64(int(m)) || and && m != 100 {
		return 0, k
	}
	return int(m), k
}

// before gives the normal form of the token before token j.
func before(d *text.Doc, j int) string { return next(d, j-1) }

// isRangeOf reports a sign or word of a range at token k with another number beyond
// it, in the direction by: "10-15", "दो-तीन", "8 posts to 10 posts".
func (v *vacancies) isRangeOf(k, by int) bool {
	d := v.d
	if k < 0 || k >= len(d.Tokens) {
		return false
	}
	if by > 0 && d.IsKind(k, text.Word) && rangeWord(d, k) == k {
		k++ // "8 posts to"
	}
	if rangeWord(d, k) == k {
		return false
	}
	_, ok := v.numberAt(d, k+by)
	return ok || by < 0 && d.IsKind(k-2, text.Number)
}

// countOfTitle reads people whom only the title names, where they and their number are
// all that a sentence says: "14 scaffolders."
func (v *vacancies) countOfTitle() (count, bool) {
	d := v.d
	for _, i := range v.numberStarts(d) {
		if d.Is(i-1, "x") || d.Is(i-1, "×") {
			if c, ok := v.countTimes(i - 1); ok {
				return c, true
			}
		}
		if !startsSentence(d, i) {
			continue
		}
		if c, ok := v.countStarting(i); ok {
			return c, true
		}
	}
	return count{}, false
}

// countStarting reads such a sentence that begins with a number at token i.
func (v *vacancies) countStarting(i int) (count, bool) {
	const most = 2
	d := v.d
	n, _, ok := v.wholeAt(i)
	if !ok {
		return count{}, false
	}
	end := stepOver(d, i+1, "+")
	if v.isShort(end) || v.isCapitals(end) {
		return count{n, i, end + 1}, true // "4 CDP."
	}
	for first := end; end < first+most && v.isTitled(end); {
		end++
	}
	_, _, list := v.wholeAt(end + 1)
	if list && d.Is(end, ",") || !closes(d, end) {
		return count{}, false
	}
	return count{n, i, end}, isOfPeople(v.inTitle(end-1, true))
}

// countTimes reads words of the title that begin a sentence and, after the sign for times
// at token j, a number that ends it: "Welder 6G x 10."
func (v *vacancies) countTimes(j int) (count, bool) {
	const most = 4
	d := v.d
	i := j
	for i > max(0, j-most) && !startsSentence(d, i) {
		i--
	}
	if i == j || !startsSentence(d, i) || !v.isInTitle(i) {
		return count{}, false
	}
	n, end, ok := v.wholeFrom(j + 1)
	return count{n, i, end}, ok && closes(d, end)
}

// isTitled reports a word of the title at token i that a number may count.
func (v *vacancies) isTitled(i int) bool {
	return v.isInTitle(i) && !v.d.Tokens[i].Glued && !v.noPosts[v.d.Tokens[i].Norm]
}

// isOfPeople reports a word that ends as those do that say what people do.
func isOfPeople(word string) bool {
	word = strings.TrimSuffix(word, "s")
	return slices.ContainsFunc(workerEndings, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

// workerEndings end words for people by what they do: driver, fitter, florist.
var workerEndings = []string{
	"er", "or", "ist", "man", "men", "ian", "eer", "र", "िस्ट", "मैन", "शियन", "वाला", "वाले",
}

// joinsOthers reports a number at token first that a comma parts from the schooling or
// the years that are asked for: "ITI pass, 25 operators".
func (v *vacancies) joinsOthers(first int) bool {
	const reach = 8
	d := v.d
	if !d.Is(first-1, ",") {
		return false
	}
	clause, years := first-1, false
	for ; clause > max(0, first-reach) && !d.Stop(clause-1) && !d.Is(clause-1, ","); clause-- {
		switch t := &d.Tokens[clause-1]; {
		case v.unitYears[t.Norm] > 0:
			years = true
		case t.Norm == ":", v.elsewhere[t.Norm],
			t.Kind == text.Number && v.unitYears[next(d, clause)] == 0 && !d.Tokens[clause].Glued:
			return false
		}
	}
	if years || v.terms[before(d, first-1)] {
		return true
	}
	return v.hasSchooling(clause, first-1)
}

// hasSchooling reports that schooling is named from token first up to but not including
// end.
func (v *vacancies) hasSchooling(first, end int) bool {
	return slices.ContainsFunc(phrase.Near(v.education.Hits(v.d), first, end), func(h phrase.Hit[string]) bool {
		return h.First >= first && rankOf(h.Value) >= 0 && !v.capitals[phraseOf(v.d, h.First, h.End)]
	})
}
