package desk

import (
	"errors"
	"strings"
	"testing"

	"jobsieve/filter"
	"jobsieve/job"
	"jobsieve/ledger"
)

// TestParametersAreNamed wants what is wrong said in the names of whoever asked.
func TestParametersAreNamed(t *testing.T) {
	flag := func(name string) string { return "--" + strings.ReplaceAll(name, "_", "-") }
	for name, test := range map[string]struct {
		err         error
		of, problem string
	}{
		"rows":     {errorOf(t, &Asked{Report: "pay", Top: -1}), "top min_n", "expected a number from 0 on"},
		"across":   {errorOf(t, &Asked{Report: "pay", Compare: "label=a,b", Across: "city"}), "across", "expected it without --compare, which has columns of its own"},
		"compared": {errorOf(t, &Asked{Report: "pay", Compare: "label=%s,"}), "compare", `two of its values, such as label=BPO,KPO, got "label=%s,"`},
		"both":     {errorOf(t, &Asked{Report: "trend", Stays: true, Turnover: true}), "turnover stays", "one of them"},
		"index":    {errorOf(t, &Asked{Report: "trend", Stays: true, From: FromIndex}), "from", "which --stays needs; leave out --from"},
		"day":      {errorOf(t, &Asked{Report: "pay", From: FromIndex, AsOf: "2026-01-31"}), "as_of", "leave out --from index"},
		"too many": {tooManyAsOf("2026-01-31", 10_000), "as_of", "in up to 10,000 postings of a day, and more pass the other filters on 2026-01-31: expected more filters, such as --city or"},
		"unknown":  {errorOf(t, &Asked{Report: "planets"}), "report", `unknown report "planets"`},
	} {
		var of *ParameterError
		if !errors.As(test.err, &of) || strings.Join(of.Of, " ") != test.of || !strings.Contains(of.Problem(flag), test.problem) {
			t.Errorf("%s: %v", name, test.err)
		}
	}
}

func errorOf(t *testing.T, q *Asked) error {
	t.Helper()
	_, err := testDesk(t).Report(t.Context(), q, never)
	return err
}

// TestArgs wants the command line that asks for the same table.
func TestArgs(t *testing.T) {
	for want, q := range map[string]*Asked{
		"report pay --by label,city --across mode --period month --sort=-postings --top 3 --min-n 5 --as-of 2026-01-31 --city Pune": {
			Report: "pay", By: []string{"label", "city"}, Across: "mode", Period: job.PerMonth, Sort: "-postings", Top: 3, MinN: 5,
			AsOf: "2026-01-31", Filter: filter.Filter{Is: map[string][]string{"city": {"Pune"}}},
		},
		"report pay --compare label=BPO,KPO --period year": {
			Report: "pay", By: []string{"label"}, Compare: "label=BPO,KPO", Period: job.PerYear,
		},
		"report trend --by label --stays": {Report: "trend", By: []string{"label"}, Stays: true, Period: job.PerYear},
		"report labels":                   {Report: "labels"},
	} {
		if got := strings.Join(q.Args(), " "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestInPart tells damage from other errors.
func TestInPart(t *testing.T) {
	damaged, other := &ledger.DamagedError{}, errors.New("other")
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"damaged": {damaged, true}, "other": {other, false}, "both": {errors.Join(damaged, other), false},
		"two": {errors.Join(damaged, damaged), true}, "nil": {nil, false},
	} {
		if got := InPart(test.err); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
