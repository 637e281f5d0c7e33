package facts

import (
	"slices"
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
	if r.posting.Openings != "" {
		if n, err := strconv.Atoi(strings.TrimSpace(r.posting.Openings)); err == nil && n > 0 && n <= maxOpenings {
			return &n
		}
	}
	title := r.docs(job.FieldTitle)
	for _, f := range []job.Field{job.FieldTitle, job.FieldDescription} {
		d := r.docs(f)
		v := vacancies{words: r.words, d: d, hits: r.words.openings.Hits(d), title: title}
		c, ok := v.countOfHits()
		if !ok {
			c, ok = v.countOfTitle()
			ok = ok && !v.isPast(c)
		}
		if ok {
			r.note("openings", strconv.Itoa(c.posts), f, c.first, c.end)
			return &c.posts
		}
	}
	return nil
}

// vacancies is what one text says of posts; title is that of the posting.
type vacancies struct {
	*words
	d, title *text.Doc
	hits     []phrase.Hit[string]
}

// count is a number of posts: tokens first up to but not including end.
type count struct{ posts, first, end int }

// countOfHits gives the first number of posts, with those counted beside them, or the one
// that is said to be all: "5 in Vashi and 3 in Thane, 8 vacancies in all".
func (v *vacancies) countOfHits() (first count, found bool) {
	for i := range v.hits {
		c, ok := v.countAt(i)
		if !ok || v.isPast(c) {
			continue
		}
		if isPosts := v.hits[i].Value == valueCounted || v.hits[i].Value == valueLabelled; !found && !isPosts {
			first, found = v.withMore(c), true
		}
		if !found {
			first, found = c, true
		}
		if c.posts > first.posts && v.isSum(c) {
			return c, true
		}
	}
	return first, found
}

// isSum reports that posts are said to be all that there are.
func (v *vacancies) isSum(c count) bool {
	return slices.ContainsFunc(v.hits, func(h phrase.Hit[string]) bool {
		return h.Value == valueTotal && (h.First == c.first || h.End == c.first || h.First == c.end)
	})
}

// countAt reads the number beside a word for posts or people, or beside one that
// says that somebody is wanted.
func (v *vacancies) countAt(i int) (count, bool) {
	d, h := v.d, v.hits[i]
	switch h.Value {
	case valueSingle:
		return count{1, h.First, h.End}, true
	case valueCounted, valueLabelled:
		return v.countPosts(i)
	case valuePeople:
		if c, ok := v.countPeople(h); ok {
			return c, v.isWanted(i, c.first)
		}
		return v.countOfNamed(i)
	case valuePieces:
		return v.countPieces(h)
	case valueWanted:
		return v.countWanted(h)
	case valueTaken:
		j := stepOver(d, h.End, ":", "-")
		if c, ok := v.countMore(j); ok {
			return c, true
		}
		c, ok := v.countAfter(j)
		return c, ok && v.isInTitle(c.end-1)
	case valueRequired:
		if startsSentence(d, h.First) { // "Required 10 guards"
			return v.countWanted(h)
		}
		return v.countAsked(h)
	case valueSought:
		return v.countAsked(h)
	case valueTotal:
		return v.countOfAll(i)
	}
	return count{}, false
}

// begins gives what the phrase that begins at token i says; empty where none does.
func (v *vacancies) begins(i int) string {
	for _, h := range phrase.Near(v.hits, i, i+1) {
		if h.First == i {
			return h.Value
		}
	}
	return ""
}

// countWanted reads "wanted: 6 drivers", "need 3 more", "Requirement: 5".
func (v *vacancies) countWanted(h phrase.Hit[string]) (count, bool) {
	d := v.d
	j := stepOver(d, h.End, ":", "-")
	if c, ok := v.countMore(j); ok {
		return c, true
	}
	if c, ok := v.countAfter(j); ok {
		return c, true
	}
	if d.Is(j, "a") && d.Is(j+1, "single") && v.namesPeople(j+2) {
		return count{1, j, j + 3}, true
	}
	n, end, ok := v.wholeFrom(j)
	item := n == 1 && !d.IsKind(end, text.Newline) && end < len(d.Tokens) // "Requirements: 1. A degree"
	return count{n, h.First, end}, ok && !item && d.Is(h.End, ":") && closes(d, end)
}

