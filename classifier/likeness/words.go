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
	kinds []kind
	terms []string // by number
	idf   []float64
	// weights has a row for each term: what it weighs for each class of each kind, in the
	// hundredths of a file, so that a posting's terms take little memory to look at.
	weights []int16
	row     int      // its length
	places  [2]place // a text, a title
	counts  sync.Pool
}

// kind are the classes of one kind; the first of them is at from in each row.
type kind struct {
	classes  []string
	from     int
	constant []float64 // what each weighs in any posting
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
	x := &Index{idf: make([]float64, len(m.in)), terms: make([]string, len(m.in))}
	for i := range m.heads {
		h := &m.heads[i]
		x.kinds = append(x.kinds, kind{h.classes, x.row, h.of(len(m.in))})
		x.row += len(h.classes)
	}
	x.weights = make([]int16, 0, len(m.in)*x.row)
	for n := range m.in {
		for i := range m.heads {
			for _, w := range m.heads[i].of(n) {
				x.weights = append(x.weights, int16(math.Round(w*scale)))
			}
		}
	}
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
func (x *Index) Classes(kind int) []string { return x.kinds[kind].classes }

// of gives the row of the term of a number.
func (x *Index) of(n int32) []int16 { return x.weights[int(n)*x.row:][:x.row] }

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
		weights := c.of.of(n)[:len(c.of.kinds[0].classes)]
		all := 0.0
		for _, w := range weights {
			all += float64(w) / scale / float64(len(weights))
		}
		return c.of.idf[n] * (float64(weights[class])/scale - all)
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
	all := make([]int, len(c.of.kinds[kind].classes))
	for class := range all {
		all[class] = class
	}
	return c.Among(kind, all)
}

// Among is Shares of some classes, by their numbers, as if there were no others. A word
// must be known.
func (c *Counts) Among(kind int, classes []int) []float64 {
	c.weigh()
	x := c.of
	from := x.kinds[kind].from
	scores := make([]float64, len(classes))
	for i, n := range c.met {
		row := x.of(n)[from:]
		for k, class := range classes {
			scores[k] += float64(c.values[i] * float64(row[class]))
		}
	}
	sum := 0.0
	for k, class := range classes {
		scores[k] = steady(math.Exp(scores[k]/(scale*c.length) + x.kinds[kind].constant[class]))
		sum += scores[k]
	}
	for k := range scores {
		scores[k] /= sum
	}
	return scores
}

// weigh gives what was met its values.
func (c *Counts) weigh() {
	if len(c.values) > 0 {
		return
	}
	c.length = 0
	for _, n := range c.met {
		v := (1 + logOf(c.times[n])) * c.of.idf[n]
		c.values = append(c.values, v)
		c.length += float64(v * v)
	}
	c.length = math.Sqrt(c.length)
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
