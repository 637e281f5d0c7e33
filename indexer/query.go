package indexer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"jobsieve/internal/sentence"
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
	// Openings is how many people are sought.
	Openings Span
	// Where are more conditions, all of which must hold. They have no words and no
	// concepts, so that a document tells by itself; they count nothing in the order.
	Where []Term `json:",omitempty"`
	// Order is that of the hits; empty for OrderRelevance.
	Order Order `json:",omitempty"`
	// After is the rank of a document in Order, which is not that of relevance: hits are
	// those after it, whether or not the document is still there, while the total and the
	// facets stay those of all. Offset is 0 with it. Nil for hits from the first on.
	After *Rank `json:",omitempty"`
	// Uncounted says that nobody needs the facets of the answer, or other counts.
	Uncounted bool
	// Limit is the most hits to give, Offset how many to leave out before them.
	Limit, Offset int
}

// All reports a query that every document passes.
func (q *Query) All() bool {
	return len(q.Terms)+len(q.Filters)+len(q.Not)+len(q.Where) == 0 && q.Bounds().IsZero()
}

// Facets are the names of the fields that the answer counts.
func (q *Query) Facets() []string {
	if q.Uncounted {
		return nil
	}
	return Fields.Facets()
}

// Parts are the parts of a document in which words can be asked for.
var Parts = HighlightFields[:len(HighlightFields)-1]

// The parts whose words count more than others, and how much more.
const (
	PartTitle   = "title"
	PartCompany = "company"
	PartBoost   = 3
)

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
			return nil, sentence.Wrong("query", "query %q: %s", s, sentence.OfError(err))
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
			return t, nil, sentence.Wrong("open_phrase",
				"a phrase begins with a quotation mark and does not end with one")
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
func Words(s string) []string { return text.Words(s) }

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
	if err := q.checkAfter(); err != nil {
		return err
	}
	if err := errors.Join(q.Order.check(), q.Bounds().check(), checkTerms(q.Where, MostNested)); err != nil {
		return err
	}
	if slices.ContainsFunc(q.Where, asksWords) {
		return errors.New("a condition of the query asks for words")
	}
	return checkTerms(q.Terms, MostNested)
}

func (q *Query) checkAfter() error {
	switch {
	case q.After == nil:
		return nil
	case q.Offset != 0:
		return errors.New("after: expected it without an offset")
	}
	return q.After.Check(q.Order)
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
