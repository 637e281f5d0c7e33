package classifier

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"jobsieve/job"
	"jobsieve/text"
)

// part says what a match is taken for when a posting is weighed.
type part int

const (
	partTitle  part = iota // the title names the work
	partBorder             // the title may name it: a border title
	partDuties             // the description says what is done
	partNeeds              // it says what the applicant should bring; skills too
	partLone               // it mentions something that goes with the work
	parts
)

// said is a match that speaks for a function.
type said struct {
	match int // its number
	work  int // the function, or the trade of other work
	part  part
	value float64 // what it counts
	spot
	// place is the same for those that count together: of one part and work, and of
	// duties of one sentence.
	place uint64
}

// placeOf gives the place of what is said in a sentence.
func (p part) placeOf(work, unit int) uint64 {
	place := uint64(p)<<56 | uint64(work)<<40
	if p == partDuties {
		place |= uint64(unit)
	}
	return place
}

// scale is what is said in a posting, weighed.
type scale struct {
	// said are the matches that count, each with what it counts in the end.
	said []said
	// by gives what each part says for each kind of work.
	by [parts][]float64
	// duties says that some work is described.
	duties bool
	// conditional are the numbers of the matches of rules that name no work, the first
	// of each rule; conditions gives what they say for each label.
	conditional []int
	conditions  map[job.Label]float64
	// size is the number of sentences about the work, long ones counted as
	// several.
	size float64
	// halves says that the work has two parts of the same weight.
	halves bool
	// likely is what the words make likely; nil where they say nothing.
	likely *likely

	// counts is what each match counts, counted how often the same was said, and list
	// what was collected.
	counts  []float64
	counted map[count]int
	list    []said
}

// scales are reused.
var scales = sync.Pool{New: func() any { return new(scale) }}

// newScale gives an empty scale.
func newScale(works int) *scale {
	const large = 1000 // to clear one that a long text filled takes longer than to make one
	s := scales.Get().(*scale)
	*s = scale{
		said: s.said[:0], by: s.by, conditional: s.conditional[:0], conditions: s.conditions,
		counts: s.counts, counted: s.counted, list: s.list[:0],
	}
	if s.counted == nil || len(s.counted) > large {
		s.conditions, s.counted = map[job.Label]float64{}, map[count]int{}
	}
	clear(s.conditions)
	clear(s.counted)
	for p := range s.by {
		s.by[p] = zeroed(s.by[p], works)
	}
	return s
}

// weigh weighs what the rules matched. The scale is to be put back.
func (c *Classifier) weigh(docs Docs, ms []match) *scale {
	s := newScale(len(c.works))
	s.size = size(docs(job.FieldDescription))
	c.collect(s, ms)
	list := s.list
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].place == list[0].place {
			n++
		}
		s.keep(&c.scoring, list[:n])
		list = list[n:]
	}
	c.balance(s)
	return s
}

// collect lists the matches that name a kind of work, those that count together
// side by side, and sums up the conditions.
func (c *Classifier) collect(s *scale, ms []match) {
	leaders, borders := c.leaders(ms), c.borders(ms)
	for i := range ms {
		m := &ms[i]
		r := &c.rules[m.rule]
		if m.share == 0 {
			continue
		}
		s.halves = s.halves || m.halves
		if !r.names() {
			c.condition(s, m, i)
			continue
		}
		v := c.valueOf(m, s.counted)
		if m.field == job.FieldTitle && len(leaders) > 0 && !slices.Contains(leaders, r.label) {
			v *= c.scoring.Led
		}
		if v >= c.scoring.Least {
			x := said{match: i, work: r.work, part: r.partOf(m), value: v, spot: spot{m.field, m.start, m.end}}
			if x.part == partTitle && slices.ContainsFunc(borders, x.in) {
				x.part = partBorder
			}
			x.place = x.part.placeOf(x.work, m.unit)
			s.list = append(s.list, x)
		}
	}
	slices.SortFunc(s.list, func(a, b said) int {
		switch {
		case a.place != b.place:
			return cmp.Compare(a.place, b.place)
		case a.value != b.value:
			return cmp.Compare(b.value, a.value)
		}
		return cmp.Compare(a.match, b.match)
	})
}

// borders are the border titles in the title.
func (c *Classifier) borders(ms []match) (out []spot) {
	for i := range ms {
		if m := &ms[i]; m.field == job.FieldTitle && c.rules[m.rule].spec.Border && m.share > 0 {
			out = append(out, spot{m.field, m.start, m.end})
		}
	}
	return out
}

// in reports a match that is within a place.
func (x *said) in(o spot) bool { return x.start >= o.start && x.end <= o.end }

// partOf says what a match of a rule that names work is taken for.
func (r *rule) partOf(m *match) part {
	switch {
	case m.field == job.FieldTitle && r.spec.Border:
		return partBorder
	case m.field == job.FieldTitle:
		return partTitle
	case m.field == job.FieldDescription && r.spec.Wanted:
		return partTitle
	case m.field == job.FieldSkills || m.needs:
		return partNeeds
	case r.all != nil && len(r.all.parts) == 1, r.all == nil && m.single:
		return partLone
	}
	return partDuties
}

// count says what is counted: a rule's matches in a field, those of one phrase.
type count struct {
	rule, field int32 // the field's place in job.Fields
	said        text.Key
}

// anywhere is the place of no field.
const anywhere = -1

