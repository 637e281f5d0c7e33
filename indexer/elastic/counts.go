package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"jobsieve/indexer"
	"jobsieve/job"
)

// bucketPage is how many buckets a page has: the most that a server gives unless it is
// told otherwise, less some.
const bucketPage = 60_000

// Counts counts the documents that a query finds, from composites, which give every
// bucket, page by page.
func (ix *Index) Counts(
	ctx context.Context, q indexer.Query, by []*indexer.Field, vacancies bool, to indexer.Counts,
) error {
	if err := q.Check(); err != nil {
		return err
	}
	return ix.pointed(ctx, ix.searchPath(), func(search searching) error {
		c := counter{search, queryOf(&q), to}
		documents, err := c.span()
		if err == nil {
			err = c.alike(nil)
		}
		if err == nil && len(by) > 0 {
			err = c.alike(by)
		}
		if err == nil && vacancies {
			err = c.vacancies(by, documents)
		}
		return err
	})
}

// counter counts what a query finds.
type counter struct {
	search searching
	query  object
	to     indexer.Counts
}

// span gives the dates of the documents: of posting, and those of first seen for the
// undated. It says how many documents there are.
func (c *counter) span() (documents int, err error) {
	ends := func(field string) object {
		return object{"first": object{"min": object{"field": field}}, "last": object{"max": object{"field": field}}}
	}
	aggs := ends("posted")
	aggs["bounded"] = object{"filter": missing("posted"), "aggs": ends("posted_latest")}
	aggs["undated"] = object{
		"filter": object{"bool": object{"must": []object{missing("posted"), missing("posted_latest")}}},
		"aggs":   ends("first_seen"),
	}
	type date struct {
		Day string `json:"value_as_string"`
	}
	type span struct {
		First date `json:"first"`
		Last  date `json:"last"`
	}
	var r struct {
		Hits struct {
			Total struct {
				Value int `json:"value"`
			} `json:"total"`
		} `json:"hits"`
		Aggs struct {
			span
			Bounded span `json:"bounded"`
			Undated span `json:"undated"`
		} `json:"aggregations"`
	}
	body := object{"size": 0, "track_total_hits": true, "query": c.query, "aggs": aggs}
	if err := c.search(body, &r); err != nil {
		return 0, err
	}
	for _, s := range []span{r.Aggs.span, r.Aggs.Bounded, r.Aggs.Undated} {
		c.to.Span(s.First.Day, s.Last.Day)
	}
	return r.Hits.Total.Value, nil
}

// countable wants pay that enters pay tables: job.Pay.Countable.
func countable() object {
	known := anyOf([]object{exists("pay_annual_low"), exists("pay_annual_high")})
	rupees := object{"term": object{"pay_currency": job.India.Currency}}
	return object{"bool": object{"filter": append(believed(), rupees, known)}}
}

// alike counts documents that are alike, in groups; in all for no field.
func (c *counter) alike(by []*indexer.Field) error {
	counts := object{"bool": object{"filter": []object{c.query, countable()}}}
	offers := append(groups(by), bucketsOf("pay_annual_low"), bucketsOf("pay_annual_high"))
	err := c.pages(counts, offers, func(key bucketKey, n int) error {
		low, high, err := amountsOf(key[len(by):])
		c.to.Counted(&indexer.Counted{Values: key.group(by), Kind: job.PayOffer, Countable: true, Low: low,
			High: high, Postings: n})
		return err
	})
	if err != nil {
		return err
	}
	others := object{"bool": object{"filter": []object{c.query}, "must_not": []object{countable()}}}
	return c.pages(others, append(groups(by), bucketsOf("pay_kind")), func(key bucketKey, n int) error {
		kind := job.PayKind(key[len(by)])
		c.to.Counted(&indexer.Counted{Values: key.group(by), Kind: kind, Postings: n})
		return nil
	})
}

// eachPart is about how many documents are asked at once for their vacancies: few
// enough that their buckets fit into a page, for a page is found by going through all
// documents of a query.
const eachPart = bucketPage / 2

// isAlone is what holds for documents that are the only ones of their vacancy.
func isAlone() object { return object{"term": object{"vacancy_role": string(job.RoleAlone)}} }

// alone counts the documents that are the only ones of their vacancy, in groups and in all.
func (c *counter) alone(by []*indexer.Field) (documents int, err error) {
	query := object{"bool": object{"filter": []object{c.query, isAlone()}}}
	var r struct {
		Hits struct {
			Total struct {
				Value int `json:"value"`
			} `json:"total"`
		} `json:"hits"`
	}
	if err := c.search(object{"size": 0, "track_total_hits": true, "query": query}, &r); err != nil {
		return 0, err
	}
	documents = r.Hits.Total.Value
	c.to.Alone(nil, documents)
	if len(by) == 0 {
		return documents, nil
	}
	return documents, c.pages(query, groups(by), func(key bucketKey, n int) error {
		c.to.Alone(key.group(by), n)
		return nil
	})
}

