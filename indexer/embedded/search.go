package embedded

import (
	"context"
	"maps"
	"slices"
	"sort"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
)

// Search answers a query. Hits come best first; without words to search for,
// newest first.
func (ix *Index) Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	req := bleve.NewSearchRequestOptions(toBleve(&q), q.Limit, q.Offset, false)
	req.Fields = []string{fieldSource}
	if ranked(q.Terms) {
		req.SortBy([]string{"-_score", "_id"})
	} else {
		req.SortBy([]string{"-" + fieldDay, "_id"})
	}
	for _, name := range indexer.Fields.Facets() {
		req.AddFacet(name, bleve.NewFacetRequest(facetField(name), indexer.FacetSize))
	}
	res, err := ix.ask(ctx, req)
	if err != nil {
		return nil, err
	}
	return toAnswer(res, &q)
}

// keysPage is how many keys Keys reads at once.
const keysPage = 10_000

// Keys calls f for the key of every document that a query finds, as the index is
// now.
func (ix *Index) Keys(ctx context.Context, q indexer.Query, f func(key string) error) error {
	if err := q.Check(); err != nil {
		return err
	}
	req := bleve.NewSearchRequestOptions(toBleve(&q), keysPage, 0, false)
	req.Score = "none"
	req.SortBy([]string{"_id"})
	return ix.eachHit(ctx, req, func(hit *search.DocumentMatch) error { return f(hit.ID) })
}

func ranked(terms []indexer.Term) bool {
	for _, t := range terms {
		if !t.Not {
			return true
		}
	}
	return false
}

// toBleve writes the query in Bleve's terms.
func toBleve(q *indexer.Query) query.Query {
	var must, not []query.Query
	for _, t := range q.Terms {
		if t.Not {
			not = append(not, termQuery(t))
		} else {
			must = append(must, termQuery(t))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(q.Filters)) {
		if values := q.Filters[name]; len(values) > 0 {
			must = append(must, filterQuery(name, values))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(q.Not)) {
		if values := q.Not[name]; len(values) > 0 {
			not = append(not, filterQuery(name, values))
		}
	}
	must = append(must, rangeQueries(q)...)
	if !ranked(q.Terms) { // filters have no weight, and a query must have some
		must = append(must, bleve.NewMatchAllQuery())
	}
	b := bleve.NewBooleanQuery()
	b.AddMust(must...)
	b.AddMustNot(not...)
	return b
}

// titleBoost is how much more a word counts in the title.
const titleBoost = 3

func termQuery(t indexer.Term) query.Query {
	if len(t.Words) > 1 {
		return bleve.NewPhraseQuery(t.Words, fieldWords)
	}
	word := stem.Of(t.Words[0])
	anywhere := bleve.NewTermQuery(word)
	anywhere.SetField(fieldStems)
	title := bleve.NewTermQuery(word)
	title.SetField(fieldTitleStems)
	title.SetBoost(titleBoost)
	b := bleve.NewBooleanQuery()
	b.AddMust(anywhere)
	b.AddShould(title)
	return b
}

// filterQuery wants a field to have one of several values.
func filterQuery(name string, values []string) query.Query {
	f, ok := indexer.Fields.Field(name)
	if !ok {
		return bleve.NewMatchNoneQuery() // Check refuses it
	}
	var either []query.Query
	for _, part := range f.Of {
		either = append(either, filterQuery(part, values))
	}
	if len(f.Of) > 0 {
		return bleve.NewDisjunctionQuery(either...)
	}
	for _, v := range values {
		t := bleve.NewTermQuery(f.Compared(v))
		t.SetField(facetField(name))
		t.SetBoost(0)
		either = append(either, t)
	}
	return bleve.NewDisjunctionQuery(either...)
}

// rangeQueries are the bounds of pay, experience and dates.
func rangeQueries(q *indexer.Query) []query.Query {
	var out []query.Query
	add := func(field string, least, most *float64) {
		if least == nil && most == nil {
			return
		}
		inclusive := true
		r := bleve.NewNumericRangeInclusiveQuery(least, most, &inclusive, &inclusive)
		r.SetField(field)
		r.SetBoost(0)
		out = append(out, r)
	}
	add(fieldPayHigh, positive(q.PayLeast), nil)
	add(fieldPayLow, nil, positive(q.PayMost))
	years := q.Experience.Rounded()
	add(fieldYearsHigh, years.Least, nil)
	add(fieldYearsLow, nil, years.Most)
	add(fieldDay, day(q.Since), day(q.Until))
	add(fieldSeenDay, day(q.SeenSince), day(q.SeenUntil))
	return out
}

// positive gives a bound, nil for none.
func positive(v int64) *float64 {
	f := float64(v)
	if v <= 0 {
		return nil
	}
	return &f
}

// day gives the number of days from 1970 to a date, nil for none.
func day(date string) *float64 {
	d, ok := dayOf(date)
	if !ok {
		return nil
	}
	return &d
}

func toAnswer(res *bleve.SearchResult, q *indexer.Query) (*indexer.Answer, error) {
	a := &indexer.Answer{Total: int(res.Total), Hits: []indexer.Hit{}, Facets: map[string][]indexer.Count{}}
	for _, m := range res.Hits {
		d, err := sourceOf(m.Fields)
		if err != nil {
			return nil, err
		}
		h := d.Hit(m.Score)
		h.Highlights = indexer.Highlight(d, q.Terms, stem.Of)
		a.Hits = append(a.Hits, h)
	}
	for name, f := range res.Facets {
		a.Facets[name] = counts(f)
	}
	return a, nil
}

// counts gives a facet's values, most frequent first, then by name.
func counts(f *search.FacetResult) []indexer.Count {
	out := []indexer.Count{}
	if f.Terms != nil {
		for _, t := range f.Terms.Terms() {
			out = append(out, indexer.Count{Value: t.Term, Count: t.Count})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Count != out[j].Count {
			return out[i].Count > out[j].Count
		}
		return out[i].Value < out[j].Value
	})
	return out
}
