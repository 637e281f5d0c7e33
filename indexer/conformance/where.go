package conformance

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// randomTerm draws a condition from what documents have: of a field, of bounds, or of
// others, which stand at most so deep in it.
func randomTerm(random *rand.Rand, docs []indexer.Document, deep int) indexer.Term {
	d := &docs[random.IntN(len(docs))]
	f := randomFilter(random)
	t := indexer.Term{Known: f.Name, Not: random.IntN(3) == 0}
	switch kind := random.IntN(6); {
	case deep > 0 && kind < 2:
		t.Known, t.Any = "", randomTerms(random, docs, deep-1)
		t.Least = random.IntN(len(t.Any) + 1)
	case deep > 0 && kind == 2:
		t.Known, t.All = "", randomTerms(random, docs, deep-1)
	case kind == 3:
		var q indexer.Query
		all := bounds(d, &q)
		all[random.IntN(len(all))]()
		if b := q.Bounds(); !b.IsZero() {
			t.Known, t.Bounds = "", *b
		}
	case kind > 3:
		if have := indexer.Fields.Filtered(f, d); len(have) > 0 {
			t.Known, t.Values = "", map[string][]string{f.Name: have}
		}
	}
	return t
}

func randomTerms(random *rand.Rand, docs []indexer.Document, deep int) (out []indexer.Term) {
	for range 1 + random.IntN(3) {
		out = append(out, randomTerm(random, docs, deep))
	}
	return out
}

// randomFilter draws a field that has a filter.
func randomFilter(random *rand.Rand) *indexer.Field {
	for {
		if f := &indexer.Fields[random.IntN(len(indexer.Fields))]; f.Filter != "" {
			return f
		}
	}
}

func openings(d *indexer.Document) (s indexer.Span) {
	if d.Openings != nil {
		n := float64(*d.Openings)
		s.Least = &n
	}
	return s
}

// Orders asks an index that holds documents, and no other, for them in each order that
// documents have by themselves.
func Orders(t *testing.T, ix indexer.Index, docs []indexer.Document) {
	t.Helper()
	for _, o := range indexer.Orders[1:] {
		want := slices.Clone(docs)
		slices.SortFunc(want, func(a, b indexer.Document) int {
			first, err := indexer.RankOf(o, &a)
			second, err2 := indexer.RankOf(o, &b)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			return first.Compare(&second)
		})
		found, err := ix.Search(t.Context(), indexer.Query{Order: o, Limit: len(docs)})
		if err != nil {
			t.Fatalf("by %s: %v", o, err)
		}
		got, names := []string{}, []string{}
		for i := range found.Hits {
			got = append(got, found.Hits[i].ID)
		}
		for i := range want {
			names = append(names, want[i].ID)
		}
		if diff := cmp.Diff(names, got); diff != "" {
			t.Errorf("by %s (-want +found):\n%s", o, diff)
		}
		after(t, ix, o, names)
	}
	if _, err := ix.Search(t.Context(), indexer.Query{Order: "colour"}); err == nil {
		t.Error("an unknown order is taken")
	}
}

// after asks for what comes after each document in an order, one posting at a time.
func after(t *testing.T, ix indexer.Index, o indexer.Order, want []string) {
	t.Helper()
	q := indexer.Query{Order: o, Limit: 1}
	got := []string{}
	for range want {
		found, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("by %s after %+v: %v", o, q.After, err)
		}
		if len(found.Hits) != 1 || found.Total != len(want) {
			t.Fatalf("by %s after %+v: %d hits of %d", o, q.After, len(found.Hits), found.Total)
		}
		hit := &found.Hits[0]
		got = append(got, hit.ID)
		rank, err := hit.Rank(o, hit.ID) // the keys of the suite's documents are their ids
		if err != nil {
			t.Fatal(err)
		}
		q.After = &rank
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("by %s, each after the one before (-want +found):\n%s", o, diff)
	}
	if found, err := ix.Search(t.Context(), q); err != nil || len(found.Hits) > 0 {
		t.Errorf("by %s, after the last: %+v, %v", o, found, err)
	}
}
