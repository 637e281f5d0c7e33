package facts

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// countOfAll reads the sum, which hit i names, of those named before it: "4 cooks and 3
// waiters, total 7", "2 fitters and a welder, 3 persons in all".
func (v *vacancies) countOfAll(i int) (count, bool) {
	h := v.hits[i]
	j := stepOver(v.d, h.End, ":", "-")
	if c, ok := v.countApiece(h, j); ok {
		return c, true
	}
	if i == 0 || v.areOthers(i, j+1) {
		return count{}, false
	}
	last := v.hits[i-1]
	if n, first, ok := v.wholeAt(j); ok && v.d.Unbroken(last.First, first) && v.sums(i, j+1) {
		return count{n, h.First, j + 1}, true
	}
	if i == 1 || last.End != h.First || !isCounted(last.Value) {
		return count{}, false
	}
	c, ok := v.countBefore(last)
	return c, ok && v.d.Unbroken(v.hits[i-2].First, c.first)
}

// countApiece reads the sum at token j, which hit h names, after the number for one
// place: "Each place 5, total 15 nos."
func (v *vacancies) countApiece(h phrase.Hit[string], j int) (count, bool) {
	const most = 6
	d := v.d
	n, _, ok := v.wholeAt(j)
	if !ok || !d.Is(h.First-1, ",") && !d.Is(h.First-1, "-") {
		return count{}, false
	}
	end := j + 1
	if d.Is(end, "nos") || v.namesPeople(end) {
		end++
	}
	if !closes(d, end) && !d.Is(end, ".") {
		return count{}, false
	}
	if _, _, one := v.wholeAt(h.First - 2); !one {
		return count{}, false
	}
	for k := h.First - 3; k >= max(0, h.First-most) && !d.Stop(k); k-- {
		if v.apiece[d.Tokens[k].Norm] && startsSentence(d, k) {
			return count{n, h.First, j + 1}, true
		}
	}
	return count{}, false
}

// areOthers reports that the people after token end, whose number ends there, are not
// those of the title before hit i, a word for a sum, nor such: "2 foremen, total 90
// workers"; or that they are so many in each place.
func (v *vacancies) areOthers(i, end int) bool {
	if v.begins(end) != valuePeople {
		return false
	}
	last, d := v.hits[i-1], v.d
	for k := last.First - 1; k >= 0 && !d.Stop(k); k-- {
		if v.apiece[d.Tokens[k].Norm] && v.holders[next(d, k+2)] {
			return true
		}
	}
	hired := v.isInTitle(last.End-1) && !v.isInTitle(v.hits[i+1].End-1)
	return hired && v.workers[d.Tokens[v.hits[i+1].End-1].Norm]
}

// sums reports that the number that ends before token end says all that hit i, a word
// for a sum, says of posts or people.
func (v *vacancies) sums(i, end int) bool {
	return isCounted(v.hits[i-1].Value) && (closes(v.d, end) || isCounted(v.begins(end)))
}

// isCounted reports the value of a phrase for people or posts.
func isCounted(value string) bool {
	return value == valuePeople || value == valueCounted || value == valueLabelled
}

// withMore adds to a count those that the text counts with them: "2 cooks and 3 waiters".
func (v *vacancies) withMore(c count) count {
	for i := range v.hits {
		h := v.hits[i]
		if h.First < c.end || h.Value != valuePeople {
			continue
		}
		if h.First == c.end && !v.measures(c.end, h.End) { // "2 truck drivers", read to "truck"
			c.end = h.End
			continue
		}
		m, ok := v.countPeople(h)
		of := v.d.Is(c.end, ",") && v.between[v.d.Tokens[h.First].Norm] // "2 nurses, one male"
		if !ok || of || v.isSum(m) || m.first != c.end+1 || !v.addsUp(c.end) {
			break
		}
		c.posts, c.end = c.posts+m.posts, m.end
	}
	return c
}

// addsUp reports a sign or word at token i that joins two numbers of people.
func (v *vacancies) addsUp(i int) bool {
	return v.d.Is(i, ",") || v.d.Is(i, "&") || v.d.Is(i, "+") || v.sumsUp[next(v.d, i)]
}

// isPast reports a count of another time, or of those who are there already: "last
// year 40 posts", "40 posts were filled".
func (v *vacancies) isPast(c count) bool {
	const near = 5
	for _, h := range phrase.Near(v.hits, c.first-near, c.end+1) {
		switch {
		case h.Value == valueThere && h.First >= c.end && h.First <= c.end+1 && v.d.Unbroken(c.first, h.First):
			return true
		case h.Value == valuePast && h.End <= c.first && clause(v.d, h.End, c.first):
			return true
		}
	}
	return false
}

// areTitled reports at token i, or after the point there, a word of the title or its
// initials.
func (v *vacancies) areTitled(i int) bool {
	i = stepOver(v.d, i, ".")
	return v.isInTitle(i) || v.isInitials(i)
}

// isInitials reports at token i the initials of words of the title, which is another
// text: "CDP" of "Chef de Partie".
func (v *vacancies) isInitials(i int) bool {
	if v.d == v.title || !v.d.IsKind(i, text.Word) {
		return false
	}
	short := []rune(v.d.Tokens[i].Norm)
	for from := range min(len(v.title.Tokens), mostOfTitle) {
		k := 0
		for k < len(short) && v.title.IsKind(from+k, text.Word) && []rune(v.title.Tokens[from+k].Norm)[0] == short[k] {
			k++
		}
		if k == len(short) && k > 1 {
			return true
		}
	}
	return false
}

// isShort reports at token i the initials of the title, with nothing after it.
func (v *vacancies) isShort(i int) bool {
	return v.isInitials(i) && v.d.Stop(i+1) && !v.d.Tokens[i].Glued
}
