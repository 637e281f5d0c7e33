package facts

import (
	"strconv"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// maxOpenings is the most posts that are believed.
const maxOpenings = 5000

// openings reads how many posts there are.
func (r *reader) openings() *int {
	if n, err := strconv.Atoi(strings.TrimSpace(r.posting.Openings)); err == nil && n > 0 && n <= maxOpenings {
		return &n
	}
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		hits := r.words.openings.Hits(d)
		for i := range hits {
			if c, ok := r.countAt(d, hits, i); ok {
				r.note("openings", strconv.Itoa(c.posts), f, c.first, c.end)
				return &c.posts
			}
		}
	}
	return nil
}

// count is a number of posts: tokens first up to but not including end.
type count struct{ posts, first, end int }

// countAt reads the number beside a word for posts or people, or beside one that
// says that somebody is wanted.
func (w *words) countAt(d *text.Doc, hits []phrase.Hit[string], i int) (count, bool) {
	h := hits[i]
	switch h.Value {
	case valueCounted, valueLabelled:
		if c, ok := w.labelled(d, h); ok {
			return c, true
		}
		return w.countBefore(d, h)
	case valuePeople:
		if c, ok := w.countBefore(d, h); ok && isWanted(d, hits, i, c.first) {
			return c, true
		}
	case valueWanted:
		j := h.End
		if d.Is(j, ":") || d.Is(j, "-") {
			j++
		}
		return w.countAfter(d, j)
	case valueSought, valueRequired:
		if h.Value == valueRequired && (h.First == 0 || d.Stop(h.First-1)) { // "Required 10 guards"
			return w.countAfter(d, h.End)
		}
		return w.countSought(d, h)
	}
	return count{}, false
}

// countBefore reads "10 posts", "50+ openings", "6 open positions", "Six (6)
// posts".
func (w *words) countBefore(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	const most = 4
	j := h.First - 1
	for ; j > h.First-most && j >= 0; j-- {
		if t := &d.Tokens[j]; t.Norm != "+" && t.Norm != "-" && t.Norm != "." && t.Norm != ")" && !w.between[t.Norm] {
			break
		}
	}
	n, ok := w.wholeAt(d, j)
	if !ok || w.isCompound(d, j, h) || w.elsewhere[next(d, h.End)] || d.Is(h.End, "a") && w.unitYears[next(d, h.End+1)] > 0 {
		return count{}, false
	}
	return count{n, j, h.End}, true
}

// isCompound reports a number at token j that is part of a name, "1,200-seat", a
// post that is the beginning of one, "post production", and "do post" in English.
func (w *words) isCompound(d *text.Doc, j int, h phrase.Hit[string]) bool {
	post := h.End-h.First == 1 && d.Is(h.First, "post") && d.IsKind(h.End, text.Word) && !w.afterPost[d.Tokens[h.End].Norm]
	item := (d.Is(j+1, ".") || d.Is(j+1, ")")) && !d.Is(j-1, "(") // "2. Positions"
	return item || post || d.Is(j+1, "-") && d.Tokens[j+1].Glued || d.Is(h.End, "-") && d.Tokens[h.End].Glued ||
		d.Is(j, "do") && h.Value != valuePeople
}

// labelled reads "No. of openings: 4", "vacancy 20".
func (w *words) labelled(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	if d.Is(h.End, "for") || d.Is(h.End, "of") { // "vacancy for 9 fitters"
		return w.countAfter(d, h.End+1)
	}
	j := h.End
	for j < h.End+2 && (d.Is(j, ":") || d.Is(j, "-") || d.Is(j, "=")) {
		j++
	}
	n, ok := w.wholeAt(d, j)
	if !ok || !d.IsKind(j, text.Number) || w.noPosts[next(d, j+1)] {
		return count{}, false
	}
	ends := j+1 == len(d.Tokens) || d.Stop(j+1)
	if j == h.End && (h.Value == valueCounted || !ends && h.End-h.First == 1) {
		return count{}, false
	}
	return count{n, h.First, j + 1}, true
}

