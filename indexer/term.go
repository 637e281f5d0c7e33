package indexer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Term is one condition of a query. It is of one kind: words, a concept, values,
// bounds, a field that has some value, or other terms.
type Term struct {
	// Words are in normal form; several are a phrase.
	Words []string `json:",omitempty"`
	// Concept is a list of the lexicon, one of whose words must be in the text.
	Concept string `json:",omitempty"`
	// Part is the part of a document that must have the words or the concept, one of
	// Parts; empty for any.
	Part string `json:",omitempty"`
	// Values are, by field, values of which a document must have one, as in
	// Query.Filters.
	Values map[string][]string `json:",omitempty"`
	// Known is a field of which a document must have any value, as in Query.Filters.
	Known string `json:",omitempty"`
	// Bounds are what must be offered, or asked for, and when.
	Bounds Bounds
	// Of Any one must hold, or Least of them where that is more; of All every one.
	Any, All []Term `json:",omitempty"`
	Least    int    `json:",omitempty"`
	// Weight is what the term counts in the order of hits, beside the words: these
	// count 1 unless something else is said, all others nothing.
	Weight float64 `json:",omitempty"`
	// Not says that the term must not hold.
	Not bool `json:",omitempty"`
}

// MostNested is how deep terms may stand in terms.
const MostNested = 8

func checkTerms(terms []Term, depth int) error {
	for i := range terms {
		t := &terms[i]
		kinds := 0
		for _, has := range []bool{
			len(t.Words) > 0, t.Concept != "", len(t.Values) > 0, t.Known != "", !t.Bounds.IsZero(), len(t.Any) > 0,
			len(t.All) > 0,
		} {
			if has {
				kinds++
			}
		}
		switch {
		case kinds != 1 || slices.Contains(t.Words, ""):
			return errors.New("a term of the query has no words, or is of several kinds")
		case t.Part != "" && !slices.Contains(Parts, t.Part):
			return fmt.Errorf("unknown part %q: expected one of %s", t.Part, strings.Join(Parts, ", "))
		case t.Least < 0 || t.Least > len(t.Any):
			return fmt.Errorf("expected up to %d of %d terms to hold, got %d", len(t.Any), len(t.Any), t.Least)
		case depth == 0:
			return errors.New("terms of the query stand too deep in others")
		}
		err := errors.Join(checkFilters(t.Values), checkKnown(t.Known), t.Bounds.check(), checkTerms(t.Any, depth-1),
			checkTerms(t.All, depth-1))
		if err != nil {
			return err
		}
	}
	return nil
}

func checkKnown(name string) error {
	if name == "" {
		return nil
	}
	return checkFilters(map[string][]string{name: nil})
}

// asksWords reports a term that only an index answers.
func asksWords(t Term) bool {
	return len(t.Words) > 0 || t.Concept != "" || slices.ContainsFunc(t.Any, asksWords) ||
		slices.ContainsFunc(t.All, asksWords)
}

// Matches reports a document for which the term holds. For words and concepts, which
// only an index finds, it holds for none.
func (t *Term) Matches(d *Document) bool {
	is := false
	switch {
	case len(t.Any) > 0:
		n := 0
		for i := range t.Any {
			if t.Any[i].Matches(d) {
				n++
			}
		}
		is = n >= max(1, t.Least)
	case len(t.All) > 0:
		is = allMatch(t.All, d)
	case len(t.Values) > 0:
		is = hasEach(d, t.Values)
	case t.Known != "":
		f, ok := Fields.Field(t.Known)
		is = ok && len(Fields.Filtered(f, d)) > 0
	case !t.Bounds.IsZero():
		is = t.Bounds.Matches(d)
	}
	return is != t.Not
}

// allMatch reports a document for which every term holds.
func allMatch(terms []Term, d *Document) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool { return !t.Matches(d) })
}
