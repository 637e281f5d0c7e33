package elastic

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
)

// object is a JSON object.
type object = map[string]any

// Search answers a query. Hits come best first, and newest first where they are
// as good or there is nothing to rank them by.
func (ix *Index) Search(ctx context.Context, q indexer.Query) (*indexer.Answer, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	var resp searchReply
	if err := ix.call(ctx, http.MethodPost, ix.searchPath()+"/_search", Body(&q), &resp); err != nil {
		return nil, fmt.Errorf("search %s: %w", ix.opts.Alias, err)
	}
	return ix.answer(&resp, &q)
}

func (ix *Index) searchPath() string {
	if ix.direct {
		return "/" + url.PathEscape(ix.Name)
	}
	return "/" + url.PathEscape(ix.opts.Alias)
}

// path is the index itself, whatever the alias leads to.
func (ix *Index) path() string { return "/" + url.PathEscape(ix.Name) }

// Body writes a query in the server's terms, as the body of a search.
func Body(q *indexer.Query) map[string]any {
	aggs := object{}
	for _, name := range q.Facets() {
		aggs[name] = object{"terms": object{"field": name, "size": indexer.FacetSize,
			"order": []object{{"_count": "desc"}, {"_key": "asc"}}}}
	}
	sort := append(orderOf(q), object{"posted": object{"order": "desc", "missing": "_last"}},
		object{"key": object{"order": "asc"}})
	query := queryOf(q)
	if q.Order == indexer.OrderPay {
		query = byPay(query)
	}
	return object{
		"query": query, "size": q.Limit, "from": q.Offset, "track_total_hits": true, "track_scores": true,
		"sort": sort, "aggs": aggs,
	}
}

// queryOf writes a query's conditions.
func queryOf(q *indexer.Query) object {
	must, filter, not := []object{}, []object{}, []object{}
	for i := range q.Terms {
		if t := &q.Terms[i]; t.Not {
			not = append(not, termOf(t))
		} else {
			must = append(must, termOf(t))
		}
	}
	filter = append(filter, valuesOf(q.Filters)...)
	not = append(not, valuesOf(q.Not)...)
	filter = append(filter, boundsOf(q.Bounds())...)
	filter = append(filter, termsOf(q.Where)...)
	return object{"bool": object{"must": must, "filter": filter, "must_not": not}}
}

// valuesOf wants each field to have one of its values.
func valuesOf(values map[string][]string) []object {
	var out []object
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if some := values[name]; len(some) > 0 {
			out = append(out, oneOf(name, some))
		}
	}
	return out
}

// oneOf wants a field to have one of several values.
func oneOf(name string, values []string) object {
	f, ok := indexer.Fields.Field(name)
	switch {
	case !ok:
		return object{"match_none": object{}} // Check refuses it
	case len(f.Of) > 0:
		var either []object
		for _, part := range f.Of {
			either = append(either, oneOf(part, values))
		}
		return anyOf(either)
	case f.Type == indexer.TypeNamedText:
		var either []object
		for _, v := range values {
			term := object{"value": v, "case_insensitive": true}
			either = append(either, object{"term": object{fieldPath(f): term}})
		}
		return anyOf(either)
	}
	return object{"terms": object{fieldPath(f): values}}
}

func anyOf(either []object) object { return someOf(either, 1) }

func someOf(either []object, least int) object {
	return object{"bool": object{"should": either, "minimum_should_match": least}}
}

// termOf writes a term, whether or not it must hold.
func termOf(t *indexer.Term) object {
	switch {
	case len(t.Any) > 0:
		return someOf(termsOf(t.Any), max(1, t.Least))
	case len(t.All) > 0:
		return object{"bool": object{"must": termsOf(t.All)}}
	case t.Concept != "":
		field := "concepts"
		if t.Part == indexer.PartTitle {
			field = "title_concepts"
		}
		return weighing(t.Weight, object{"term": object{field: t.Concept}})
	case len(t.Values) > 0:
		return weighing(t.Weight, valuesOf(t.Values)...)
	case t.Known != "":
		return weighing(t.Weight, known(t.Known))
	case !t.Bounds.IsZero():
		return weighing(t.Weight, boundsOf(&t.Bounds)...)
	}
	return wordsOf(t)
}

func termsOf(terms []indexer.Term) []object {
	out := make([]object, len(terms))
	for i := range terms {
		out[i] = termOf(&terms[i])
		if terms[i].Not {
			out[i] = object{"bool": object{"must_not": []object{out[i]}}}
		}
	}
	return out
}

// weighing makes conditions count a weight together, and nothing by themselves.
func weighing(weight float64, conditions ...object) object {
	return object{"constant_score": object{"filter": object{"bool": object{"filter": conditions}}, "boost": weight}}
}

