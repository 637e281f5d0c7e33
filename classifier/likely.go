package classifier

import (
	"cmp"
	"slices"

	"jobsieve/classifier/likeness"
	"jobsieve/job"
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
		c.learntOf = append(c.learntOf, slices.Index(c.learnt.Labels(), c.sides[i].label))
	}
}

// Words calls add with each word of a posting that likeness is about: those of
// the title and the skills, and of the sentences of the description about the work
// and the applicant.
func (c *Classifier) Words(docs Docs, add func(norm string, title bool)) {
	for _, f := range Fields {
		c.sentencesOf(f, docs(f)).words(func(t *text.Token, _ text.Key) { add(t.Norm, f == job.FieldTitle) })
	}
}

// words calls add with each word that likeness is about.
func (s *sentences) words(add func(*text.Token, text.Key)) {
	keys := s.doc.Keys()
	for i := range s.doc.Tokens {
		t, k := &s.doc.Tokens[i], &s.kind[s.sentence(i)]
		if t.Kind == text.Word && !k[aboutEmployer] && !k[aboutApplying] && !k[aboutBackground] {
			add(t, keys[i])
		}
	}
}

func (c *Classifier) beginWords() *likeness.Counts {
	if c.learnt == nil {
		return nil
	}
	return c.learnt.Begin()
}

// count adds the words of a text to counts, nil for none.
func (s *sentences) count(counts *likeness.Counts) {
	if counts != nil {
		s.words(func(t *text.Token, key text.Key) { counts.Add(t.Norm, key, s.field == job.FieldTitle) })
	}
}

// endWords says how likely the words make each label, in the order of the sides.
func (c *Classifier) endWords(counts *likeness.Counts) []float64 {
	if counts == nil {
		return nil
	}
	shares := counts.End()
	if shares == nil {
		return nil
	}
	out := make([]float64, len(c.sides))
	for i, n := range c.learntOf {
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
	words := c.beginWords()
	if words == nil {
		return nil
	}
	for _, f := range Fields {
		c.sentencesOf(f, docs(f)).count(words)
	}
	for i, l := range c.learnt.Labels() {
		out = append(out, Likely{Label: l, Words: words.Telling(i, tellingWords)})
	}
	shares := words.End()
	if shares == nil {
		return nil
	}
	for i := range out {
		out[i].Share = shares[i]
	}
	slices.SortStableFunc(out, func(a, b Likely) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// addLikely adds to each side what the words give it. They say nothing where rules
// speak for a label that they do not know.
func (c *Classifier) addLikely(t *contest, sides []side, likely []float64) {
	if likely == nil {
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
			s.liked = c.scoring.Likeness * sum * likely[s.at]
		}
	}
	t.liked = c.scoring.Likeness * sum * likely[0]
}
