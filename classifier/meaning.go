package classifier

import (
	"slices"
	"strings"

	"jobsieve/job"
	"jobsieve/lexicon"
	"jobsieve/lexicon/phrase"
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
