package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

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
	body := object{
		"query": query, "size": q.Limit, "from": q.Offset, "track_total_hits": true, "track_scores": true,
		"sort": sort, "aggs": aggs,
	}
	if q.After != nil {
		body["search_after"] = afterOf(q)
	}
	return body
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
// does not see yet, for whoever may refresh it.
func (ix *Index) Count(ctx context.Context) (int, error) {
	if err := ix.freshen(ctx); err != nil {
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

// freshen refreshes the index for whoever reads it. Somebody who may only read sees it as it
// was refreshed last, which the server does every second.
func (ix *Index) freshen(ctx context.Context) error {
	err := ix.Refresh(ctx)
	var told *serverError
	if errors.As(err, &told) && told.Type == "security_exception" && told.Status == http.StatusForbidden {
		return nil
	}
	return err
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
func each[T any](ctx context.Context, ix *Index, path string, body object, f func(hit[T]) error) error {
	body["track_total_hits"] = false
	return ix.pointed(ctx, path, func(search searching) error {
		for {
			var r struct {
				Hits struct {
					Hits []hit[T] `json:"hits"`
				} `json:"hits"`
			}
			if err := search(body, &r); err != nil {
				return err
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
		}
	})
}

// searching searches an index as it is at one point in time; body is the request, which
// gets that point, out what the reply is read into.
type searching func(body object, out any) error

// pointed calls f with a search of the index as it is now, with all that was delivered.
func (ix *Index) pointed(ctx context.Context, path string, f func(searching) error) (err error) {
	if err := ix.freshen(ctx); err != nil {
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
	return f(func(body object, out any) error {
		body["pit"] = object{"id": pit.ID, "keep_alive": keepAlive}
		if err := ix.call(ctx, http.MethodPost, "/_search", body, out); err != nil {
			return fmt.Errorf("read %s: %w", ix.opts.Alias, err)
		}
		return nil
	})
}