// countMore reads "3 more" at token j, where nothing else follows that it could count.
func (v *vacancies) countMore(j int) (count, bool) {
	n, end, ok := v.wholeFrom(j)
	ok = ok && v.more[next(v.d, end)] && (closes(v.d, end+1) || v.moreEnds[next(v.d, end+1)])
	return count{n, j, end + 1}, ok
}

// countPieces reads "fitter - 4 nos", "Accountant, 1 no.", "2 no. CDP" and a sentence
// "10 nos.".
func (v *vacancies) countPieces(h phrase.Hit[string]) (count, bool) {
	d := v.d
	c, ok := v.countBefore(h)
	if !ok {
		return c, false
	}
	named, begins := v.areNamed(c.first), startsSentence(d, c.first)
	if begins && v.areTitled(h.End) || named && v.isAskedNext(h.End) {
		return c, true // "2 no. CDP", "ITI trainee 17 no. required"
	}
	ends := closes(d, h.End) || d.Is(h.End, ".")
	if d.Is(h.First, "no") && (c.posts > 1 || !ends) {
		return c, false
	}
	if ends {
		return c, begins || named || v.isInTitle(c.first-2)
	}
	return c, named && (!d.Is(h.End, "of") || d.Is(h.End+1, "posts"))
}

// isAskedNext reports at token i, or after the point there, that somebody is wanted.
func (v *vacancies) isAskedNext(i int) bool {
	switch v.begins(stepOver(v.d, i, ".")) {
	case valueRequired, valueSought:
		return true
	}
	return false
}

// countPosts reads the number after or before a word for posts.
func (v *vacancies) countPosts(i int) (count, bool) {
	h := v.hits[i]
	if c, ok := v.labelled(h); ok && !v.beginsList(h) {
		return c, true
	}
	if v.both[before(v.d, h.First)] || v.d.Is(h.First-1, "the") && v.both[before(v.d, h.First-1)] {
		return count{2, h.First - 1, h.End}, v.isAskedFor(h, h.First)
	}
	if c, ok := v.countBefore(h); ok {
		return c, !v.otherPosts(h, c.first) && !v.isForEach(h, c)
	}
	if c, ok := v.countThrough(h); ok {
		return c, true
	}
	j := stepOver(v.d, h.End, ":", "-")
	n, _, ok := v.wholeAt(j)
	return count{n, h.First, j + 1}, ok && closes(v.d, j+1) && v.isAnnounced(i) // "hiring: post 9"
}

// beginsList reports a number before posts that are then told apart: "30 posts: 18
// general, 12 reserved".
func (v *vacancies) beginsList(h phrase.Hit[string]) bool {
	_, ok := v.countBefore(h)
	return ok && v.d.Is(h.End, ":")
}

// countThrough reads a number before words that say what the posts are: "30 CSA
// positions", "6 van driver vacancies".
func (v *vacancies) countThrough(h phrase.Hit[string]) (count, bool) {
	const most = 4
	switch v.d.Tokens[h.First].Norm {
	case "openings", "vacancies", "vacancy", "positions":
	default:
		return count{}, false
	}
	c, ok := v.countOver(h, most, true) // "do" is no number here
	return c, ok && !v.notOffered(h.End)
}

// countOver reads a number, in digits only or also in words, of which at most so many
// tokens before a hit, and over the words between them, which tell of the same.
func (v *vacancies) countOver(h phrase.Hit[string], most int, digits bool) (count, bool) {
	d := v.d
	for j := h.First - 2; j >= max(0, h.First-most) && d.Unbroken(j, h.First); j-- {
		if digits && !d.IsKind(j, text.Number) {
			continue
		}
		k := stepOver(d, j+1, "+")
		if n, first, ok := v.wholeAt(j); ok && k < h.First && !d.Tokens[k].Glued && !v.measures(k, h.First) {
			return count{n, first, h.End}, true
		}
	}
	return count{}, false
}

