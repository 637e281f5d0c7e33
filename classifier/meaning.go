package classifier

import (
	"slices"
	"strings"
	"sync"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
	"jobsieve/text"
)

// sense is one term of a list of the lexicon that rules combine.
type sense struct {
	list     int32 // number of the list among those that rules combine
	kind     int8  // place in lexicon.Kinds
	hinglish bool
	// lists is in how many lists of its kind the term stands: alone it counts less
	// the more they are; in a combination the others settle what it means.
	lists int32
	// strength is how much the term says: more where it has several words, less
	// where it stands in several lists.
	strength float64
}

// meanings are the lists of the lexicon that rules combine, with their terms.
type meanings struct {
	number map[string]int // of the lists, by name
	senses []sense
	terms  *phrase.Terms
	// rules are those that have a list as their first part, by their fields and its
	// number.
	rules map[job.Field][][]int
}

// combination is what a rule asks of a sentence: a term of one of the lists of
// each part, and none of the lists under but.
type combination struct {
	parts [][]int
	but   []int
	// partSets and butSet have the same lists.
	partSets []listSet
	butSet   listSet
}

// listSet has a bit for each list by its number.
type listSet []uint64

func (s listSet) put(list int) { s[list/64] |= 1 << (list % 64) }

func (s listSet) has(list int) bool { return s[list/64]>>(list%64)&1 != 0 }

// meets reports a list that both have.
func (s listSet) meets(o listSet) bool {
	for i, bits := range s {
		if bits&o[i] != 0 {
			return true
		}
	}
	return false
}

// set gives lists as a set.
func (m *meanings) set(lists ...int) listSet {
	s := make(listSet, len(m.number)/64+1)
	for _, l := range lists {
		s.put(l)
	}
	return s
}

// compileMeanings enters the lists that rules combine.
func (s *spec) compileMeanings(c *Classifier) {
	m := &meanings{number: map[string]int{}, terms: phrase.NewTerms()}
	c.meanings = m
	for i := range c.rules {
		r := &c.rules[i]
		if len(r.spec.All) == 0 {
			continue
		}
		r.all = &combination{}
		for j, part := range r.spec.All {
			r.all.parts = append(r.all.parts, s.listsOf(m, r.spec, part, "all", j))
		}
		for j, part := range r.spec.But {
			r.all.but = append(r.all.but, s.listsOf(m, r.spec, part, "but", j)...)
		}
	}
	if len(s.faults) > 0 {
		return // nothing will be matched, and the terms have been checked
	}
	s.enterTerms(c, m)
	for i := range c.rules {
		if a := c.rules[i].all; a != nil {
			for _, part := range a.parts {
				a.partSets = append(a.partSets, m.set(part...))
			}
			a.butSet = m.set(a.but...)
		}
	}
	m.rules = map[job.Field][][]int{}
	for _, f := range Fields {
		m.rules[f] = c.rulesByList(f)
	}
}

// rulesByList gives the rules for a field that have a list as their first part, by
// its number.
func (c *Classifier) rulesByList(f job.Field) [][]int {
	out := make([][]int, len(c.meanings.number))
	for i := range c.rules {
		if r := &c.rules[i]; r.all != nil && r.fields[f] {
			for _, l := range r.all.parts[0] {
				out[l] = append(out[l], i)
			}
		}
	}
	return out
}

// listsOf gives the numbers of the lists that a part of a rule names.
func (s *spec) listsOf(m *meanings, r *ruleSpec, part, key string, at int) (out []int) {
	for _, name := range strings.Split(part, "|") {
		name = strings.TrimSpace(name)
		if !s.lexicon.Has(name) {
			_, err := s.lexicon.Entries(name) // says what was meant
			s.fault(r, err.Error(), key, at)
			continue
		}
		n, ok := m.number[name]
		if !ok {
			n = len(m.number)
			m.number[name] = n
		}
		out = append(out, n)
	}
	return out
}

// enterTerms adds the terms of every list that rules combine.
func (s *spec) enterTerms(c *Classifier, m *meanings) {
	c.common = phrase.NewTable(s.commonness())
	lists := s.lexicon.Lists()
	m.senses = make([]sense, 0, countWords(lists))
	for i := range lists {
		l := &lists[i]
		n, ok := m.number[l.Name]
		if !ok {
			continue
		}
		for k, words := range []lexicon.Words{l.English, l.Hindi, l.Hinglish} {
			of := sense{list: int32(n), kind: int8(slices.Index(lexicon.Kinds, l.Kind)), hinglish: k == 2, lists: 1}
			for _, term := range words {
				of.strength = s.strengthOf(term, c.common)
				if s.enter(m, term, of.hinglish) {
					m.senses = append(m.senses, of)
				}
			}
		}
	}
	m.terms.Done()
	m.terms.Shared(m.share)
}

// countWords counts the entries of lists.
func countWords(lists []lexicon.List) (n int) {
	for i := range lists {
		n += len(lists[i].English) + len(lists[i].Hindi) + len(lists[i].Hinglish)
	}
	return n
}

// enter adds a term as the next sense; where it has faults, which the check of the
// lexicon tells, it does not.
func (s *spec) enter(m *meanings, term string, hinglish bool) bool {
	resolved, err := s.lexicon.Resolve(term)
	return err == nil && m.terms.Add(resolved, hinglish, len(m.senses)) == nil
}

// share notes in how many lists of its kind each of the senses of one term stands.
func (m *meanings) share(senses []int) {
	for _, v := range senses {
		of := &m.senses[v]
		var lists []int32
		for _, o := range senses {
			if s := &m.senses[o]; s.kind == of.kind && !slices.Contains(lists, s.list) {
				lists = append(lists, s.list)
			}
		}
		of.lists = max(of.lists, int32(len(lists)))
	}
}

// commonLists are the lists of common words, the commonest first.
var commonLists = []string{"common-in-5", "common-in-20", "common-in-100"}

// commonness gives words that stand in very many postings the share that they
// count.
func (s *spec) commonness() map[string]float64 {
	out := map[string]float64{}
	for i, name := range commonLists {
		words, err := s.lexicon.Entries(name)
		if err != nil || i >= len(s.scoring.Common) {
			continue // told elsewhere
		}
		for _, w := range words {
			out[w] = s.scoring.Common[i]
		}
	}
	return out
}

// strengthOf says how much a term tells: more the rarer its rarest word, and the
// more words it has.
func (s *spec) strengthOf(term string, common *phrase.Table[float64]) float64 {
	rarest, words := 0.0, 0
	for w := range strings.FieldsSeq(term) {
		words++
		share, ok := common.Of(w)
		if !ok {
			share = 1
		}
		rarest = max(rarest, share)
	}
	return s.scoring.tells(rarest, words)
}

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
