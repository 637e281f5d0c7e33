package likeness

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// stemLetters is how many letters of a word stand for its family.
const stemLetters = 5

// How a term begins that stands in a title, and one that is a word's first letters.
const (
	titleMark = "title "
	stemMark  = '~'
)

// Terms gives the terms that a word is counted as: itself, and its first letters.
func Terms(norm string, title bool) (word, stem string) {
	word, stem = norm, string(stemMark)+stemOf(norm)
	if title {
		return titleMark + word, titleMark + stem
	}
	return word, stem
}

func stemOf(norm string) string {
	n := 0
	for at := range norm {
		if n == stemLetters {
			return norm[:at]
		}
		n++
	}
	return norm
}

// Index finds the terms of a model in parsed texts. It may be used by several
// goroutines.
type Index struct {
	heads  []head
	terms  []string // by number
	idf    []float64
	places [2]place // a text, a title
	counts sync.Pool
}

// place finds the terms of one place by the words of a text.
type place struct {
	words *phrase.Table[numbers]
	stems *phrase.Table[int32] // of words that are no terms
}

// numbers are those of a word's two terms, -1 for none.
type numbers struct{ word, stem int32 }

// Index makes m ready for parsed texts.
func (m *Model) Index() *Index {
	x := &Index{heads: m.heads, idf: make([]float64, len(m.in)), terms: make([]string, len(m.in))}
	for n, in := range m.in {
		x.idf[n] = m.idf(in)
	}
	for term, n := range m.terms {
		x.terms[n] = term
	}
	x.places = [...]place{m.place(false), m.place(true)}
	x.counts.New = func() any { return &Counts{of: x, times: make([]uint16, len(x.idf))} }
	return x
}

// place gathers the terms of texts or of titles.
func (m *Model) place(title bool) place {
	var whole []string
	stems := map[string]int32{}
	for term, n := range m.terms {
		word, inTitle := strings.CutPrefix(term, titleMark)
		switch {
		case inTitle != title:
		case word[0] == stemMark:
			stems[word[1:]] = int32(n)
		default:
			whole = append(whole, term)
		}
	}
	words := make(map[string]numbers, len(whole))
	for _, term := range whole {
		word := strings.TrimPrefix(term, titleMark)
		stem, known := stems[stemOf(word)]
		if !known {
			stem = -1
		}
		words[word] = numbers{int32(m.terms[term]), stem}
	}
	return place{phrase.NewTable(words), phrase.NewTable(stems)}
}

// Classes are the classes of a kind, sorted; the kinds are in the order of Train's
// wants.
func (x *Index) Classes(kind int) []string { return x.heads[kind].classes }

// Counts counts the words of one posting.
type Counts struct {
	of    *Index
	times []uint16 // by number
	met   []int32
	// values are those of what was met, and length theirs together, once Shares was
	// asked; nothing may be added then.
	values []float64
	length float64
}

// Begin begins with a posting; End must follow. Of no index it gives nil, which
// has no shares.
func (x *Index) Begin() *Counts {
	if x == nil {
		return nil
	}
	return x.counts.Get().(*Counts)
}

// Add counts token i of a text, or of a title, as a word.
func (c *Counts) Add(d *text.Doc, i int, title bool) {
	p := &c.of.places[0]
	if title {
		p = &c.of.places[1]
	}
	both, known := p.words.At(d, i)
	if known {
		c.count(both.word)
	} else {
		both.stem = -1
		if n, met := p.stems.Of(stemOf(d.Tokens[i].Norm)); met {
			both.stem = n
		}
	}
	if both.stem >= 0 {
		c.count(both.stem)
	}
}

func (c *Counts) count(n int32) {
	if c.times[n] == math.MaxUint16 {
		return
	}
	if c.times[n]++; c.times[n] == 1 {
		c.met = append(c.met, n)
	}
}

// Telling gives the whole words, at most so many, that speak most for a class of
// the first kind beside the others, the first first.
func (c *Counts) Telling(class, most int) (out []string) {
	speaks := func(n int32) float64 {
		weights := c.of.heads[0].of(int(n))
		all := 0.0
		for _, w := range weights {
			all += w / float64(len(weights))
		}
		return c.of.idf[n] * (weights[class] - all)
	}
	met := slices.Clone(c.met)
	slices.SortFunc(met, func(a, b int32) int {
		return cmp.Or(cmp.Compare(speaks(b), speaks(a)), cmp.Compare(a, b))
	})
	for _, n := range met {
		word := strings.TrimPrefix(c.of.terms[n], titleMark)
		if word[0] == stemMark || speaks(n) <= 0 || slices.Contains(out, word) {
			continue
		}
		if out = append(out, word); len(out) == most {
			break
		}
	}
	return out
}

// Shares gives how likely each class of a kind is, in the order of Classes; they add
// up to 1. It gives nothing where no word is known.
func (c *Counts) Shares(kind int) []float64 {
	if c == nil || len(c.met) == 0 {
		return nil
	}
	if len(c.values) == 0 {
		c.length = 0
		for _, n := range c.met {
			v := (1 + logOf(c.times[n])) * c.of.idf[n]
			c.values = append(c.values, v)
			c.length += float64(v * v)
		}
		c.length = math.Sqrt(c.length)
	}
	return c.of.heads[kind].shares(c.met, c.values, c.length)
}

// logs are the logarithms of small numbers.
var logs = func() (out [64]float64) {
	for n := range out {
		out[n] = steady(math.Log(float64(n)))
	}
	return out
}()

func logOf(n uint16) float64 {
	if int(n) < len(logs) {
		return logs[n]
	}
	return steady(math.Log(float64(n)))
}

// shares says how likely each class is by terms with their values, which are of
// that length.
func (h *head) shares(terms []int32, values []float64, length float64) []float64 {
	scores := make([]float64, len(h.classes))
	for i, n := range terms {
		for class, w := range h.of(int(n)) {
			scores[class] += float64(values[i] * w)
		}
	}
	constant := h.weights[len(h.weights)-len(scores):]
	sum := 0.0
	for class := range scores {
		scores[class] = steady(math.Exp(scores[class]/length + constant[class]))
		sum += scores[class]
	}
	for class := range scores {
		scores[class] /= sum
	}
	return scores
}

// End ends with a posting: the counts can't be used any more.
func (c *Counts) End() {
	if c == nil {
		return
	}
	for _, n := range c.met {
		c.times[n] = 0
	}
	c.met, c.values = c.met[:0], c.values[:0]
	c.of.counts.Put(c)
}
