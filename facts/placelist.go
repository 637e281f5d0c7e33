package facts

import (
	"sort"

	"jobsieve/text"
)

// after gives the mentions of the list that begins among the next tokens from i on, in the
// same sentence.
func (r *reader) after(d *text.Doc, ms []mention, i, reach int) []mention {
	from := firstFrom(ms, i)
	if from == len(ms) || ms[from].first-i > reach || !d.Unbroken(i, ms[from].first) {
		return nil
	}
	to := from + 1
	for to < len(ms) && r.joined(d, ms[to-1].end, ms[to].first) {
		to++
	}
	return ms[from:to]
}

// before gives the mentions of the list that ends before token i.
func (r *reader) before(d *text.Doc, ms []mention, i int) []mention {
	to := endingBy(ms, i)
	from := to
	for at := i; from > 0 && r.joined(d, ms[from-1].end, at); at = ms[from].first {
		from--
	}
	return ms[from:to]
}

// shortlyBefore gives the mentions of the list that ends at most reach tokens before token i,
// in the same sentence.
func (r *reader) shortlyBefore(d *text.Doc, ms []mention, i, reach int) []mention {
	to := endingBy(ms, i)
	if to == 0 || i-ms[to-1].end > reach || !d.Unbroken(ms[to-1].end, i) {
		return nil
	}
	return r.before(d, ms, ms[to-1].end)
}

// endingBy gives how many mentions end by token i.
func endingBy(ms []mention, i int) int {
	return sort.Search(len(ms), func(j int) bool { return ms[j].end > i })
}

// firstFrom gives the first mention that begins at token i or after it.
func firstFrom(ms []mention, i int) int {
	return sort.Search(len(ms), func(j int) bool { return ms[j].first >= i })
}

// joined reports that tokens i to j stand between two places of a list.
func (r *reader) joined(d *text.Doc, i, j int) bool {
	const most = 6
	if j-i > most || !d.Unbroken(i, j) {
		return false
	}
	for ; i < j; i++ {
		if d.IsKind(i, text.Word) && !r.placeJoins[d.Tokens[i].Norm] {
			return false
		}
	}
	return true
}

// ahead gives the list of places that begins among the next tokens from i on, without the
// streets and quarters before: "Basti Nau, Jalandhar".
func (r *reader) ahead(d *text.Doc, ms []mention, i int) []mention {
	from := firstFrom(ms, i)
	for from+1 < len(ms) && nameGoesOn(d, ms[from].end) && d.Is(ms[from+1].first-1, ",") {
		from++
	}
	if from == len(ms) {
		return nil
	}
	return r.after(d, ms[from:], i, standsReach)
}

// town gives the mention of a town that no gazetteer knows, which begins at token i and
// behind which its state is named: "Bir, Himachal Pradesh".
func town(d *text.Doc, ms []mention, i int) []mention {
	const mostTown = 2 // words
	at := firstFrom(ms, i)
	if at == len(ms) || ms[at].mayBeCity() || ms[at].names[0].vague {
		return nil
	}
	end := ms[at].first - 1
	if !d.Is(end, ",") || end-i < 1 || end-i > mostTown {
		return nil
	}
	for j := i; j < end; j++ {
		if !capital(d, j) {
			return nil
		}
	}
	return []mention{{first: i, end: end}, ms[at]}
}

// slip gives the mention of a place that token i is a slip of.
func slip(d *text.Doc, ms []mention, i int) []mention {
	if !d.IsKind(i, text.Word) {
		return nil
	}
	if at := endingBy(ms, i); at < len(ms) && ms[at].first <= i {
		return nil
	}
	if names := near(d, i, i+1); len(names) > 0 {
		return []mention{{first: i, end: i + 1, names: names}}
	}
	return nil
}