// condition enters a match of a rule that names no work; each rule counts once.
func (c *Classifier) condition(s *scale, m *match, i int) {
	r := &c.rules[m.rule]
	same := count{rule: int32(m.rule), field: anywhere}
	if s.counted[same]++; s.counted[same] > 1 {
		return
	}
	s.conditional = append(s.conditional, i)
	if !r.spec.Outsourced {
		s.conditions[r.label] += r.spec.Weight * c.scoring.Condition
	}
}

// mostSame is how often the same words in the same field count.
const mostSame = 3

// valueOf gives what a match counts by itself, less where its words were there
// before.
func (c *Classifier) valueOf(m *match, counted map[count]int) float64 {
	v := c.rules[m.rule].spec.Weight * c.fieldWeight(m.field) * m.strength * m.share
	if m.field == job.FieldDescription && c.rules[m.rule].all == nil {
		v *= c.scoring.Phrases
	}
	same := count{int32(m.rule), int32(slices.Index(job.Fields, m.field)), m.said}
	n := counted[same] + 1
	counted[same] = n
	switch {
	case n > mostSame:
		return 0
	case n > 1:
		return v * c.scoring.Same
	}
	return v
}

// keep enters what is said together, the most first: of several in the same place
// the one that counts most, and of the others a share.
func (s *scale) keep(sc *scoring, list []said) {
	p := list[0].part
	kept := len(s.said)
	most := sc.Most
	if p == partLone {
		most = sc.Mentioned
	}
	sum := 0.0
	for i := range list {
		x := &list[i]
		n := len(s.said) - kept
		if n >= mostTogether || slices.ContainsFunc(s.said[kept:], func(o said) bool { return o.overlaps(x) }) {
			continue
		}
		switch {
		case p == partNeeds || p == partLone:
			x.value /= float64(1 + n)
		case p == partDuties && n > 0:
			x.value *= sc.Also
		case n > 0:
			x.value *= sc.Rest
		}
		x.value = min(x.value, most-sum)
		sum += x.value
		s.said = append(s.said, *x)
	}
	s.by[p][list[0].work] += sum
	s.duties = s.duties || p == partDuties
}

// mostTogether is how many matches of one function count in one place.
const mostTogether = 30

// overlaps reports that two matches share text.
func (x *said) overlaps(o *said) bool {
	return x.field == o.field && x.start < o.end && o.start < x.end
}

// balance gives each part its weight beside the others: the less the clearer the
// duties speak.
func (c *Classifier) balance(s *scale) {
	sc := &c.scoring
	spoken, first := c.spoken(s)
	share := [parts]float64{
		partTitle:  1 - (1-sc.Overruled)*spoken,
		partBorder: 1 - (1-sc.Border)*spoken,
		partDuties: 1,
		partNeeds:  sc.Requirement * (1 - sc.Silenced*spoken),
		partLone:   sc.Lone * (1 - spoken),
	}
	shareOf := func(p part, work int) float64 {
		if (p == partTitle || p == partBorder) && s.by[partDuties][work] == 0 && first >= plain {
			return share[p] * sc.Unborne
		}
		return share[p]
	}
	for _, p := range []part{partTitle, partBorder, partNeeds, partLone} {
		for work := range s.by[p] {
			s.by[p][work] *= shareOf(p, work)
		}
	}
	for i := range s.said {
		if x := &s.said[i]; x.part != partDuties {
			x.value *= shareOf(x.part, x.work)
		}
	}
}

// plain is what a plain duty counts.
const plain = 0.4

// spoken says how much the duties speak, and how clearly for one label: from 0
// to 1; and what they say for the strongest.
func (c *Classifier) spoken(s *scale) (share, first float64) {
	second := 0.0
	for i := range c.sides {
		v, _ := c.worksOf(s.by[partDuties], &c.sides[i])
		first, second = max(first, v), max(second, min(first, v))
	}
	if first == 0 {
		return 0, 0
	}
	return min(1, first/math.Sqrt(max(1, s.size))/c.scoring.Outspoken) * (1 - second/first), first
}

// worksOf sums up a label's kinds of work: the strongest, and a share of the
// others. It gives the number of the strongest, -1 for none.
func (c *Classifier) worksOf(by []float64, side *workSide) (sum float64, strongest int) {
	best, all := 0.0, 0.0
	strongest = -1
	for _, work := range side.works {
		all += by[work]
		if by[work] > best {
			best, strongest = by[work], work
		}
	}
	return best + c.scoring.Rest*(all-best), strongest
}

// totals gives what all parts say for each kind of work.
func (s *scale) totals() []float64 {
	out := make([]float64, len(s.by[0]))
	for p := range s.by {
		for work, v := range s.by[p] {
			out[work] += v
		}
	}
	return out
}

// threshold is the least that a label needs: the more, the longer the text.
func (s *scale) threshold(sc *scoring) float64 {
	if s.size == 0 || !s.duties {
		return sc.Threshold.Title
	}
	return min(max(sc.Threshold.Root*math.Sqrt(s.size), sc.Threshold.Least), sc.Threshold.Most)
}

// longSentence is how many words of a sentence count as one sentence.
const longSentence = 25

// size counts the sentences of a description, by their words.
func size(d *text.Doc) float64 {
	n, words := 0.0, 0
	end := func() {
		if words > 1 {
			n += max(1, float64(words)/longSentence)
		}
		words = 0
	}
	for i := range d.Tokens {
		if d.Tokens[i].Kind == text.Word {
			words++
		}
		if d.Stop(i) {
			end()
		}
	}
	end()
	return n
}
