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
	title := r.docs(job.FieldTitle)
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		v := vacancies{words: r.words, d: d, hits: r.words.openings.Hits(d), title: title}
		for i := range v.hits {
			if c, ok := v.countAt(i); ok {
				r.note("openings", strconv.Itoa(c.posts), f, c.first, c.end)
				return &c.posts
			}
		}
		if c, ok := v.countOfTitle(); ok {
			r.note("openings", strconv.Itoa(c.posts), f, c.first, c.end)
			return &c.posts
		}
	}
	return nil
}

// vacancies is what one text says of posts; title is that of the posting.
type vacancies struct {
	*words
	d, title  *text.Doc
	hits      []phrase.Hit[string]
	schooling []phrase.Hit[string] // what it says of schooling, nil until that is asked
}

// count is a number of posts: tokens first up to but not including end.
type count struct{ posts, first, end int }

// countAt reads the number beside a word for posts or people, or beside one that
// says that somebody is wanted.
func (v *vacancies) countAt(i int) (count, bool) {
	d, h := v.d, v.hits[i]
	switch h.Value {
	case valueSingle:
		return count{1, h.First, h.End}, true
	case valueCounted, valueLabelled:
		if c, ok := v.labelled(d, h); ok {
			return c, true
		}
		c, ok := v.countBefore(d, h)
		return c, ok && !v.otherPosts(h, c.first)
	case valuePeople:
		if c, ok := v.countPeople(d, h); ok {
			return c, v.isWanted(i, c.first)
		}
		return v.countOfNamed(i)
	case valuePieces:
		c, ok := v.countBefore(d, h)
		return c, ok && v.areNamed(c.first) && (!d.Is(h.End, "of") || d.Is(h.End+1, "posts"))
	case valueWanted:
		j := h.End
		if d.Is(j, ":") || d.Is(j, "-") {
			j++
		}
		return v.countAfter(d, j)
	case valueSought, valueRequired:
		if h.Value == valueRequired && (h.First == 0 || d.Stop(h.First-1)) { // "Required 10 guards"
			j := h.End
			if d.Is(j, ":") || d.Is(j, "-") {
				j++
			}
			return v.countAfter(d, j)
		}
		if c, ok := v.countSought(d, h); ok {
			return c, true
		}
		j := h.End // "operator chahiye 5"
		if d.Is(j, ":") || d.Is(j, "-") {
			j++
		}
		n, _, ok := v.wholeAt(d, j)
		return count{n, j, j + 1}, ok && closes(d, j+1) && v.areNamed(h.First)
	}
	return count{}, false
}

// otherPosts reports that posts are messages, or seats those that a place has; first
// is the token of their number.
func (v *vacancies) otherPosts(h phrase.Hit[string], first int) bool {
	switch v.d.Tokens[h.First].Norm {
	case "seat", "seats":
		return v.holders[before(v.d, first)] && !v.d.Is(first-2, "we")
	case "post", "posts", "पोस्ट":
		const reach = 12
		for _, o := range phrase.Near(v.hits, first-reach, h.End+reach) {
			if o.Value == valuePublished && v.d.Unbroken(min(h.End, o.End), max(first, o.First)) {
				return true
			}
		}
	}
	return false
}

// countBefore reads "10 posts", "50+ openings", "6 open positions", "Six (6)
// posts".
func (w *words) countBefore(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	const most = 4
	j := h.First - 1
	for ; j > h.First-most && j >= 0; j-- {
		t := &d.Tokens[j]
		if t.Norm != "+" && t.Norm != "-" && t.Norm != "." && t.Norm != ")" && !w.between[t.Norm] {
			break
		}
	}
	n, first, ok := w.wholeAt(d, j)
	if !ok || w.isCompound(d, j, h) || w.notOffered(d, h.End) {
		return count{}, false
	}
	return count{n, first, h.End}, true
}

// countPeople is that of people of a longer name: "20 tele sales executives".
func (w *words) countPeople(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	if c, ok := w.countBefore(d, h); ok {
		return c, true
	}
	if d.Is(h.First-1, "a") || d.Is(h.First-1, "an") { // "family of four needs a cook"
		return count{}, false
	}
	const most = 3
	for j := h.First - 2; j >= max(0, h.First-most) && d.Unbroken(j, h.First); j-- {
		n, first, ok := w.wholeAt(d, j)
		k := afterPlus(d, j+1)
		if ok && k < h.First && !d.Tokens[k].Glued && !w.measures(d, k, h.First) && !w.notOffered(d, h.End) {
			return count{n, first, h.End}, true
		}
	}
	return count{}, false
}