// vacancies gives the vacancies of groups. Those of documents that aren't alone in theirs
// are asked for in parts by how they begin, each of a share of the documents.
func (c *counter) vacancies(by []*indexer.Field, documents int) error {
	alone, err := c.alone(by)
	if err != nil {
		return err
	}
	shared := object{"bool": object{"filter": []object{c.query}, "must_not": []object{isAlone()}}}
	lacking := object{"bool": object{"filter": []object{shared, missing("vacancy")}}}
	err = c.pages(lacking, append(groups(by), bucketsOf("vacancy")), func(key bucketKey, _ int) error {
		c.to.Vacancies(key.group(by), []uint64{indexer.VacancyNumber("")})
		return nil
	})
	if err != nil {
		return err
	}
	bounds := vacancyBounds((documents - alone) / eachPart)
	for i := range bounds {
		part := object{"gte": bounds[i]}
		if i+1 < len(bounds) {
			part["lt"] = bounds[i+1]
		}
		query := object{"bool": object{"filter": []object{shared, {"range": object{"vacancy": part}}}}}
		err := c.pages(query, append(groups(by), bucketsOf("vacancy")), func(key bucketKey, _ int) error {
			c.to.Vacancies(key.group(by), []uint64{indexer.VacancyNumber(key[len(by)])})
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// vacancyBounds gives where parts begin, from the empty text on. Names of vacancies are
// hexadecimal digits that a hash gave, so that the parts are alike.
func vacancyBounds(parts int) []string {
	const all = 1 << 16
	out := []string{""}
	for i := 1; i < min(parts, all); i++ {
		out = append(out, fmt.Sprintf("%04x", i*all/parts))
	}
	return out
}

// groups say what groups are made from: values of fields, and the months of dates.
func groups(by []*indexer.Field) []object {
	out := make([]object, len(by))
	for i, f := range by {
		held := heldBy(f)
		out[i] = bucketsOf(fieldPath(held))
		if held.Type == indexer.TypeDate {
			out[i] = bucketsOfMonths(held.Name)
		}
	}
	return out
}

// bucketsOf makes buckets of the values of a field, and one for what has none.
func bucketsOf(field string) object {
	return object{"terms": object{"field": field, "missing_bucket": true}}
}

// bucketsOfMonths makes buckets of the months of a date.
func bucketsOfMonths(field string) object {
	return object{"date_histogram": object{
		"field": field, "calendar_interval": "month", "format": "yyyy-MM", "missing_bucket": true,
	}}
}

// heldBy gives the field that has the values of a field that no index holds.
func heldBy(f *indexer.Field) *indexer.Field {
	if f.Type == "" && len(f.Of) == 1 {
		if held, ok := indexer.Fields.Field(f.Of[0]); ok {
			return held
		}
	}
	return f
}

// bucket is how many documents have the same values of some fields.
type bucket struct {
	Key       bucketKey `json:"key"`
	Documents int       `json:"doc_count"`
}

// pages calls f for every combination of values that documents of a query have: empty
// for what they lack. of says what each value is made from.
func (c *counter) pages(query object, of []object, f func(key bucketKey, documents int) error) error {
	sources := make([]object, len(of))
	for i, values := range of {
		sources[i] = object{sourceName(i): values}
	}
	composite := object{"size": bucketPage, "sources": sources}
	body := object{"size": 0, "track_total_hits": false, "query": query, "aggs": object{
		"all": object{"composite": composite},
	}}
	for {
		var r struct {
			Aggs struct {
				All struct {
					After   json.RawMessage `json:"after_key"`
					Buckets []bucket        `json:"buckets"`
				} `json:"all"`
			} `json:"aggregations"`
		}
		if err := c.search(body, &r); err != nil {
			return err
		}
		for i := range r.Aggs.All.Buckets {
			b := &r.Aggs.All.Buckets[i]
			if len(b.Key) != len(of) {
				return fmt.Errorf("read a count of the server: expected %d values, got %q", len(of), b.Key)
			}
			if err := f(b.Key, b.Documents); err != nil {
				return fmt.Errorf("read a count of the server: %w", err)
			}
		}
		if len(r.Aggs.All.Buckets) < bucketPage {
			return nil
		}
		composite["after"] = r.Aggs.All.After
	}
}

// sourceName is the name of the i-th source.
func sourceName(i int) string { return fmt.Sprintf("s%d", i) }

// bucketKey has the values of a key as texts, empty for none, in the order of their
// sources, which is that of the server too.
type bucketKey []string

// group gives the values of a group, nil for all documents.
func (k bucketKey) group(by []*indexer.Field) []string {
	if len(by) == 0 {
		return nil
	}
	return k[:len(by)]
}

// UnmarshalJSON reads the values of an object, whose names are those of sources. There
// may be a million keys.
func (k *bucketKey) UnmarshalJSON(object []byte) error {
	*k = make(bucketKey, 0, bytes.Count(object, []byte{':'}))
	rest := bytes.TrimSpace(object)
	for len(rest) > 1 { // after a brace or a comma
		_, after, ok := bytes.Cut(rest, []byte{':'})
		if !ok {
			return fmt.Errorf("expected an object of values, got %s", object)
		}
		n := valueEnd(after)
		value, err := valueText(after[:n])
		if err != nil {
			return err
		}
		*k, rest = append(*k, value), after[n:]
	}
	return nil
}

// valueEnd gives where a value of an object ends that is no object or list.
func valueEnd(b []byte) int {
	if b[0] != '"' {
		return max(0, bytes.IndexAny(b, ",}"))
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// valueText gives a value as a text, empty for null.
func valueText(value []byte) (text string, err error) {
	switch {
	case string(value) == "null":
		return "", nil
	case value[0] != '"':
		return string(value), nil
	case !bytes.ContainsRune(value, '\\'):
		return string(value[1 : len(value)-1]), nil
	}
	return text, json.Unmarshal(value, &text)
}

// amountsOf reads the two sides of an offer.
func amountsOf(key bucketKey) (low, high *int64, err error) {
	sides := [2]*int64{}
	for i, v := range key {
		if v == "" {
			continue
		}
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return nil, nil, err
		}
		sides[i] = &n
	}
	return sides[0], sides[1], nil
}