// wordsOf wants a word, or a phrase.
func wordsOf(t *indexer.Term) object {
	weight := cmp.Or(t.Weight, 1)
	if len(t.Words) > 1 {
		phrase := object{"query": strings.Join(t.Words, " "), "boost": weight}
		within := []object{{"match_phrase": object{"normal": phrase}}}
		for _, w := range t.Words {
			if t.Part != "" {
				word := object{"term": object{"parts": indexer.PartWord(t.Part, stem.Of(w))}}
				within = append(within, weighing(0, word))
			}
		}
		return object{"bool": object{"must": within}}
	}
	word := stem.Of(t.Words[0])
	part := func(name string) object {
		term := object{"value": indexer.PartWord(name, word), "boost": indexer.PartBoost * weight}
		return object{"term": object{"parts": term}}
	}
	if t.Part != "" {
		return part(t.Part)
	}
	return object{"bool": object{
		"must":   []object{{"term": object{"stems": object{"value": word, "boost": weight}}}},
		"should": []object{part(indexer.PartTitle), part(indexer.PartCompany)},
	}}
}

// boundsOf are the bounds of pay, experience, openings and dates.
func boundsOf(b *indexer.Bounds) []object {
	var out []object
	if b.PayLeast > 0 {
		out = append(out, payBound("pay_annual_high", "pay_annual_low", "gte", b.PayLeast))
	}
	if b.PayMost > 0 {
		out = append(out, payBound("pay_annual_low", "pay_annual_high", "lte", b.PayMost))
	}
	if b.Experience.Least != nil {
		out = append(out, openEnd("experience_max", "experience_min", "gte", *b.Experience.Least))
	}
	if b.Experience.Most != nil {
		out = append(out, openEnd("experience_min", "experience_max", "lte", *b.Experience.Most))
	}
	if b.Openings.Least != nil {
		out = append(out, between("openings", "gte", *b.Openings.Least))
	}
	if b.Openings.Most != nil {
		out = append(out, between("openings", "lte", *b.Openings.Most))
	}
	return slices.Concat(out, dates("posted", b.Since, b.Until), dates("first_seen", b.SeenSince, b.SeenUntil))
}

func between(field, op string, v any) object { return object{"range": object{field: object{op: v}}} }

// known wants a field to have any value.
func known(name string) object {
	f, ok := indexer.Fields.Field(name)
	switch {
	case !ok:
		return object{"match_none": object{}} // Check refuses it
	case len(f.Of) == 0 && f.Type == indexer.TypeBoolean:
		return exists(f.Name)
	case len(f.Of) == 0: // an empty text is a value to the server
		none := object{"term": object{fieldPath(f): ""}}
		return object{"bool": object{"filter": []object{exists(fieldPath(f))}, "must_not": []object{none}}}
	}
	var either []object
	for _, part := range f.Of {
		either = append(either, known(part))
	}
	return anyOf(either)
}

func exists(field string) object { return object{"exists": object{"field": field}} }

func missing(field string) object {
	return object{"bool": object{"must_not": []object{exists(field)}}}
}

// payBound bounds an offer that can be believed. One that states only one side
// is taken for both.
func payBound(a, b, op string, v int64) object {
	return object{"bool": object{
		"should": []object{
			between(a, op, v), {"bool": object{"filter": []object{missing(a), between(b, op, v)}}},
		},
		"minimum_should_match": 1,
		"filter":               believed(),
	}}
}

// believed wants an offer that can be believed.
func believed() []object {
	return []object{{"term": object{"pay_kind": "offer"}}, {"term": object{"pay_suspect": false}}}
}

// openEnd bounds a side of a span that is open where the document states only
// the other side.
func openEnd(side, other, op string, v float64) object {
	return anyOf([]object{between(side, op, v), {"bool": object{"filter": []object{missing(side), exists(other)}}}})
}

func dates(field, since, until string) []object {
	var out []object
	if since != "" {
		out = append(out, between(field, "gte", since))
	}
	if until != "" {
		out = append(out, between(field, "lte", until))
	}
	return out
}

// searchReply is what the server finds.
type searchReply struct {
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []struct {
			Score  *float64         `json:"_score"`
			Source indexer.Document `json:"_source"`
		} `json:"hits"`
	} `json:"hits"`
	Aggs map[string]struct {
		Buckets []struct {
			Key         any    `json:"key"`
			KeyAsString string `json:"key_as_string"`
			Count       int    `json:"doc_count"`
		} `json:"buckets"`
	} `json:"aggregations"`
}

