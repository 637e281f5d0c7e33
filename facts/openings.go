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
			if n, first, end, ok := r.openingsAt(d, hits, i); ok {
				r.note("openings", strconv.Itoa(n), f, first, end)
				return &n
			}
		}
	}
	return nil
}

func (w *words) openingsAt(d *text.Doc, hits []phrase.Hit[string], i int) (n, first, end int, ok bool) {
	h := hits[i]
	if h.Value == valueWanted {
		return 0, 0, 0, false
	}
	if j := h.First - 1; j >= 0 {
		if d.Is(j, "-") {
			j--
		}
		counts := !w.people[phraseOf(d, h.First, h.End)] || wanted(d, hits, i)
		if v, isNumber := w.numberAt(d, j); isNumber && counts && wholeCount(d, j, v) && !levelPost(d, j) {
			return int(v), j, h.End, true
		}
	}
	if h.Value == valueLabelled || w.postHeads[next(d, h.First)] {
		j := h.End
		for j < len(d.Tokens) && j < h.End+2 && (d.Is(j, ":") || d.Is(j, "-") || d.Is(j, "=")) {
			j++
		}
		if v, isNumber := w.numberAt(d, j); isNumber && d.IsKind(j, text.Number) && wholeCount(d, j, v) && (j > h.End || h.End-h.First > 1) {
			return int(v), h.First, j + 1, true
		}
	}
	return 0, 0, 0, false
}

// wholeCount reports a number that may count posts: whole, and not part of a
// range, a date, or an amount of money.
func wholeCount(d *text.Doc, j int, v float64) bool {
	if v != float64(int(v)) || v < 1 || v > maxOpenings || v >= 1990 && v <= 2040 {
		return false
	}
	if j > 0 && (d.Is(j-1, "₹") || d.Is(j-1, "rs") || d.Is(j-1, ".") && d.Tokens[j].Glued || d.Is(j-1, "/") && d.Tokens[j].Glued) {
		return false
	}
	if j > 1 && d.Is(j-1, "-") && d.IsKind(j-2, text.Number) {
		return false
	}
	return !d.Is(j+1, "-") || !d.IsKind(j+2, text.Number)
}

// levelPost reports "grade 2 post", "class 4 post".
func levelPost(d *text.Doc, j int) bool {
	return d.Is(j-1, "grade") || d.Is(j-1, "level") || d.Is(j-1, "group") || d.Is(j-1, "phase") || d.Is(j-1, "batch")
}

// wanted reports that the same sentence asks for somebody.
func wanted(d *text.Doc, hits []phrase.Hit[string], i int) bool {
	const near = 10
	h := hits[i]
	for _, o := range phrase.Near(hits, h.First-near-1, h.End+near+1) {
		if o.Value == valueWanted && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return false
}
