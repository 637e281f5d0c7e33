package filter

import (
	"math"
	"strconv"
	"strings"

	"jobsieve/indexer"
	"jobsieve/internal/sentence"
)

// spanOf is a parameter whose value is a span of numbers.
type spanOf struct {
	name string
	// expected says what it looks like, unit what is counted.
	expected, unit sentence.Sentence
	most           float64
	// whole says that there are no fractions.
	whole bool
}

// The parameters that are spans.
var (
	yearsOf = spanOf{
		"experience", sentence.Of("years_such", "years such as 0-2, 3+ or 3"), sentence.Of("years", "years"),
		100, false,
	}
	openingsOf = spanOf{
		"openings", sentence.Of("openings_such", "a number of openings such as 5, 2-5 or 10+"),
		sentence.Of("openings", "openings"), 1e6, true,
	}
)

// parse reads a span: "0-2", "3-" or "3+", which are open above, or "3", which is 3
// to 3.
func (of spanOf) parse(s string) (indexer.Span, error) {
	low, high, isSpan := strings.Cut(strings.TrimSpace(s), "-")
	if least, open := strings.CutSuffix(low, "+"); open && !isSpan {
		low, isSpan = least, true
	}
	least, err := strconv.ParseFloat(strings.TrimSpace(low), 64)
	most := least
	open := isSpan && strings.TrimSpace(high) == ""
	if err == nil && isSpan && !open {
		most, err = strconv.ParseFloat(strings.TrimSpace(high), 64)
	}
	switch {
	case err != nil:
		return indexer.Span{}, sentence.Wrong("expected_quoted", "expected %s, got %q", of.expected, s)
	case open:
		return indexer.Span{Least: &least}, nil
	}
	return indexer.Span{Least: &least, Most: &most}, nil
}

// spanText is what parse reads as the same span, empty for one that is open. A "+"
// would be a space in a URL.
func spanText(s indexer.Span) string {
	least := 0.0
	if s.Least != nil {
		least = *s.Least
	}
	switch {
	case s.IsZero():
		return ""
	case s.Most == nil:
		return decimal(least) + "-"
	case least == *s.Most:
		return decimal(least)
	}
	return decimal(least) + "-" + decimal(*s.Most)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// normal begins a span that is open below at 0, and finds its faults.
func (of spanOf) normal(s indexer.Span, faults *Faults) indexer.Span {
	if s.IsZero() {
		return s
	}
	out := indexer.Span{Least: new(float64), Most: s.Most}
	if s.Least != nil {
		*out.Least = *s.Least
	}
	for _, v := range []*float64{out.Least, out.Most} {
		switch {
		case v != nil && !(*v >= 0 && *v <= of.most):
			faults.fault(of.name, "number_between", "expected %s from 0 to %s, got %v", of.unit, decimal(of.most), *v)
			return out
		case v != nil && of.whole && *v != math.Trunc(*v):
			faults.fault(of.name, "expected_got", "expected %s, got %v", of.expected, *v)
			return out
		}
	}
	if out.Most != nil && *out.Least > *out.Most {
		faults.fault(of.name, "lower_first", "%v is above %v; expected the lower number first", *out.Least, *out.Most)
	}
	return out
}
