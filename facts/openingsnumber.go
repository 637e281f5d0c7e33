package facts

import (
	"strings"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// wholeAt reads a number that may count posts at token j, and where it begins: whole,
// and not part of a range, a date, or an amount of money, nor of those who are there
// already.
func (w *words) wholeAt(d *text.Doc, j int) (n, first int, ok bool) {
	v, ok := w.numberAt(d, j)
	if !ok || v != float64(int(v)) || v < 1 || v > maxOpenings || v >= 1990 && v <= 2040 {
		return 0, j, false
	}
	if d.Tokens[j].Glued && (d.Is(j-1, ".") || d.Is(j-1, "/") || d.IsKind(j-1, text.Word)) ||
		d.Is(j-1, "₹") || d.Is(j-1, "$") || d.Is(j-1, "rs") {
		return 0, j, false
	}
	n, first = w.withTens(d, int(v), j)
	if m, ok := w.numberAt(d, first-1); ok && int(m) == n-1 { // "do teen"
		return 0, j, false
	}
	if m, ok := w.numberAt(d, j+1); ok && int(m) == n+1 {
		return 0, j, false
	}
	if w.isRangeOf(d, first-1, -1) || w.isRangeOf(d, j+1, 1) || w.elsewhere[before(d, first)] ||
		d.Is(first-1, "of") && d.Is(first-2, "team") || w.elsewhere[before(d, first-1)] && w.noPosts[before(d, first)] {
		return 0, j, false
	}
	return n, first, true
}

// withTens reads the number n at token j with the tens or the hundreds before it, and
// gives where it begins: "twenty-five", "two hundred".
func (w *words) withTens(d *text.Doc, n, j int) (whole, first int) {
	const ten, hundred = 10, 100
	k := j - 1
	if d.Is(k, "-") && d.Tokens[k].Glued {
		k--
	}
	v, ok := w.numberAt(d, k)
	switch {
	case !ok || !d.IsKind(j, text.Word) || !d.IsKind(k, text.Word):
	case n < ten && v >= 2*ten && v < hundred && int(v)%ten == 0:
		return int(v) + n, k
	case n == hundred && v >= 1 && v < ten:
		return int(v) * hundred, k
	}
	return n, j
}

// before gives the normal form of the token before token j.
func before(d *text.Doc, j int) string {
	if j < 1 {
		return ""
	}
	return d.Tokens[j-1].Norm
}

// isRangeOf reports a sign or word of a range at token k with another number beyond
// it, in the direction by: "10-15", "दो-तीन", "8 posts to 10 posts".
func (w *words) isRangeOf(d *text.Doc, k, by int) bool {
	if k < 0 || k >= len(d.Tokens) {
		return false
	}
	if by > 0 && d.IsKind(k, text.Word) && rangeWord(d, k) == k {
		k++ // "8 posts to"
	}
	if rangeWord(d, k) == k {
		return false
	}
	_, ok := w.numberAt(d, k+by)
	return ok || by < 0 && d.IsKind(k-2, text.Number)
}

// countOfTitle reads people whom only the title names, where they and their number are
// all that a sentence says: "14 scaffolders."
func (v *vacancies) countOfTitle() (count, bool) {
	const most = 2
	d := v.d
	for i := range d.Tokens {
		if i > 0 && !d.Stop(i-1) || !d.IsKind(i, text.Number) && !d.IsKind(i, text.Word) {
			continue
		}
		n, _, ok := v.wholeAt(d, i)
		if !ok {
			continue
		}
		end := afterPlus(d, i+1)
		for first := end; end < first+most && d.IsKind(end, text.Word) && !d.Tokens[end].Glued && v.isInTitle(end); end++ {
			if v.noPosts[d.Tokens[end].Norm] {
				return count{}, false
			}
		}
		_, _, list := v.wholeAt(d, end+1)
		if list && d.Is(end, ",") || !closes(d, end) || !v.inTitle(end-1, true) {
			continue
		}
		if isOfPeople(d.Tokens[end-1].Norm) {
			return count{n, i, end}, true
		}
	}
	return count{}, false
}

// isOfPeople reports a word that ends as those do that say what people do.
func isOfPeople(word string) bool {
	word = strings.TrimSuffix(word, "s")
	for _, ending := range []string{"er", "or", "ist", "man", "men", "ian", "eer", "र", "िस्ट", "मैन", "शियन", "वाला", "वाले"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// joinsOthers reports a number at token first that a comma parts from what is no count
// of anything and no list of those who are there: "ITI pass, 25 operators".
func (v *vacancies) joinsOthers(first int) bool {
	const reach = 8
	d := v.d
	if !d.Is(first-1, ",") {
		return false
	}
	for i := first - 2; i >= max(0, first-reach) && !d.Stop(i); i-- {
		switch t := &d.Tokens[i]; {
		case t.Norm == ":", v.elsewhere[t.Norm]:
			return false
		case t.Kind == text.Number && v.unitYears[next(d, i+1)] == 0 && !(i+1 < len(d.Tokens) && d.Tokens[i+1].Glued):
			return false
		}
	}
	for _, o := range phrase.Near(v.hits, first-reach, first) {
		if o.Value == valuePeople && d.Unbroken(o.End, first) {
			return false
		}
	}
	return true
}
