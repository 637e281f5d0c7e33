package question

import (
	"slices"
	"strings"

	"jobsieve/facts"
	"jobsieve/indexer"
	"jobsieve/lexicon"
	"jobsieve/text"
)

// vocabulary is the words that are known, by their first letter.
type vocabulary struct {
	words map[string]int // how many lists have each
	first map[rune][]string
}

// vocabularyOf gathers the words of a lexicon and of places.
func vocabularyOf(x *lexicon.Lexicon) *vocabulary {
	v := &vocabulary{words: map[string]int{}, first: map[rune][]string{}}
	add := func(s string) {
		for _, w := range strings.Fields(strings.ToLower(s)) {
			if norm, plain := text.PlainWord(w); plain && norm == "" {
				v.words[w]++ // several words written as one: "telecaller"
			}
		}
		d := text.Parse(s)
		for i := range d.Tokens {
			if d.Tokens[i].Kind == text.Word {
				v.words[strings.Clone(d.Tokens[i].Norm)]++
			}
		}
	}
	for _, l := range x.Lists() {
		if l.Kind != lexicon.Common {
			for _, e := range l.Entries() {
				add(strings.NewReplacer("(", " ", ")", " ", "|", " ", "~", " ").Replace(e))
			}
		}
	}
	for _, place := range slices.Concat(facts.Cities(), facts.States()) {
		add(place)
		for _, name := range facts.NamesOf(place) {
			add(name)
		}
	}
	for w := range v.words {
		c := []rune(w)[0]
		v.first[c] = append(v.first[c], w)
	}
	for _, words := range v.first {
		slices.Sort(words)
	}
	return v
}

// leastNear is how many letters a word must have to be taken for another.
const leastNear = 5

// nearest gives the known word that is nearest to a word, of two the one in more
// lists; empty where the word itself is known, or none is near enough: a letter in five
// to seven, two in up to ten, three in more.
func (v *vocabulary) nearest(word string) string {
	letters := []rune(word)
	const middle, long = 8, 11
	allowed := 0
	for _, n := range []int{leastNear, middle, long} {
		if len(letters) >= n {
			allowed++
		}
	}
	best, distance := "", allowed+1
	if allowed == 0 || v.words[word] > 0 {
		return best
	}
	for _, w := range v.first[letters[0]] {
		d := apart(letters, []rune(w), min(distance, allowed))
		if d < distance || d == distance && best != "" && v.words[w] > v.words[best] {
			best, distance = w, d
		}
	}
	return best
}

// apart counts the letters that must be added, taken out, changed or swapped with
// their neighbours to make b of a; most+1 where they are more than most.
func apart(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > most {
			return most + 1
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

// spelling is a text in which unknown words are the known ones nearest to them.
type spelling struct {
	*text.Doc
	words map[int]string // those words, by the token of the text as it was typed
	from  []int          // the token of that text that each of the tokens comes from
}

// correct spells the unknown words of a text as the known ones nearest to them; the text
// is nil where there are none. Words of phrases that are known stay, and so does what is
// common.
func (r *Reader) correct(d *text.Doc, known []hit, common func(string) bool) spelling {
	s := spelling{words: map[int]string{}}
	var b strings.Builder
	at := 0
	starts := make([]int, len(d.Tokens)) // where the tokens are then
	for i := range d.Tokens {
		t := &d.Tokens[i]
		b.WriteString(d.Text[at:t.Start])
		starts[i], at = b.Len(), t.End
		written := d.Text[t.Start:t.End]
		if t.Kind == text.Word && !isIn(known, i) && len(t.Norm) >= leastNear && !common(t.Norm) {
			if near := r.known().nearest(t.Norm); near != "" {
				s.words[i], written = near, near
			}
		}
		b.WriteString(written)
	}
	if len(s.words) == 0 {
		return s
	}
	b.WriteString(d.Text[at:])
	s.Doc = text.Parse(b.String())
	for i, k := 0, 0; i < len(s.Tokens); i++ {
		for k+1 < len(starts) && starts[k+1] <= s.Tokens[i].Start {
			k++
		}
		s.from = append(s.from, k)
	}
	return s
}

// typed gives readings of the text as they stand in what was typed.
func (s *spelling) typed(readings []reading) []reading {
	for i := range readings {
		rd := &readings[i]
		rd.first, rd.end = s.from[rd.first], s.from[rd.end-1]+1
	}
	return readings
}

// wordsOf gives the words of the text that come from tokens first up to but not including
// end of what was typed.
func (s *spelling) wordsOf(first, end int) (out []string) {
	for i, from := range s.from {
		if from >= first && from < end && indexer.IsWord(&s.Tokens[i]) {
			out = append(out, s.Tokens[i].Norm)
		}
	}
	return out
}

func isIn(hits []hit, i int) bool {
	return slices.ContainsFunc(hits, func(h hit) bool { return h.First <= i && i < h.End })
}
