package classifier

import (
	"cmp"
	"slices"

	"jobsieve/classifier/likeness"
	"jobsieve/job"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// learn makes the classifier ask the words of labelled postings, unless the scoring
// leaves them out or they know none of the labels.
func (c *Classifier) learn() {
	if c.scoring.Likeness == 0 {
		return
	}
	c.learnt = likeness.Default()
	for i := range c.sides {
		c.learntOf = append(c.learntOf, slices.Index(c.learnt.Classes(likeness.Labels), string(c.sides[i].label)))
	}
	if len(c.sides) < 2 || slices.Max(c.learntOf[1:]) < 0 {
		c.learnt = nil
		return
	}
	for _, f := range c.works {
		c.learntAs = append(c.learntAs, slices.Index(c.learnt.Classes(likeness.Functions), string(f)))
	}
}

// likely is how likely the words of a posting make each label, in the order of the
// sides, and, where it is asked, each of some functions by their numbers, as if there
// were no others.
type likely struct {
	sides []float64
	works func(numbers []int) []float64
}

// Words calls add with each word of a posting that likeness is about: those of
// the title and the skills, and of the sentences of the description about the work
// and the applicant.
func (c *Classifier) Words(docs Docs, add func(norm string, title bool)) {
	for _, f := range Fields {
		c.sentences(f, docs(f), func(s *sentences, _ []phrase.Found) {
			s.words(func(i int) { add(s.doc.Tokens[i].Norm, f == job.FieldTitle) })
		})
	}
}

// words calls add with each token that is a word which likeness is about.
func (s *sentences) words(add func(token int)) {
	for i := range s.doc.Tokens {
		k := &s.kind[s.sentence(i)]
		if s.doc.Tokens[i].Kind == text.Word && !k[aboutEmployer] && !k[aboutApplying] && !k[aboutBackground] {
			add(i)
		}
	}
}

// count adds the words of a text to counts, nil for none.
func (s *sentences) count(counts *likeness.Counts) {
	if counts != nil {
		s.words(func(i int) { counts.Add(s.doc, i, s.field == job.FieldTitle) })
	}
}

// likelyBy says what the words make likely, nil where they say nothing. It holds
// until counts end.
func (c *Classifier) likelyBy(counts *likeness.Counts) *likely {
	shares := counts.Shares(likeness.Labels)
	if shares == nil {
		return nil
	}
	return &likely{
		sides: inOrder(c.learntOf, shares),
		works: func(numbers []int) []float64 { return counts.Among(likeness.Functions, numbers) },
	}
}

// inOrder gives the shares of the numbers, 0 for those below 0.
func inOrder(numbers []int, shares []float64) []float64 {
	out := make([]float64, len(numbers))
	for i, n := range numbers {
		if n >= 0 {
			out[i] = shares[n]
		}
	}
	return out
}

// Likely is how likely the words of a posting make a label, beside postings that
// people labelled.
type Likely struct {
	Label job.Label
	Share float64 // 0 to 1; those of all labels add up to 1
	// Words are some that speak most for it.
	Words []string
}

// tellingWords is how many words are told for a label.
const tellingWords = 5

// Likely says how likely the words of a posting make each label, the likeliest
// first; nothing where they say nothing.
func (c *Classifier) Likely(docs Docs) (out []Likely) {
	words := c.learnt.Begin()
	defer words.End()
	for _, f := range Fields {
		c.sentences(f, docs(f), func(s *sentences, _ []phrase.Found) { s.count(words) })
	}
	shares := words.Shares(likeness.Labels)
	if shares == nil {
		return nil
	}
	for i, n := range c.learntOf {
		if n >= 0 {
			out = append(out, Likely{c.sides[i].label, shares[n], words.Telling(n, tellingWords)})
		}
	}
	slices.SortStableFunc(out, func(a, b Likely) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// addLikely adds to each side what the words give it. They say nothing where rules
// speak for a label that they do not know.
func (c *Classifier) addLikely(t *contest, sides []side, l *likely) {
	if l == nil {
		return
	}
	sum := t.against()
	for i := range sides {
		if sides[i].functions > 0 && c.learntOf[sides[i].at] < 0 {
			return
		}
		sum += sides[i].points()
	}
	for i := range sides {
		if s := &sides[i]; s.functions > 0 {
			s.liked = c.scoring.Likeness * sum * l.sides[s.at]
		}
	}
	t.liked = c.scoring.Likeness * sum * l.sides[0]
}

// likeliest gives the number of a label's function by what the rules say for each,
// and what the words do. It is that of the strongest where rules speak for a
// function that the words do not know.
func (c *Classifier) likeliest(strongest int, totals []float64, side *workSide, l *likely) int {
	if l == nil {
		return strongest
	}
	var spoken, learnt []int
	said := 0.0
	for _, work := range side.works {
		if totals[work] == 0 {
			continue
		}
		if c.learntAs[work] < 0 {
			return strongest
		}
		spoken, learnt = append(spoken, work), append(learnt, c.learntAs[work])
		said += totals[work]
	}
	if len(spoken) < 2 {
		return strongest
	}
	best := 0.0
	for i, share := range l.works(learnt) {
		work := spoken[i]
		if v := totals[work]/said + c.scoring.Functions*share; v > best {
			best, strongest = v, work
		}
	}
	return strongest
}