// otherPosts reports that posts are messages, or seats those that a place has; first
// is the token of their number.
func (v *vacancies) otherPosts(h phrase.Hit[string], first int) bool {
	switch v.d.Tokens[h.First].Norm {
	case "pos": // also a till
		return !v.beginsAt(first) || !closes(v.d, h.End)
	case "seat", "seats", "सीट", "सीटों":
		const near = 3
		for j := first - 1; j >= max(0, first-near) && !v.d.Stop(j); j-- {
			if v.seated[v.d.Tokens[j].Norm] && !v.beginsAt(first) {
				return true
			}
		}
		return v.seated[next(v.d, h.End)] || v.holders[before(v.d, first)] && !v.d.Is(first-2, "we")
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

// isForEach reports that posts are those that one person may apply for: "apply for only
// one post", "एक ही पद के लिए".
func (v *vacancies) isForEach(h phrase.Hit[string], c count) bool {
	const most, few = 3, 3
	d := v.d
	if c.posts > few {
		return false
	}
	for j := c.first - 1; j >= max(1, c.first-most) && d.Unbroken(j, c.first); j-- {
		if d.Is(j, "for") && strings.HasPrefix(before(d, j), "appl") && d.IsKind(j-1, text.Word) {
			return before(d, j) == "apply" && !startsSentence(d, j-1)
		}
	}
	word := next(d, h.End+1)
	only := h.First > c.first+1 || v.all[before(d, c.first)]
	return only && v.bounded[word] && v.owners[next(d, h.End)]
}

// countBefore reads "10 posts", "50+ openings", "6 open positions", "Six (6)
// posts".
func (v *vacancies) countBefore(h phrase.Hit[string]) (count, bool) {
	d := v.d
	const most = 4
	j := h.First - 1
	for ; j > h.First-most && j >= 0; j-- {
		t := &d.Tokens[j]
		if t.Norm != "+" && t.Norm != "-" && t.Norm != "." && t.Norm != ")" && !v.between[t.Norm] {
			break
		}
	}
	n, first, ok := v.wholeAt(j)
	more := n == 1 && (d.Is(j-1, "than") || d.Is(j+1, "से") || d.Is(j+1, "se"))
	if !ok || more || v.isCompound(j, h) || v.notOffered(h.End) {
		return count{}, false
	}
	return count{n, first, h.End}, true
}

// stepOver gives the token after the one of some signs or words that may be at token i:
// after the plus of "100+ guards", the colon of "Wanted: 6".
func stepOver(d *text.Doc, i int, norms ...string) int {
	if slices.Contains(norms, next(d, i)) {
		i++
	}
	return i
}

// notOffered reports that token i says of the posts before it that others have
// them, or how often there are so many: "5 posts a week".
func (v *vacancies) notOffered(i int) bool {
	word, after := next(v.d, i), next(v.d, i+1)
	if v.elsewhere[word] || v.kinds[word] || v.unasked[word] {
		return true
	}
	switch word {
	case "team": // "a lead for 20 agents team"
		return true
	case "a":
		return v.unitYears[after] > 0 || v.noPosts[after]
	case "in":
		return after != "our" && v.elsewhere[after]
	}
	return false
}

// isCompound reports a number at token j, or posts after it, that are part of something
// else and no number of posts.
func (v *vacancies) isCompound(j int, h phrase.Hit[string]) bool {
	d := v.d
	item := (d.Is(j+1, ".") || d.Is(j+1, ")")) && !d.Is(j-1, "(") // "2. Positions"
	hyphened := isHyphen(d, j+1) || isHyphen(d, h.End)            // "1,200-seat"
	verb := d.Is(j, "do") && h.Value != valuePeople               // "do post" in English
	return item || hyphened || verb || v.beginsName(h)
}

// beginsName reports a post or seat that is the beginning of a name: "post production".
func (v *vacancies) beginsName(h phrase.Hit[string]) bool {
	d := v.d
	if h.End-h.First > 1 || !d.IsKind(h.End, text.Word) {
		return false
	}
	return (d.Is(h.First, "post") || d.Is(h.First, "seat")) && !v.afterPost[d.Tokens[h.End].Norm]
}

// isHyphen reports a dash at token i without a space before it.
func isHyphen(d *text.Doc, i int) bool { return d.Is(i, "-") && d.Tokens[i].Glued }
