package conformance

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// Case is a query and the documents that match it, in order.
type Case struct {
	Name, Query string
	Filters     map[string][]string
	Change      func(*indexer.Query)
	Want        []string
	AnyOrder    bool
}

func word(w string) indexer.Term { return indexer.Term{Words: []string{w}} }

// terms asks for terms.
func terms(ts ...indexer.Term) func(*indexer.Query) {
	return func(q *indexer.Query) { q.Terms = append(q.Terms, ts...) }
}

// Cases are the queries of the suite.
var Cases = []Case{
	{Name: "everything, newest first", Want: []string{"2", "3", "1", "4 ?/#é\"", "5"}},
	{Name: "one word", Query: "analyst", Want: []string{"3"}},
	{Name: "stems", Query: "call loan", Want: []string{"1", "3"}, AnyOrder: true},
	{Name: "all words", Query: "call loan analyst", Want: []string{"3"}},
	{Name: "phrase", Query: `"loan data"`, Want: []string{"3"}},
	{Name: "a phrase is not across fields", Query: `"analyst you"`, Want: []string{}},
	{Name: "excluded", Query: "loan -analyst", Want: []string{"1"}},
	{Name: "excluded phrase", Query: `loan -"loan data"`, Want: []string{"1"}},
	{Name: "only excluded", Query: "-loan -cook", Want: []string{"2", "4 ?/#é\""}},
	{Name: "Hindi variants", Query: "डाटा एन्ट्री", Want: []string{"2"}},
	{Name: "Hindi stems", Query: "नौकरी", Want: []string{"2"}},
	{Name: "Devanagari digits and grouping", Query: "१५०००", Want: []string{"2"}},
	{Name: "glued words", Query: "back office", Want: []string{"4 ?/#é\""}},
	{Name: "glued words in the query", Query: "VoiceProcess", Want: []string{"4 ?/#é\""}},
	{Name: "decimals", Query: "2.5", Want: []string{"4 ?/#é\""}},
	{Name: "company and place", Query: "acme chennai", Want: []string{"4 ?/#é\""}},
	{Name: "a word of one posting", Query: "data", Want: []string{"3"}},
	{Name: "operators are words", Query: "loan OR +city:Pune", Want: []string{}},
	{Name: "wildcards are nothing", Query: "loa* *", Want: []string{}},
	{Name: "a script is words", Query: "<script>alert", Want: []string{"5"}},
	{Name: "filter", Filters: map[string][]string{"city": {"Pune"}}, Want: []string{"3", "1"}},
	{Name: "two filters", Filters: map[string][]string{"city": {"Pune"}, "label": {"BPO"}}, Want: []string{"1"}},
	{Name: "one of two values", Filters: map[string][]string{"city": {"Kanpur", "Mumbai"}}, Want: []string{"2", "1"}},
	{Name: "a list's value", Filters: map[string][]string{"shift": {"us"}}, Want: []string{"1"}},
	{Name: "outsourced", Filters: map[string][]string{"outsourced": {"true"}}, Want: []string{"1"}},
	{Name: "criterion", Filters: map[string][]string{"criteria": {"D11-shift-work"}}, Want: []string{"1"}},
	{Name: "source", Filters: map[string][]string{"source": {"b"}}, Want: []string{"2", "4 ?/#é\"", "5"}},
	{Name: "either of two words", Change: terms(indexer.Term{Any: []indexer.Term{word("cook"), word("analyst")}}), Want: []string{"3", "5"}, AnyOrder: true},
	{Name: "two words in one of two choices", Change: terms(indexer.Term{Any: []indexer.Term{
		{All: []indexer.Term{word("loan"), word("data")}}, word("cook"),
	}}), Want: []string{"3", "5"}, AnyOrder: true},
	{Name: "two of three choices", Change: terms(indexer.Term{Least: 2, Any: []indexer.Term{
		word("loan"), word("customer"), {Values: map[string][]string{"city": {"Kanpur"}}, Weight: 1},
	}}), Want: []string{"1", "3"}, AnyOrder: true},
	{Name: "a word or a value", Change: terms(indexer.Term{Any: []indexer.Term{word("cook"), {Values: map[string][]string{"shift": {"night"}}, Weight: 5}}}), Want: []string{"1", "5"}, AnyOrder: true},
	{Name: "a concept, in whatever language", Change: terms(indexer.Term{Concept: "work.data-entry"}), Want: []string{"2"}},
	{Name: "a concept of the title", Change: terms(indexer.Term{Concept: "role.telecaller", Part: "title"}), Want: []string{"1"}},
	{Name: "a word of the title", Change: terms(indexer.Term{Words: []string{"data"}, Part: "title"}), Want: []string{"3"}},
	{Name: "a word of another part", Change: terms(indexer.Term{Words: []string{"data"}, Part: "company"}), Want: []string{}},
	{Name: "a phrase of the title", Change: terms(indexer.Term{Words: []string{"data", "analyst"}, Part: "title"}), Want: []string{"3"}},
	{Name: "a phrase of a part without it", Change: terms(indexer.Term{Words: []string{"loan", "data"}, Part: "title"}), Want: []string{}},
	{Name: "pay as a term", Change: terms(indexer.Term{Bounds: indexer.Bounds{PayLeast: 500000}, Weight: 1}), Want: []string{"3"}},
	{Name: "a term that must not hold", Change: terms(indexer.Term{Values: map[string][]string{"label": {"BPO"}}, Not: true}), Want: []string{"3", "5"}},
	{
		Name: "weights decide the order",
		Change: terms(indexer.Term{Any: []indexer.Term{
			{Values: map[string][]string{"label": {"KPO"}}, Weight: 2}, {Values: map[string][]string{"city": {"Kanpur"}}, Weight: 50},
		}}),
		Want: []string{"2", "3"},
	},
	{Name: "the newest of equals", Change: terms(indexer.Term{Values: map[string][]string{"label": {"BPO", "KPO"}}, Weight: 1}), Want: []string{"2", "3", "1", "4 ?/#é\""}},
	{Name: "a value is no pattern", Filters: map[string][]string{"city": {"Pu*"}}, Want: []string{}},
	{Name: "filter and words", Query: "data", Filters: map[string][]string{"label": {"KPO"}}, Want: []string{"3"}},
	{
		Name:    "a company, whatever its case",
		Filters: map[string][]string{"company": {"ACME & sons", "other"}}, Want: []string{"4 ?/#é\""},
	},
	{Name: "a company as a whole", Filters: map[string][]string{"company": {"Acme"}}, Want: []string{}},
	{Name: "a place that is a city", Filters: map[string][]string{"place": {"Pune"}}, Want: []string{"3", "1"}},
	{Name: "places at several levels", Filters: map[string][]string{"place": {"IN", "Kanpur"}}, Want: []string{"2", "1"}},
	{Name: "not a value", Change: not("label", "BPO"), Want: []string{"3", "5"}},
	{Name: "none of two values", Change: not("label", "BPO", "KPO"), Want: []string{"5"}},
	{Name: "not a value of a list", Change: not("city", "Mumbai"), Want: []string{"2", "3", "4 ?/#é\"", "5"}},
	{Name: "not a place", Change: not("place", "Maharashtra", "Kanpur"), Want: []string{"3", "4 ?/#é\"", "5"}},
	{Name: "not a company", Change: not("company", "acme & sons"), Want: []string{"2", "3", "1", "5"}},
	{
		Name:    "one value and not another",
		Filters: map[string][]string{"city": {"Pune"}}, Change: not("city", "Mumbai"), Want: []string{"3"},
	},
	{Name: "a word and not a value", Query: "loan", Change: not("label", "KPO"), Want: []string{"1"}},
	{Name: "experience up to", Change: experience(nil, years(1)), Want: []string{"1", "5"}},
	{Name: "experience from", Change: experience(years(1), nil), Want: []string{"2", "3", "5"}},
	{Name: "experience between", Change: experience(years(3), years(4)), Want: []string{"3"}},
	{Name: "experience that touches", Change: experience(years(0.1), years(0.5)), Want: []string{"1", "5"}},
	{Name: "experience that is open above", Change: experience(years(40), years(50)), Want: []string{"2"}},
	{
		Name:   "first seen since",
		Change: func(q *indexer.Query) { q.SeenSince = "2026-01-03" }, Want: []string{"3", "4 ?/#é\"", "5"},
	},
	{
		Name:   "first seen until",
		Change: func(q *indexer.Query) { q.SeenUntil = "2026-01-03" }, Want: []string{"2", "3", "1"},
	},
	{Name: "closed since", Change: terms(indexer.Term{Bounds: indexer.Bounds{ClosedSince: "2026-02-01"}}), Want: []string{"1"}},
	{Name: "closed until", Change: terms(indexer.Term{Bounds: indexer.Bounds{ClosedUntil: "2026-01-31"}}), Want: []string{}},
	{
		Name:   "not known to be closed",
		Change: terms(indexer.Term{Not: true, Bounds: indexer.Bounds{ClosedUntil: "2026-02-01"}}), Want: []string{"2", "3", "4 ?/#é\"", "5"},
	},
	{Name: "pay at least", Change: func(q *indexer.Query) { q.PayLeast = 150000 }, Want: []string{"3", "1"}},
	{Name: "pay at most", Change: func(q *indexer.Query) { q.PayMost = 150000 }, Want: []string{"1", "5"}},
	{Name: "pay between", Change: func(q *indexer.Query) { q.PayLeast, q.PayMost = 150000, 200000 }, Want: []string{"1"}},
	{Name: "since", Change: func(q *indexer.Query) { q.Since = "2026-01-06" }, Want: []string{"2", "3"}},
	{Name: "until", Change: func(q *indexer.Query) { q.Until = "2026-01-06" }, Want: []string{"3", "1", "5"}},
	{Name: "until before a bound", Change: func(q *indexer.Query) { q.Until = "2026-01-05" }, Want: []string{"1"}},
	{Name: "since before a bound", Change: func(q *indexer.Query) { q.Since = "2026-01-01" }, Want: []string{"2", "3", "1"}},
	{Name: "one day", Change: func(q *indexer.Query) { q.Since, q.Until = "2026-01-06", "2026-01-06" }, Want: []string{"3"}},
}

