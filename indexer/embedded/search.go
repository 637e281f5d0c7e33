package embedded

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/numeric"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
)

// Search answers a query. Hits come best first, and newest first where they are
// as good or there is nothing to rank them by.
func (ix *Index) Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	req := bleve.NewSearchRequestOptions(toBleve(&q), q.Limit, q.Offset, false)
	req.Fields = []string{fieldSource}
	req.SortBy(append(orderOf(&q), "-"+fieldDay, "_id"))
	if q.After != nil {
		req.SetSearchAfter(afterOf(&q))
	}
	res, err := ix.ask(ctx, req)
	if err != nil {
		return nil, err
	}
	a, err := toAnswer(res, &q)
	if names := q.Facets(); err == nil && len(names) > 0 {
		a.Facets, err = ix.facets(ctx, &q, names, a.Total)
	}
	return a, err
}

// orderOf is what hits are ordered by before all else.
func orderOf(q *indexer.Query) []string {
	switch q.Order {
	case indexer.OrderDate:
		return nil
	case indexer.OrderPay:
		return []string{"-" + fieldPayHigh}
	case indexer.OrderCompany, indexer.OrderTitle:
		return []string{sortField(string(q.Order))}
	}
	if indexer.Ranked(q.Terms) {
		return []string{"-_score"}
	}
	return nil
}

// afterOf gives the values by which hits are ordered of the document that they come after.
func afterOf(q *indexer.Query) (values []string) {
	switch r := q.After; {
	case q.Order == indexer.OrderPay && r.Amount > 0:
		values = append(values, number(float64(r.Amount)))
	case q.Order == indexer.OrderPay:
		values = append(values, search.LowTerm)
	case q.Order != indexer.OrderDate:
		values = append(values, cmp.Or(r.Name, search.HighTerm))
	}
	posted := search.LowTerm
	if day, ok := dayOf(q.After.Posted); ok {
		posted = number(day)
	}
	return append(values, posted, q.After.Key)
}

