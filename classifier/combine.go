package classifier

import (
	"slices"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// hit is a term found in a text.
type hit struct {
	phrase.Found
	list, lists int32
	strength    float64
	aside       bool // within words that say something beside the work: it holds rules back alone
}

// matchMeanings finds what the rules that combine lists say about a field.
func (c *Classifier) matchMeanings(s *sentences, hinglish func() bool, out []match) []match {
	u := units.Get().(*unit)
	defer units.Put(u)
	u.found = u.found[:0]
	u.find(c, s, hinglish)
	hits := u.found
	if len(hits) > 0 {
		u.begin(c, s)
	}
	for len(hits) > 0 {
		u.number = s.sentence(hits[0].First) + 1
		n := 1
		for n < len(hits) && s.sentence(hits[n].First)+1 == u.number {
			n++
		}
		u.hits = hits[:min(n, mostHits)]
		out = c.combine(u, out)
		hits = hits[n:]
	}
	return out
}

// find finds the terms in a text, but for those within longer ones of the
// same kind and for denied ones. Those that begin together are looked at together.
func (u *unit) find(c *Classifier, s *sentences, hinglish func() bool) {
	senses := c.meanings.senses
	u.reaches = zeroed(u.reaches, len(lexicon.Kinds))
	c.meanings.terms.Visit(s.doc, func(found []phrase.Found) {
		for len(found) > 0 {
			here := found[:together(found)]
			found = found[len(here):]
			for _, f := range here {
				kind := &u.reaches[senses[f.Value].kind]
				kind.at(f.First)
				kind.note(f)
			}
			end, gone, aside := 0, false, false
			for _, f := range here {
				if f.End != end {
					end, gone, aside = f.End, s.denied(f), s.aside(f)
				}
				of := &senses[f.Value]
				if !gone && !u.reaches[of.kind].beyond(f) && (!of.hinglish || hinglish()) {
					u.found = append(u.found, hit{f, of.list, of.lists, of.strength, aside})
				}
			}
		}
	})
}

// units are reused.
var units = sync.Pool{New: func() any { return new(unit) }}

// begin makes u ready for the sentences of a text.
func (u *unit) begin(c *Classifier, s *sentences) {
	u.s, u.rules = s, c.meanings.rules[s.field]
	u.tried = zeroed(u.tried, len(c.rules))
}

// unit is a sentence, or a piece of a long one, with the terms in it.
type unit struct {
	s      *sentences
	number int // from 1 on
	hits   []hit
	// rules are those for the field by their first lists.
	rules [][]int
	// tried gives the last unit that each rule was tried on.
	tried []int
	has   listSet // those with a term in the unit
	gone  listSet // those whose rules were tried
	found []hit   // those of the whole text
	// reaches are those of the terms of each kind.
	reaches []reach
}

// mostHits is the most terms of one unit that are combined.
const mostHits = 60

// combine finds the rules whose parts all stand in one unit.
func (c *Classifier) combine(u *unit, out []match) []match {
	u.has = zeroed(u.has, len(c.meanings.number)/64+1)
	u.gone = zeroed(u.gone, len(u.has))
	for i := range u.hits {
		u.has.put(int(u.hits[i].list))
	}
	for i := range u.hits {
		if u.gone.has(int(u.hits[i].list)) {
			continue
		}
		u.gone.put(int(u.hits[i].list))
		for _, r := range u.rules[u.hits[i].list] {
			if u.tried[r] == u.number {
				continue
			}
			u.tried[r] = u.number
			if m, ok := c.combined(u, r); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// combined tries a rule on a unit.
func (c *Classifier) combined(u *unit, r int) (match, bool) {
	rule, s := &c.rules[r], u.s
	k := u.number - 1
	for _, part := range rule.all.partSets[1:] { // the first one led to the rule
		if !part.meets(u.has) {
			return match{}, false
		}
	}
	if rule.all.butSet.meets(u.has) || rule.spec.Wanted && s.field == job.FieldDescription && !s.kind[k][aboutWanted] {
		return match{}, false
	}
	m, ok := rule.all.in(u.hits, c.scoring.Distance)
	if !ok {
		return m, false
	}
	m.rule, m.field = r, s.field
	s.describe(&m, k, m.start, m.end)
	m.start, m.end = s.doc.Tokens[m.start].Start, s.doc.Tokens[m.end-1].End
	return m, true
}

// mostParts is the most parts of a combination.
const mostParts = 4

// valueBits holds the value of any term.
const valueBits = 20

// mostTried is how many terms are tried for one part, the strongest first.
const mostTried = 5

// in finds the best term for each part, no two in the same place. The match's
// start and end are tokens.
func (a *combination) in(hits []hit, distance float64) (match, bool) {
	var taken [mostParts]*hit
	m := match{start: -1}
	if !a.fill(hits, taken[:0], len(a.parts)) {
		return m, false
	}
	gap := 0
	for _, h := range taken[:len(a.parts)] {
		m.strength += h.strength / float64(len(a.parts))
		m.said = m.said<<valueBits ^ text.Key(h.Value+1)
		if m.start < 0 || h.First < m.start {
			m.start = h.First
		}
		m.end = max(m.end, h.End)
		gap -= h.End - h.First
	}
	if len(a.parts) == 1 {
		m.strength /= float64(taken[0].lists)
	}
	gap += m.end - m.start
	m.strength /= 1 + float64(max(0, gap-2))/distance
	return m, true
}

// fill adds a term for each further part to taken, which has room for all.
func (a *combination) fill(hits []hit, taken []*hit, parts int) bool {
	p := len(taken)
	if p == parts {
		return true
	}
	var tried [mostTried]*hit
	for n := range tried {
		if tried[n] = a.best(hits, a.partSets[p], taken, tried[:n]); tried[n] == nil {
			return false
		}
		if a.fill(hits, append(taken, tried[n]), parts) {
			return true
		}
	}
	return false
}

// best gives the strongest term of some lists that is not where others are, nor
// among those that were tried.
func (a *combination) best(hits []hit, lists listSet, taken, tried []*hit) (best *hit) {
	for i := range hits {
		h := &hits[i]
		if h.aside || best != nil && h.strength <= best.strength || !lists.has(int(h.list)) || slices.Contains(tried, h) {
			continue
		}
		if !slices.ContainsFunc(taken, func(o *hit) bool { return o.First < h.End && h.First < o.End }) {
			best = h
		}
	}
	return best
}

// hinglishIn tells, once it is asked, whether a posting has words that are
// Hinglish beyond doubt.
func hinglishIn(docs Docs) func() bool {
	return sync.OnceValue(func() bool {
		n := 0
		for _, f := range Fields {
			d := docs(f)
			for i := range d.Tokens {
				if t := &d.Tokens[i]; t.Kind == text.Word && text.IsHinglish(t.Norm) {
					if n++; n > 1 {
						return true
					}
				}
			}
		}
		return false
	})
}