func not(field string, values ...string) func(*indexer.Query) {
	return func(q *indexer.Query) { q.Not = map[string][]string{field: values} }
}

func experience(least, most *float64) func(*indexer.Query) {
	return func(q *indexer.Query) { q.Experience = indexer.Span{Least: least, Most: most} }
}

func search(t *testing.T, ix indexer.Index) {
	for _, c := range Cases {
		terms, err := indexer.ParseTerms(c.Query)
		if err != nil {
			t.Fatal(err)
		}
		q := indexer.Query{Terms: terms, Filters: c.Filters, Limit: 10}
		if c.Change != nil {
			c.Change(&q)
		}
		a, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		wantMatches(t, &c, &q)
		got := []string{}
		for _, h := range a.Hits {
			got = append(got, h.ID)
		}
		if !same(c.Want, got, c.AnyOrder) || a.Total != len(c.Want) {
			t.Errorf("%s: %q of %d, want %q", c.Name, got, a.Total, c.Want)
		}
		if keys, err := keysOf(t, ix, q); !same(c.Want, keys, true) || err != nil {
			t.Errorf("%s: the keys are %q, want %q: %v", c.Name, keys, c.Want, err)
		}
	}
	for name, q := range map[string]indexer.Query{
		"an unknown filter": {Filters: map[string][]string{"planet": {"Mars"}}}, "a negative limit": {Limit: -5}, "a negative offset": {Offset: -1},
		"an offset without end": {Limit: 1, Offset: math.MaxInt}, "a limit without end": {Limit: math.MaxInt, Offset: math.MaxInt},
		"more choices than there are": {Terms: []indexer.Term{{Any: []indexer.Term{word("loan")}, Least: 2}}},
		"a term of two kinds":         {Terms: []indexer.Term{{Words: []string{"loan"}, Concept: "role.telecaller"}}},
		"an unknown part":             {Terms: []indexer.Term{{Words: []string{"loan"}, Part: "footer"}}},
		"a term without words":        {Terms: []indexer.Term{{}}}, "an empty word": {Terms: []indexer.Term{{Words: []string{""}}}},
		"an unknown exclusion": {Not: map[string][]string{"planet": {"Mars"}}}, "no day": {SeenUntil: "soon"},
		"after, by relevance": {After: &indexer.Rank{Key: "1"}}, "after, and an offset": {Order: indexer.OrderDate, Offset: 1, After: &indexer.Rank{Key: "1"}},
		"after nothing": {Order: indexer.OrderDate, After: &indexer.Rank{}}, "after no date": {Order: indexer.OrderDate, After: &indexer.Rank{Key: "1", Posted: "soon"}},
		"no date": {Since: "soon"}, "a negative pay": {PayLeast: -1},
	} {
		if _, err := ix.Search(t.Context(), q); err == nil {
			t.Errorf("%s passes", name)
		}
		if keys, err := keysOf(t, ix, q); err == nil {
			t.Errorf("%s passes for keys: %q", name, keys)
		}
	}
	stop := errors.New("stop")
	if err := ix.Keys(t.Context(), indexer.Query{}, func(string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("an error of the caller is lost: %v", err)
	}
}

// keysOf are the keys of what a query finds; those of the suite's documents are
// their ids.
func keysOf(t *testing.T, ix indexer.Index, q indexer.Query) (keys []string, err error) {
	t.Helper()
	err = ix.Keys(t.Context(), q, func(key string) error {
		keys = append(keys, key)
		return nil
	})
	return keys, err
}

// wantMatches wants a query without words to say of each document what the
// index says.
func wantMatches(t *testing.T, c *Case, q *indexer.Query) {
	t.Helper()
	if len(q.Terms) > 0 {
		return
	}
	got, docs := []string{}, Documents()
	for i := range docs {
		if q.Matches(&docs[i]) {
			got = append(got, docs[i].ID)
		}
	}
	if !same(c.Want, got, true) {
		t.Errorf("%s: %q match, want %q", c.Name, got, c.Want)
	}
}

func same(want, got []string, anyOrder bool) bool {
	if !anyOrder {
		return cmp.Equal(want, got)
	}
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	for _, g := range got {
		left[g]--
	}
	for _, n := range left {
		if n != 0 {
			return false
		}
	}
	return true
}