func (ix *Index) answer(r *searchReply, q *indexer.Query) (*indexer.Answer, error) {
	a := &indexer.Answer{Total: r.Hits.Total.Value, Hits: []indexer.Hit{}, Facets: map[string][]indexer.Count{}}
	for i := range r.Hits.Hits {
		h := &r.Hits.Hits[i]
		score := 0.0
		if h.Score != nil && q.Scored() {
			score = *h.Score
		}
		hit := h.Source.Hit(score)
		hit.Highlights = indexer.Highlight(&h.Source, q.Terms, stem.Of)
		a.Hits = append(a.Hits, hit)
	}
	for name, agg := range r.Aggs {
		counts := []indexer.Count{}
		for _, b := range agg.Buckets {
			value := b.KeyAsString
			if value == "" {
				value = fmt.Sprint(b.Key)
			}
			counts = append(counts, indexer.Count{Value: value, Count: b.Count})
		}
		a.Facets[name] = counts
	}
	return a, nil
}

// Count is how many documents the index holds, including those that a search
// does not see yet.
func (ix *Index) Count(ctx context.Context) (int, error) {
	if err := ix.Refresh(ctx); err != nil {
		return 0, err
	}
	var body struct {
		Count int `json:"count"`
	}
	if err := ix.call(ctx, http.MethodGet, ix.path()+"/_count", nil, &body); err != nil {
		return 0, fmt.Errorf("count %s: %w", ix.Name, err)
	}
	return body.Count, nil
}

// Refresh lets searches see everything that was delivered.
func (ix *Index) Refresh(ctx context.Context) error {
	if err := ix.call(ctx, http.MethodPost, ix.path()+"/_refresh", nil, nil); err != nil {
		return fmt.Errorf("refresh %s: %w", ix.Name, err)
	}
	return nil
}

// The size of a page of Each, and of Keys and EachVersion, and how long the server keeps
// their point in time.
const (
	eachPage    = 500
	versionPage = 5000
	keepAlive   = "2m"
)

// Each calls f for every document, by id and key, as the index is at the beginning:
// the server holds that point in time while it is read.
func (ix *Index) Each(ctx context.Context, f func(*indexer.Document) error) error {
	body := object{"size": eachPage, "sort": []object{{"id": "asc"}, {"key": "asc"}}}
	return each(ctx, ix, ix.searchPath(), body, func(h hit[indexer.Document]) error { return f(&h.Source) })
}

// Keys calls f for the key of every document that a query finds.
func (ix *Index) Keys(ctx context.Context, q indexer.Query, f func(key string) error) error {
	if err := q.Check(); err != nil {
		return err
	}
	body := object{"query": queryOf(&q), "size": versionPage, "_source": false, "sort": []string{"_shard_doc"}}
	return each(ctx, ix, ix.searchPath(), body, func(h hit[struct{}]) error { return f(h.ID) })
}

// EachVersion calls f for every document's key and version.
func (ix *Index) EachVersion(ctx context.Context, f func(key string, version int64) error) error {
	// In the order in which they are stored: any index has it, and it costs the
	// least.
	body := object{"size": versionPage, "_source": false, "version": true, "sort": []string{"_shard_doc"}}
	return each(ctx, ix, ix.path(), body, func(h hit[struct{}]) error { return f(h.ID, h.Version) })
}

// hit is a document, or the requested parts of it.
type hit[T any] struct {
	ID      string `json:"_id"`
	Version int64  `json:"_version"`
	Source  T      `json:"_source"`
	Sort    []any  `json:"sort"`
}

// each pages through an index with a point in time and search_after.
func each[T any](ctx context.Context, ix *Index, path string, body object, f func(hit[T]) error) (err error) {
	if err := ix.Refresh(ctx); err != nil {
		return err
	}
	var pit struct {
		ID string `json:"id"`
	}
	if err := ix.call(ctx, http.MethodPost, path+"/_pit?keep_alive="+keepAlive, nil, &pit); err != nil {
		return fmt.Errorf("read %s: %w", ix.opts.Alias, err)
	}
	defer func() {
		closing := ix.call(context.WithoutCancel(ctx), http.MethodDelete, "/_pit", object{"id": pit.ID}, nil)
		if err == nil && closing != nil {
			err = fmt.Errorf("read %s: %w", ix.opts.Alias, closing)
		}
	}()
	body["track_total_hits"] = false
	for {
		var r struct {
			Hits struct {
				Hits []hit[T] `json:"hits"`
			} `json:"hits"`
			PIT string `json:"pit_id"`
		}
		body["pit"] = object{"id": pit.ID, "keep_alive": keepAlive}
		if err := ix.call(ctx, http.MethodPost, "/_search", body, &r); err != nil {
			return fmt.Errorf("read %s: %w", ix.opts.Alias, err)
		}
		for _, h := range r.Hits.Hits {
			if err := f(h); err != nil {
				return err
			}
		}
		n := len(r.Hits.Hits)
		if n < body["size"].(int) {
			return nil
		}
		body["search_after"] = r.Hits.Hits[n-1].Sort
		if r.PIT != "" {
			pit.ID = r.PIT
		}
	}
}