// number writes a number as the index orders it.
func number(v float64) string {
	return string(numeric.MustNewPrefixCodedInt64(numeric.Float64ToInt64(v), 0))
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

// toBleve writes the query in Bleve's terms.
func toBleve(q *indexer.Query) query.Query {
	var must, not []query.Query
	for i := range q.Terms {
		if t := &q.Terms[i]; t.Not {
			not = append(not, termQuery(t))
		} else {
			must = append(must, termQuery(t))
		}
	}
	must = append(must, valueQueries(q.Filters)...)
	not = append(not, valueQueries(q.Not)...)
	must = append(must, boundQueries(q.Bounds())...)
	must = append(must, termQueries(q.Where)...)
	if !indexer.Ranked(q.Terms) { // filters have no weight, and a query must have some
		must = append(must, bleve.NewMatchAllQuery())
	}
	b := bleve.NewBooleanQuery()
	b.AddMust(must...)
	b.AddMustNot(not...)
	return b
}

// termQuery writes a term in Bleve's terms, whether or not it must hold.
func termQuery(t *indexer.Term) query.Query {
	switch {
	case len(t.Any) > 0:
		some := bleve.NewDisjunctionQuery(termQueries(t.Any)...)
		some.SetMin(float64(t.Least))
		return some
	case len(t.All) > 0:
		return bleve.NewConjunctionQuery(termQueries(t.All)...)
	case t.Concept != "":
		field := fieldConcepts
		if t.Part == indexer.PartTitle {
			field = fieldTitleConcepts
		}
		return weighed(t.Weight, exactly(field, t.Concept))
	case len(t.Values) > 0:
		return weighed(t.Weight, valueQueries(t.Values)...)
	case t.Known != "":
		return weighed(t.Weight, knownQuery(t.Known))
	case !t.Bounds.IsZero():
		return weighed(t.Weight, boundQueries(&t.Bounds)...)
	}
	return wordsQuery(t)
}

func termQueries(terms []indexer.Term) []query.Query {
	out := make([]query.Query, len(terms))
	for i := range terms {
		out[i] = termQuery(&terms[i])
		if terms[i].Not {
			all := bleve.NewMatchAllQuery()
			all.SetBoost(0)
			b := bleve.NewBooleanQuery()
			b.AddMust(all)
			b.AddMustNot(out[i])
			out[i] = b
		}
	}
	return out
}

// exactly wants a field to have a value.
func exactly(field, value string) query.Query {
	t := bleve.NewTermQuery(value)
	t.SetField(field)
	t.SetBoost(0)
	return t
}

// wordsQuery wants a word, or a phrase.
func wordsQuery(t *indexer.Term) query.Query {
	weight := cmp.Or(t.Weight, 1)
	if len(t.Words) > 1 {
		p := bleve.NewPhraseQuery(t.Words, fieldWords)
		p.SetBoost(weight)
		if t.Part == "" {
			return p
		}
		within := []query.Query{p}
		for _, w := range t.Words {
			within = append(within, exactly(fieldParts, indexer.PartWord(t.Part, stem.Of(w))))
		}
		return bleve.NewConjunctionQuery(within...)
	}
	word := stem.Of(t.Words[0])
	part := func(name string) *query.TermQuery {
		q := bleve.NewTermQuery(indexer.PartWord(name, word))
		q.SetField(fieldParts)
		q.SetBoost(indexer.PartBoost * weight)
		return q
	}
	if t.Part != "" {
		return part(t.Part)
	}
	anywhere := bleve.NewTermQuery(word)
	anywhere.SetField(fieldStems)
	anywhere.SetBoost(weight)
	b := bleve.NewBooleanQuery()
	b.AddMust(anywhere)
	b.AddShould(part(indexer.PartTitle), part(indexer.PartCompany))
	return b
}

// valueQueries wants each field to have one of its values.
func valueQueries(values map[string][]string) []query.Query {
	var out []query.Query
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if some := values[name]; len(some) > 0 {
			out = append(out, filterQuery(name, some))
		}
	}
	return out
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

// knownQuery wants a field to have any value.
func knownQuery(name string) query.Query {
	f, ok := indexer.Fields.Field(name)
	if !ok {
		return bleve.NewMatchNoneQuery() // Check refuses it
	}
	var either []query.Query
	for _, part := range f.Of {
		either = append(either, knownQuery(part))
	}
	if len(f.Of) > 0 {
		return bleve.NewDisjunctionQuery(either...)
	}
	values := bleve.NewPrefixQuery("")
	values.SetField(facetField(name))
	values.SetBoost(0)
	return values
}

// boundQueries are the bounds of pay, experience, openings and dates.
func boundQueries(b *indexer.Bounds) []query.Query {
	years := b.Experience.Rounded()
	return slices.Concat(
		rangeQuery(fieldPayHigh, positive(b.PayLeast), nil), rangeQuery(fieldPayLow, nil, positive(b.PayMost)),
		rangeQuery(fieldYearsHigh, years.Least, nil), rangeQuery(fieldYearsLow, nil, years.Most),
		rangeQuery(fieldOpenings, b.Openings.Least, b.Openings.Most),
		postedQuery(day(b.Since), day(b.Until)), rangeQuery(fieldSeenDay, day(b.SeenSince), day(b.SeenUntil)),
		rangeQuery(fieldClosedDay, day(b.ClosedSince), day(b.ClosedUntil)),
	)
}

// postedQuery bounds the day of posting. Where only the latest day is known, that
// tells of a last day alone.
func postedQuery(since, until *float64) []query.Query {
	days := rangeQuery(fieldDay, since, until)
	if since != nil || until == nil {
		return days
	}
	return []query.Query{bleve.NewDisjunctionQuery(append(days, rangeQuery(fieldLatestDay, nil, until)...)...)}
}

// rangeQuery bounds a number; it is empty where there is no bound.
func rangeQuery(field string, least, most *float64) []query.Query {
	if least == nil && most == nil {
		return nil
	}
	inclusive := true
	r := bleve.NewNumericRangeInclusiveQuery(least, most, &inclusive, &inclusive)
	r.SetField(field)
	r.SetBoost(0)
	return []query.Query{r}
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
		h := d.Hit(0)
		if q.Scored() {
			h.Score = m.Score
		}
		h.Highlights = indexer.Highlight(d, q.Terms, stem.Of)
		a.Hits = append(a.Hits, h)
	}
	return a, nil
}