// afterPlus gives the token after the plus that may be at token i: "100+ guards".
func afterPlus(d *text.Doc, i int) int {
	if d.Is(i, "+") {
		i++
	}
	return i
}

// notOffered reports that token i says of the posts before it that others have
// them, or how often there are so many: "5 posts a week".
func (w *words) notOffered(d *text.Doc, i int) bool {
	after := next(d, i+1)
	return w.elsewhere[next(d, i)] || d.Is(i, "in") && w.elsewhere[after] || d.Is(i, "a") && (w.unitYears[after] > 0 || w.noPosts[after])
}

// countOfNamed reads the number after people, where something else says that they
// are wanted: "mechanic 3 chahiye", "Vacancy: Cook - 8".
func (v *vacancies) countOfNamed(i int) (count, bool) {
	d, h := v.d, v.hits[i]
	j := h.End
	if d.Is(j, "-") || d.Is(j, ":") || d.Is(j, "(") || d.Is(j, "x") {
		j++
	}
	n, _, ok := v.wholeAt(d, j)
	if !ok || !d.IsKind(j, text.Number) || v.noPosts[next(d, j+1)] {
		return count{}, false
	}
	c := count{n, h.First, j + 1}
	if j > h.End && v.isInTitle(h.End-1) && (d.Is(h.End, "(") && d.Is(j+1, ")") || !d.Is(h.End, "(") && closes(d, j+1)) {
		return c, true // "AC technician (10)"
	}
	if i+1 < len(v.hits) && v.hits[i+1].First == j+1 {
		return c, v.hits[i+1].Value == valueSought || v.hits[i+1].Value == valueRequired
	}
	ends := j+1 >= len(d.Tokens) || d.Stop(j+1) || d.Is(j+1, ",") || d.Is(j+1, ")")
	const near = 4
	for k := i - 1; ends && j > h.End && k >= 0 && h.First-v.hits[k].End < near; k-- {
		if o := v.hits[k].Value; o == valueLabelled || o == valueCounted || o == valueWanted || o == valueRequired {
			return c, d.Unbroken(v.hits[k].End, h.First)
		}
	}
	return count{}, false
}

