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
	// Terms are what must stand in a document's text, or must not.
	Terms []Term
	// Filters gives the values, by facet, of which a document must have one.
	Filters map[string][]string
	// PayLeast and PayMost are rupees a year: the pay offered must reach the
	// one and not begin above the other. 0 for none.
	PayLeast, PayMost int64
	// Since and Until are dates, YYYY-MM-DD, of posting, both included; empty
	// for none.
	Since, Until string
	// Limit is the most hits to give, Offset how many to leave out before.
	Limit, Offset int
}

// Term is one word or phrase of a query.
type Term struct {
	// Words are in normal form; several are a phrase.
	Words []string
	// Not says that the phrase must not stand in the text.
	Not bool
}

// Facets are the fields that can be filtered and are counted, in the order of
// their names.
var Facets = []string{
	"city", "country", "criteria", "education", "experience_band", "function", "label", "language", "languages", "mode",
	"openings_band", "outsourced", "pay_band", "pay_kind", "posted_month", "shift", "source", "state",
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
func Words(s string) []string {
	d := text.Parse(s)
	var out []string
	for i := range d.Tokens {
		if isWord(&d.Tokens[i]) {
			out = append(out, d.Tokens[i].Norm)
		}
	}
	return out
}

func isWord(t *text.Token) bool { return t.Kind == text.Word || t.Kind == text.Number }

// MaxHits is the furthest hit that a query may ask for: Limit and Offset
// together.
const MaxHits = 100_000

// Check refuses a query that no index can answer.
func (q *Query) Check() error {
	for name := range q.Filters {
		if !slices.Contains(Facets, name) {
			return fmt.Errorf("unknown filter %q: expected one of %s", name, strings.Join(Facets, ", "))
		}
	}
	if q.Limit < 0 || q.Offset < 0 || q.Limit > MaxHits || q.Offset > MaxHits-q.Limit {
		return fmt.Errorf("limit %d, offset %d: expected numbers from 0 on, %d together at most", q.Limit, q.Offset, MaxHits)
	}
	if q.PayLeast < 0 || q.PayMost < 0 {
		return fmt.Errorf("pay from %d to %d: expected rupees from 0 on", q.PayLeast, q.PayMost)
	}
	for _, date := range []string{q.Since, q.Until} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return fmt.Errorf("expected a date such as 2026-01-31, got %q", date)
		}
	}
	for _, t := range q.Terms {
		if len(t.Words) == 0 || slices.Contains(t.Words, "") {
			return errors.New("a term of the query has no words")
		}
	}
	return nil
}
