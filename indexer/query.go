package indexer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"jobsieve/text"
)

// Query asks an index. Its parts are ANDed.
type Query struct {
	// Terms are what must be in a document's text, or must not.
	Terms []Term
	// Filters gives the values, by field, of which a document must have one, Not
	// those of which it must have none. The fields are those of Fields that have a
	// filter; case counts except for companies.
	Filters, Not map[string][]string
	// PayLeast and PayMost are rupees a year: the pay offered must reach the
	// former and not begin above the latter. 0 for none.
	PayLeast, PayMost int64
	// Since and Until are dates, YYYY-MM-DD, of posting, both included; empty
	// for none.
	Since, Until string
	// SeenSince and SeenUntil are the same for when it was first seen.
	SeenSince, SeenUntil string
	// Experience is in years: the span that a document asks for must overlap it.
	Experience Span
	// Uncounted says that nobody needs the facets of the answer, or other counts.
	Uncounted bool
	// Limit is the most hits to give, Offset how many to leave out before them.
	Limit, Offset int
}

// Term is one condition of a query. It is of one kind: words, a concept, values,
// bounds, or other terms.
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
	// Bounds are what must be offered, or asked for.
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

// Bounds are those of pay, in rupees a year, and of experience, as a query has them.
type Bounds struct {
	PayLeast, PayMost int64
	Experience        Span
}

// IsZero reports bounds that let every document pass.
func (b *Bounds) IsZero() bool { return b.PayLeast <= 0 && b.PayMost <= 0 && b.Experience.IsZero() }

// All reports a query that every document passes.
func (q *Query) All() bool {
	bounded := q.PayLeast > 0 || q.PayMost > 0 || !q.Experience.IsZero()
	dated := q.Since != "" || q.Until != "" || q.SeenSince != "" || q.SeenUntil != ""
	return len(q.Terms)+len(q.Filters)+len(q.Not) == 0 && !bounded && !dated
}

// Facets are the names of the fields that the answer counts.
func (q *Query) Facets() []string {
	if q.Uncounted {
		return nil
	}
	return Fields.Facets()
}

// Bounds gives the query's own.
func (q *Query) Bounds() *Bounds {
	return &Bounds{PayLeast: q.PayLeast, PayMost: q.PayMost, Experience: q.Experience}
}

// Parts are the parts of a document in which words can be asked for.
var Parts = HighlightFields[:len(HighlightFields)-1]

// The parts whose words count more than others, and how much more.
const (
	PartTitle   = "title"
	PartCompany = "company"
	PartBoost   = 3
)

// Span is from Least to Most, both included; nil where that side is open.
type Span struct {
	Least, Most *float64
}

// IsZero reports a span that is open on both sides.
func (s Span) IsZero() bool { return s.Least == nil && s.Most == nil }

// Rounded gives the span as an index compares it, which holds years in 32 bits.
func (s Span) Rounded() Span {
	round := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		r := float64(float32(*v))
		return &r
	}
	return Span{round(s.Least), round(s.Most)}
}

// FacetSize is the most values that an answer gives for a facet.
const FacetSize = 50

// ParseTerms reads what a person types: words, "phrases" in quotation marks,
// and either with a "-" before it to exclude it.
func ParseTerms(s string) ([]Term, error) {
	var terms []Term
	rest := []rune(s)
	for {
		for len(rest) > 0 && unicode.IsSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return terms, nil
		}
		var t Term
		var err error
		if t, rest, err = nextTerm(rest); err != nil {
			return nil, fmt.Errorf("query %q: %w", s, err)
		}
		if len(t.Words) > 0 {
			terms = append(terms, t)
		}
	}
}

func nextTerm(rest []rune) (t Term, after []rune, err error) {
	if rest[0] == '-' && len(rest) > 1 && !unicode.IsSpace(rest[1]) {
		t.Not, rest = true, rest[1:]
	}
	end := 0
	if isQuote(rest[0]) {
		rest = rest[1:]
		if end = slices.IndexFunc(rest, isQuote); end < 0 {
			return t, nil, fmt.Errorf("a phrase begins with a quotation mark and does not end with one")
		}
		after = rest[end+1:]
	} else {
		for end < len(rest) && !unicode.IsSpace(rest[end]) && !isQuote(rest[end]) {
			end++
		}
		after = rest[end:]
	}
	t.Words = Words(string(rest[:end]))
	return t, after, nil
}

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }

// Words gives the words and numbers of a text in normal form, as an index
// holds them.
func Words(s string) []string { return wordsOf(text.Parse(s)) }

func wordsOf(d *text.Doc) []string {
	var out []string
	for i := range d.Tokens {
		if IsWord(&d.Tokens[i]) {
			out = append(out, d.Tokens[i].Norm)
		}
	}
	return out
}

// IsWord reports a token that an index holds: a word or a number.
func IsWord(t *text.Token) bool { return t.Kind == text.Word || t.Kind == text.Number }

// MaxHits is the furthest hit that a query may ask for: Limit and Offset
// together.
const MaxHits = 100_000

// Check refuses a query that no index can answer.
func (q *Query) Check() error {
	if err := errors.Join(checkFilters(q.Filters), checkFilters(q.Not)); err != nil {
		return err
	}
	if q.Limit < 0 || q.Offset < 0 || q.Limit > MaxHits || q.Offset > MaxHits-q.Limit {
		return fmt.Errorf("limit %d, offset %d: expected numbers from 0 on, %d together at most", q.Limit, q.Offset,
			MaxHits)
	}
	if q.PayLeast < 0 || q.PayMost < 0 {
		return fmt.Errorf("pay from %d to %d: expected rupees from 0 on", q.PayLeast, q.PayMost)
	}
	for _, date := range []string{q.Since, q.Until, q.SeenSince, q.SeenUntil} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return fmt.Errorf("expected a date such as 2026-01-31, got %q", date)
		}
	}
	return checkTerms(q.Terms, mostNested)
}

// mostNested is how deep terms may stand in terms.
const mostNested = 8

func checkTerms(terms []Term, depth int) error {
	for i := range terms {
		t := &terms[i]
		kinds := 0
		for _, has := range []bool{
			len(t.Words) > 0, t.Concept != "", len(t.Values) > 0, !t.Bounds.IsZero(), len(t.Any) > 0, len(t.All) > 0,
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
		err := errors.Join(checkFilters(t.Values), checkTerms(t.Any, depth-1), checkTerms(t.All, depth-1))
		if err != nil {
			return err
		}
	}
	return nil
}

// Ranked reports terms by which hits have an order: some that are wanted.
func Ranked(terms []Term) bool {
	return slices.ContainsFunc(terms, func(t Term) bool { return !t.Not })
}

// checkFilters refuses names of fields that have no filter.
func checkFilters(values map[string][]string) error {
	for name := range values {
		if f, ok := Fields.Field(name); !ok || f.Filter == "" {
			return fmt.Errorf("unknown filter %q: expected one of %s", name, strings.Join(filterFields(), ", "))
		}
	}
	return nil
}

// filterFields are the names of the fields that have a filter.
func filterFields() []string {
	return Fields.names(func(f *Field) string {
		if f.Filter != "" {
			return f.Name
		}
		return ""
	})
}
