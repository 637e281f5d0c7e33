package likeness

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

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

// kind tells apart terms of the same letters.
type kind text.Key

const (
	inTitle kind = 1 << iota
	isStem
)

// keyOf gives the key of a term.
func keyOf(letters text.Key, kinds kind) text.Key {
	return letters ^ text.Key(kinds)*0x9E3779B97F4A7C15
}

// Index finds the terms of a model by the keys of a parsed text. It may be used by
// several goroutines.
type Index struct {
	heads  []head
	terms  []string // by number
	number map[text.Key]int32
	idf    []float64
	counts sync.Pool
}

// Index makes m ready for parsed texts.
func (m *Model) Index() *Index {
	x := &Index{heads: m.heads, number: make(map[text.Key]int32, len(m.terms))}
	x.idf, x.terms = make([]float64, len(m.in)), make([]string, len(m.in))
	for n, in := range m.in {
		x.idf[n] = m.idf(in)
	}
	for term, n := range m.terms {
		x.number[keyOfTerm(term)], x.terms[n] = int32(n), term
	}
	x.counts.New = func() any { return &Counts{of: x, times: make([]uint16, len(x.idf))} }
	return x
}

// keyOfTerm gives the key of a term as Terms writes it.
func keyOfTerm(term string) text.Key {
	var kinds kind
	if rest, found := strings.CutPrefix(term, titleMark); found {
		kinds, term = inTitle, rest
	}
	if term[0] == stemMark {
		kinds, term = kinds|isStem, term[1:]
	}
	return keyOf(text.KeyOf(term), kinds)
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

// Begin begins with a posting; End must follow.
func (x *Index) Begin() *Counts { return x.counts.Get().(*Counts) }

// Add counts a word, of which key is the key.
func (c *Counts) Add(norm string, key text.Key, title bool) {
	var kinds kind
	if title {
		kinds = inTitle
	}
	c.count(keyOf(key, kinds))
	if stem := stemOf(norm); len(stem) < len(norm) {
		key = text.KeyOf(stem)
	}
	c.count(keyOf(key, kinds|isStem))
}

func (c *Counts) count(key text.Key) {
	n, known := c.of.number[key]
	if !known || c.times[n] == math.MaxUint16 {
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
	if len(c.met) == 0 {
		return nil
	}
	if len(c.values) == 0 {
		c.length = 0
		for _, n := range c.met {
			v := (1 + steady(math.Log(float64(c.times[n])))) * c.of.idf[n]
			c.values = append(c.values, v)
			c.length += float64(v * v)
		}
		c.length = math.Sqrt(c.length)
	}
	return c.of.heads[kind].shares(c.met, c.values, c.length)
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
	for _, n := range c.met {
		c.times[n] = 0
	}
	c.met, c.values = c.met[:0], c.values[:0]
	c.of.counts.Put(c)
}