// areNamed reports people, or that somebody is wanted, right before token i, or a
// word of the title: "fitter - 4 nos".
func (v *vacancies) areNamed(i int) bool {
	const near = 3
	for _, o := range phrase.Near(v.hits, i-near, i) {
		if o.Value != valueTaken && o.Value != valuePublished && o.Value != valuePieces && v.d.Unbroken(o.End, i) {
			return true
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
func (v *vacancies) isInTitle(i int) bool { return v.inTitle(i, false) }

// inTitle is that; where it must be the head, no word follows it there.
func (v *vacancies) inTitle(i int, head bool) bool {
	const ending, least = 2, 3
	if v.d == v.title || !v.d.IsKind(i, text.Word) {
		return false
	}
	word := []rune(v.d.Tokens[i].Norm)
	stem := string(word[:max(min(len(word), least), len(word)-ending)])
	for k := range v.title.Tokens {
		if t := &v.title.Tokens[k]; t.Kind == text.Word && len([]rune(t.Norm)) >= least && strings.HasPrefix(t.Norm, stem) {
			if !head || !v.title.IsKind(k+1, text.Word) {
				return true
			}
		}
	}
	return false
}

// isCompound reports a number at token j that is part of a name, "1,200-seat", a
// post that is the beginning of one, "post production", and "do post" in English.
func (w *words) isCompound(d *text.Doc, j int, h phrase.Hit[string]) bool {
	post := h.End-h.First == 1 && (d.Is(h.First, "post") || d.Is(h.First, "seat")) && d.IsKind(h.End, text.Word) &&
		!w.afterPost[d.Tokens[h.End].Norm]
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
	if d.Is(j, "(") && d.Is(j+1, "s") && d.Is(j+2, ")") { // "Number of post(s)"
		j += 3
	}
	start := j
	for j < start+2 && (d.Is(j, ":") || d.Is(j, "-") || d.Is(j, "=")) {
		j++
	}
	bracket := d.Is(j, "(") && d.Is(j+2, ")") // "Openings (5)"
	if bracket {
		j++
	}
	n, _, ok := w.wholeAt(d, j)
	if !ok || j == start && !d.IsKind(j, text.Number) || w.noPosts[next(d, j+1)] {
		return count{}, false
	}
	ends := closes(d, j+1) || w.afterCount[next(d, j+1)]
	if j == start && (h.Value == valueCounted || !ends && h.End-h.First == 1) {
		return count{}, false
	}
	return count{n, h.First, j + 1}, true
}

// countSought reads people of any name: "12 गार्ड चाहिए", "6 drivers required".
func (v *vacancies) countSought(d *text.Doc, h phrase.Hit[string]) (count, bool) {
	const most = 5
	for j := h.First - 2; j >= max(0, h.First-most) && d.Unbroken(j, h.First); j-- {
		if h.Value == valueRequired && !d.IsKind(j, text.Number) && !v.isInTitle(h.First-1) {
			continue
		}
		k := afterPlus(d, j+1)
		if n, first, ok := v.wholeAt(d, j); ok && k < h.First && !d.Tokens[k].Glued && !v.measures(d, k, h.First) {
			return count{n, first, h.End}, true
		}
	}
	return count{}, false
}

// countAfter reads a number at token j of people of any name: "6 drivers".
func (w *words) countAfter(d *text.Doc, j int) (count, bool) {
	n, _, ok := w.wholeAt(d, j)
	k := afterPlus(d, j+1)
	if !ok || !d.IsKind(k, text.Word) || d.Tokens[k].Glued || w.alsoOthers[d.Tokens[k].Norm] ||
		d.Is(k, "of") || d.Is(k, "our") || w.measures(d, k, min(len(d.Tokens), k+2)) || w.notOffered(d, k+1) {
		return count{}, false
	}
	return count{n, j, k + 1}, true
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

// isWanted reports that the same sentence asks for the people of a hit, near them and
// their number at token first, or that it names nothing else.
func (v *vacancies) isWanted(i, first int) bool {
	const near = 5
	d, h := v.d, v.hits[i]
	if v.isOwned(i) {
		return false
	}
	end := h.End
	for end+1 < len(d.Tokens) && (d.Is(end, "-") || d.Is(end, "/")) && d.IsKind(end+1, text.Word) {
		end += 2 // "लड़के-लड़कियां"
	}
	if v.beginsAt(first) || v.isInTitle(h.End-1) && closes(d, end) && v.joinsOthers(first) {
		if v.isListed(i, end) {
			return false
		}
		// "100 ladke.", "45 helper packing company me"
		if closes(d, end) || v.isInTitle(h.End-1) && !d.IsKind(first-1, text.Newline) {
			return true
		}
	}
	for _, o := range phrase.Near(v.hits, first-near, h.End+near) {
		asks := o.Value == valueWanted || o.Value == valueSought || o.Value == valueRequired || o.Value == valueTaken
		if asks && d.Unbroken(min(h.End, o.End), max(h.First, o.First)) {
			return true
		}
	}
	return false
}

// beginsAt reports that a sentence or bracket begins at token i.
func (v *vacancies) beginsAt(i int) bool { return i == 0 || v.d.Stop(i-1) || v.d.Is(i-1, "(") }

// isListed reports other people counted after those of hit i, which end before token
// end: "4 developers, 1 tester" says who is there.
func (v *vacancies) isListed(i, end int) bool {
	return i+1 < len(v.hits) && v.hits[i+1].Value == valuePeople && v.d.Is(end, ",") && v.hits[i+1].First == end+2
}

// isOwned reports that something of the people of a hit is spoken of: "40 guards ka
// roster"; not "10 logon ki bharti".
func (v *vacancies) isOwned(i int) bool {
	end := v.hits[i].End
	if !v.owners[next(v.d, end)] || v.toBe[next(v.d, end+1)] || closes(v.d, end+1) {
		return false
	}
	for _, o := range phrase.Near(v.hits, end, end+2) {
		if o.Value == valueSought {
			return false
		}
	}
	return true
}