// countSought reads people of any name: "12 गार्ड चाहिए", "6 drivers required".
func (w *words) countSought(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	const most = 5
	for j := h.First - 2; j >= max(0, h.First-most) && d.Unbroken(j, h.First); j-- {
		if h.Value == valueRequired && !d.IsKind(j, text.Number) {
			continue
		}
		if n, ok := w.wholeAt(d, j); ok && !d.Tokens[j+1].Glued && !w.measures(d, j+1, h.First) {
			return count{n, j, h.End}, true
		}
	}
	return count{}, false
}

// countAfter reads a number at token j of people of any name: "6 drivers".
func (w *words) countAfter(d *text.Doc, j int) (count, bool) {
	n, ok := w.wholeAt(d, j)
	if !ok || !d.IsKind(j+1, text.Word) || d.Tokens[j+1].Glued || w.alsoOthers[d.Tokens[j+1].Norm] ||
		d.Is(j+1, "of") || d.Is(j+1, "our") || w.measures(d, j+1, min(len(d.Tokens), j+3)) {
		return count{}, false
	}
	return count{n, j, j + 2}, true
}

// measures reports among tokens i to j a word that a number before counts no posts
// with, or another number.
func (w *words) measures(d *text.Doc, i, j int) bool {
	for ; i < j && !d.Stop(i); i++ {
		t := &d.Tokens[i]
		joins := t.Norm == "/" || t.Norm == "-" && t.Glued // "युवक-युवती"
		if t.Kind == text.Symbol && !joins || t.Kind == text.Number || w.noPosts[t.Norm] {
			return true
		}
	}
	return false
}

// wholeAt reads a number that may count posts at token j: whole, and not part of a
// range, a date, or an amount of money, nor of those who are there already.
func (w *words) wholeAt(d *text.Doc, j int) (int, bool) {
	v, ok := w.numberAt(d, j)
	if !ok || v != float64(int(v)) || v < 1 || v > maxOpenings || v >= 1990 && v <= 2040 {
		return 0, false
	}
	if d.Tokens[j].Glued && (d.Is(j-1, ".") || d.Is(j-1, "/") || d.IsKind(j-1, text.Word)) ||
		d.Is(j-1, "₹") || d.Is(j-1, "$") || d.Is(j-1, "rs") {
		return 0, false
	}
	if isRangeOf(d, j-1, -1) || isRangeOf(d, j+1, 1) || w.elsewhere[before(d, j)] || d.Is(j-1, "of") && d.Is(j-2, "team") {
		return 0, false
	}
	return int(v), true
}

// before gives the normal form of the token before token j.
func before(d *text.Doc, j int) string {
	if j < 1 {
		return ""
	}
	return d.Tokens[j-1].Norm
}

// isRangeOf reports a sign or word of a range at token k with another figure beyond
// it, in the direction by: "10-15", "8 posts to 10 posts".
func isRangeOf(d *text.Doc, k, by int) bool {
	if k < 0 || k >= len(d.Tokens) {
		return false
	}
	if by > 0 && d.IsKind(k, text.Word) && rangeWord(d, k) == k {
		k++ // "8 posts to"
	}
	if rangeWord(d, k) == k {
		return false
	}
	return d.IsKind(k+by, text.Number) || by < 0 && d.IsKind(k-2, text.Number)
}

// isWanted reports that the same sentence asks for somebody, near the people and
// their number at token first.
func isWanted(d *text.Doc, hits []phrase.Hit[string], i, first int) bool {
	const near = 5
	h := hits[i]
	if (first == 0 || d.Stop(first-1)) && (h.End == len(d.Tokens) || d.Stop(h.End)) {
		return true // "100 ladke."
	}
	for _, o := range phrase.Near(hits, first-near, h.End+near) {
		if (o.Value == valueWanted || o.Value == valueSought || o.Value == valueRequired) && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return false
}
