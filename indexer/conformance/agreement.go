package conformance

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// agreement asks an index at random for what documents have, and wants
// Query.Matches to say the same of each.
func agreement(t *testing.T, ix indexer.Index) {
	docs := Documents()
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 200 {
		q := randomQuery(random, docs)
		Agree(t, ix, docs, &q)
		for i := range docs {
			if q.Matches(&docs[i]) {
				found++
			}
		}
	}
	if found < 50 {
		t.Errorf("200 queries find %d documents", found)
	}
}

// Agree wants an index that holds documents, and no other, to find those that
// match a query.
func Agree(t *testing.T, ix indexer.Index, docs []indexer.Document, q *indexer.Query) {
	t.Helper()
	q.Limit = len(docs)
	a, err := ix.Search(t.Context(), *q)
	if err != nil {
		t.Fatalf("%+v: %v", *q, err)
	}
	got, want := []string{}, []string{}
	for i := range a.Hits {
		got = append(got, a.Hits[i].ID)
	}
	for i := range docs {
		if q.Matches(&docs[i]) {
			want = append(want, docs[i].ID)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%+v (-matches +found):\n%s", *q, diff)
	}
}

// randomQuery draws a query without words from what documents have.
func randomQuery(random *rand.Rand, docs []indexer.Document) indexer.Query {
	q := indexer.Query{}
	q.Filters, q.Not = RandomValues(random, docs, 12, func(f *indexer.Field, d *indexer.Document) (string, []string) {
		have := indexer.Fields.Filtered(f, d)
		if len(have) > 0 {
			have = []string{have[random.IntN(len(have))]}
		}
		return f.Name, have
	})
	d := &docs[random.IntN(len(docs))]
	for _, bound := range bounds(d, &q) {
		if random.IntN(12) == 0 {
			bound()
		}
	}
	for range random.IntN(3) {
		q.Where = append(q.Where, randomTerm(random, docs, 3))
	}
	return q
}

// RandomValues draws what a filter asks for and what it leaves out: one field in
// so many, with the name and the values that of gives for a document.
func RandomValues(
	random *rand.Rand, docs []indexer.Document, oneIn int,
	of func(*indexer.Field, *indexer.Document) (name string, values []string),
) (is, not map[string][]string) {
	is, not = map[string][]string{}, map[string][]string{}
	for i := range indexer.Fields {
		f := &indexer.Fields[i]
		if f.Filter == "" || random.IntN(oneIn) > 0 {
			continue
		}
		to := is
		if random.IntN(3) == 0 {
			to = not
		}
		for range 1 + random.IntN(3) {
			if name, values := of(f, &docs[random.IntN(len(docs))]); len(values) > 0 {
				to[name] = append(to[name], values...)
			}
		}
	}
	return is, not
}

// bounds are what a document's amounts and dates can bound in a query.
func bounds(d *indexer.Document, q *indexer.Query) []func() {
	low, high, _ := d.Offer()
	return []func(){
		func() { q.PayLeast = high },
		func() { q.PayMost = low },
		func() { q.Experience.Least = d.ExperienceMax },
		func() { q.Experience.Most = d.ExperienceMin },
		func() { q.Experience = indexer.Span{Least: d.ExperienceMin, Most: d.ExperienceMax} },
		func() { q.Openings = openings(d) },
		func() { q.Since = d.Posted },
		func() { q.Until = d.Posted },
		func() { q.Until = d.PostedLatest },
		func() { q.Since = d.PostedLatest },
		func() { q.SeenSince = d.FirstSeen },
		func() { q.SeenUntil = d.FirstSeen },
	}
}
