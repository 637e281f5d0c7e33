package classifier

import (
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// The most words between a word that denies and what it denies.
const (
	denyBefore = 4
	denyAfter  = 5
)

// denials knows what the denying words of a text deny. It is made in one pass,
// so that each match is answered at once, however long its sentence is.
type denials struct {
	doc   *text.Doc
	joins *phrase.Table[join]
	// not are the words that deny, in the order of their first tokens.
	not []phrase.Found
	// before gives, for each token, the end of the last word that denies what
	// follows it and ends there or earlier; after the beginning of the next one
	// that denies what stands before it. -1 for none.
	before, after []int32
	// words and commas count those before each token.
	words, commas []int32
	// next gives, for each token, how many of not begin before it.
	next []int32
}

func newDenials(d *text.Doc, found []phrase.Found, joins *phrase.Table[join]) denials {
	n := denials{doc: d, joins: joins}
	open := -1 // the end of the last phrase that denies nothing
	for _, f := range found {
		switch {
		case f.Value == roleWhether:
			open = max(open, f.End)
		case f.Value != roleNotBefore && f.Value != roleNotAfter:
		case f.First >= open:
			n.not = append(n.not, f)
		}
	}
	if len(n.not) > 0 {
		n.spread()
	}
	return n
}

// spread fills in what is known of each token.
func (n *denials) spread() {
	size := len(n.doc.Tokens) + 1
	table := make([]int32, 5*size)
	n.before, n.after, n.words, n.commas = table[:size], table[size:2*size], table[2*size:3*size], table[3*size:4*size]
	n.next = table[4*size:]
	for i, k := 0, 0; i < size; i++ {
		n.before[i], n.after[i] = -1, -1
		for k < len(n.not) && n.not[k].First < i {
			k++
		}
		n.next[i] = int32(k)
	}
	for _, f := range n.not {
		if f.Value == roleNotBefore {
			n.before[f.End] = int32(f.End)
		} else {
			n.after[f.First] = int32(f.First)
		}
	}
	for i := 1; i < size; i++ {
		n.before[i] = max(n.before[i], n.before[i-1])
		n.words[i], n.commas[i] = n.words[i-1], n.commas[i-1]
		if n.doc.Tokens[i-1].Kind == text.Word {
			n.words[i]++
		}
		if comma(n.doc, i-1) {
			n.commas[i]++
		}
	}
	for i := size - 2; i >= 0; i-- {
		if n.after[i] < 0 {
			n.after[i] = n.after[i+1]
		}
	}
}

// comma reports a sign beyond which nothing is denied.
func comma(d *text.Doc, i int) bool {
	return d.Is(i, ",") || d.Is(i, "-") && !d.Tokens[i].Glued || d.Is(i, ":") || d.Is(i, "(")
}

// denied reports "not a call centre", "कॉल सेंटर नहीं".
func (n *denials) denied(m phrase.Found) bool {
	if len(n.not) == 0 {
		return false
	}
	if end := int(n.before[m.First]); end >= 0 && n.reaches(end, m.First, denyBefore) {
		return true
	}
	if n.split(m) || n.holds(m) {
		return true
	}
	if n.own(m) {
		return false
	}
	first := int(n.after[m.End])
	return first >= 0 && (n.reaches(m.End, first, denyAfter) || n.listed(m, first))
}

// holds reports a denial that the phrase is a part of: "those looking for … need not
// apply".
func (n *denials) holds(m phrase.Found) bool {
	i := int(n.next[m.First]) // the first that begins no earlier
	if i == len(n.not) || n.not[i].First > m.First {
		i--
	}
	return i >= 0 && n.not[i].First <= m.First && m.End <= n.not[i].End && n.not[i].End-n.not[i].First > m.End-m.First+1
}

// The most words of an item of a list that is denied as a whole, of its last item
// with what follows, and the most tokens of the list.
const (
	denyItem = 4
	denyLast = 9
	denyList = 16
)

// listed reports that a phrase is one of a list that is denied as a whole by what
// begins at token j: "Tally, वाउचर या GST का काम नहीं". There are commas, the last
// item has the "or", none has many words, and nothing in it is a clause by itself.
func (n *denials) listed(m phrase.Found, j int) bool {
	if j-m.End > denyList || !n.doc.Unbroken(m.End, j) {
		return false
	}
	or, words, most := false, 0, denyLast
	for k := j - 1; k >= m.End; k-- {
		switch {
		case comma(n.doc, k):
			if !or || !n.doc.Is(k, ",") {
				return false
			}
			words, most = 0, denyItem
		case n.doc.Tokens[k].Kind == text.Word:
			j, _ := n.joins.At(n.doc, k)
			if words++; words > most || j == joinMore || j == joinOr && most == denyItem {
				return false
			}
			or = or || j == joinOr
		}
	}
	return or && (most == denyItem || n.commas[m.First] != n.commas[m.End] || n.commaBefore(m.First))
}

// commaBefore reports a comma at most an item's words before token i, in its sentence.
func (n *denials) commaBefore(i int) bool {
	for k := i - 1; k >= max(0, i-denyItem) && !n.doc.Stop(k); k-- {
		if n.doc.Is(k, ",") {
			return true
		}
	}
	return false
}

// join is what a word does between the items of a list.
type join int

const (
	joinOr   join = iota + 1 // it joins the last item
	joinMore                 // there is more than a list
)

// joinLists are the lists of the lexicon with the words of each.
var joinLists = map[join]string{joinOr: "either-or", joinMore: "more-than-a-list"}

// joins gives the words that join, or do more.
func (s *spec) joins() map[string]join {
	out := map[string]join{}
	for j, name := range joinLists {
		words, err := s.lexicon.Entries(name)
		if err != nil {
			continue // told elsewhere
		}
		for _, w := range words {
			out[w] = j
		}
	}
	return out
}

// reaches reports that nothing between tokens i and j keeps a denial from going
// on: no end of a sentence, no comma, and no more than most words.
func (n *denials) reaches(i, j, most int) bool {
	return n.doc.Unbroken(i, j) && n.commas[i] == n.commas[j] && int(n.words[j]-n.words[i]) <= most
}

// own reports that a phrase begins or ends with the denying word: "non voice".
func (n *denials) own(m phrase.Found) bool {
	return n.within(m, func(f phrase.Found) bool { return f.First == m.First || f.End == m.End })
}

// split reports that a denying word stands amid a phrase: "coding nahi karni".
func (n *denials) split(m phrase.Found) bool {
	return n.within(m, func(f phrase.Found) bool { return f.First > m.First && f.End < m.End })
}

// within reports a denying word among those of a phrase for which ok holds.
func (n *denials) within(m phrase.Found, ok func(phrase.Found) bool) bool {
	for i := int(n.next[m.First]); i < len(n.not) && n.not[i].First < m.End; i++ {
		if n.not[i].End <= m.End && ok(n.not[i]) {
			return true
		}
	}
	return false
}
