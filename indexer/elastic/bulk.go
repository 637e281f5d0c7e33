package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"jobsieve/indexer"
)

// item is one document on its way.
type item struct {
	at  int    // its place in the delivery
	key string // its id
	// lines are the action and the document, as the bulk API takes them.
	lines []byte
}

// source is a document as the server gets it.
type source struct {
	*indexer.Document
	Normal     []string `json:"normal"`
	Stems      []string `json:"stems"`
	TitleStems string   `json:"title_stems"`
}

// Deliver hands documents over, and takes away those that are gone, in
// requests of bounded size. What fails for a passing reason is tried again
// with growing waits; what still fails then comes later, and the error says
// why.
func (ix *Index) Deliver(ctx context.Context, docs []indexer.Document) ([]indexer.Ack, error) {
	acks := make([]indexer.Ack, len(docs))
	items := make([]item, 0, len(docs))
	for i := range docs {
		acks[i] = indexer.Ack{Later: true}
		lines, err := ix.linesOf(&docs[i])
		if err != nil {
			return acks, fmt.Errorf("document %s: %w", docs[i].Key, err)
		}
		items = append(items, item{i, docs[i].Key, lines})
	}
	for len(items) > 0 {
		n := chunk(items, ix.opts.MaxBytes)
		if err := ix.deliver(ctx, items[:n], acks); err != nil {
			return acks, err
		}
		items = items[n:]
	}
	return acks, nil
}

// chunk gives how many items go into one request.
func chunk(items []item, most int) int {
	size := 0
	for i := range items {
		if size += len(items[i].lines); size > most && i > 0 {
			return i
		}
	}
	return len(items)
}

// linesOf writes a document for the bulk API: external versions, so that an
// older one never replaces a newer one.
func (ix *Index) linesOf(d *indexer.Document) ([]byte, error) {
	op := "index"
	if d.Gone {
		op = "delete"
	}
	id, err := json.Marshal(d.Key)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"%s":{"_id":%s,"version":%d,"version_type":"external_gte"}}`+"\n", op, id, d.Revision)
	if d.Gone {
		return b.Bytes(), nil
	}
	s := source{Document: d}
	s.Normal, s.Stems = d.SearchTexts(ix.opts.Stem)
	s.TitleStems = s.Stems[0]
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// deliver sends items until each is taken or refused, or the tries are used
// up.
func (ix *Index) deliver(ctx context.Context, items []item, acks []indexer.Ack) error {
	var last error
	for try := 0; len(items) > 0; try++ {
		if try >= ix.opts.Tries {
			return fmt.Errorf("%d documents wait after %d tries: %w", len(items), try, last)
		}
		rest, wait, err := ix.try(ctx, items, acks)
		var stop *fatalError
		if errors.As(err, &stop) {
			return stop.err
		}
		if len(rest) == 0 {
			return nil
		}
		if len(rest) < len(items) {
			try = -1 // the server takes some: go on with the rest
		}
		items, last = rest, err
		if err := ix.opts.Sleep(ctx, backoff(max(0, try), wait)); err != nil {
			return err
		}
	}
	return nil
}

// The waits between tries: doubling from firstWait up to mostWait, half of it
// by chance.
const (
	firstWait = 200 * time.Millisecond
	mostWait  = 30 * time.Second
)

// backoff is how long to wait after a try; asked is what the server asked for.
func backoff(try int, asked time.Duration) time.Duration {
	if asked > 0 {
		return min(asked, mostWait) + rand.N(firstWait)
	}
	d := min(mostWait, firstWait<<min(try, 10))
	return d/2 + rand.N(d/2+1)
}

// fatalError is an error that another try does not help.
type fatalError struct{ err error }

func (e *fatalError) Error() string { return e.err.Error() }

// try sends items once. rest are those that must be sent again, err says why,
// wait is how long the server asks to wait before.
func (ix *Index) try(ctx context.Context, items []item, acks []indexer.Ack) (rest []item, wait time.Duration, err error) {
	ix.slots <- struct{}{}
	a, err := ix.send(ctx, http.MethodPost, ix.bulkPath(), "application/x-ndjson", bodyOf(items))
	<-ix.slots
	if err != nil {
		if ctx.Err() != nil {
			return items, 0, &fatalError{ctx.Err()}
		}
		return items, 0, err
	}
	switch {
	case a.status == http.StatusRequestEntityTooLarge:
		return ix.halve(ctx, items, acks, explainStatus(a))
	case a.status == http.StatusTooManyRequests, a.status >= http.StatusInternalServerError:
		return items, retryAfter(a.header, time.Now()), explainStatus(a)
	case a.status == http.StatusBadRequest:
		return ix.halve(ctx, items, acks, explainStatus(a))
	case a.status >= http.StatusMultipleChoices:
		return items, 0, &fatalError{explainStatus(a)}
	}
	return readItems(a, ix.Name, items, acks)
}

func (ix *Index) bulkPath() string {
	const filter = "filter_path=items.*._id,items.*._index,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason"
	if ix.direct {
		return "/" + url.PathEscape(ix.Name) + "/_bulk?" + filter
	}
	return "/" + url.PathEscape(ix.opts.Alias) + "/_bulk?require_alias=true&" + filter
}

func bodyOf(items []item) []byte {
	size := 0
	for i := range items {
		size += len(items[i].lines)
	}
	body := make([]byte, 0, size)
	for i := range items {
		body = append(body, items[i].lines...)
	}
	return body
}

// halve deals with a request that the server refuses whole: a single document
// is refused for good, several are sent in two halves.
func (ix *Index) halve(ctx context.Context, items []item, acks []indexer.Ack, why error) (rest []item, wait time.Duration, err error) {
	if len(items) == 1 {
		acks[items[0].at] = indexer.Ack{Refused: why.Error()}
		return nil, 0, nil
	}
	half := len(items) / 2
	err = ix.deliver(ctx, items[:half], acks)
	if err == nil {
		err = ix.deliver(ctx, items[half:], acks)
	}
	if err != nil {
		return items, 0, &fatalError{err}
	}
	return nil, 0, nil
}

// retryAfter reads how long a server asks to wait: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	asked := h.Get("Retry-After")
	if n, err := strconv.Atoi(asked); err == nil {
		return max(0, time.Duration(n)*time.Second)
	}
	if at, err := http.ParseTime(asked); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// reply is what the server says of each document.
type reply struct {
	Items []map[string]result `json:"items"`
}

type result struct {
	ID     string `json:"_id"`
	Index  string `json:"_index"`
	Status int    `json:"status"`
	Error  *struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
		Cause  *struct {
			Reason string `json:"reason"`
		} `json:"caused_by"`
	} `json:"error"`
}

// readItems reads what the server says of each document. A document that the
// reply does not name, in its place and by its id, is sent again.
func readItems(a answer, index string, items []item, acks []indexer.Ack) (rest []item, wait time.Duration, err error) {
	var r reply
	if err := json.Unmarshal(a.body, &r); err != nil {
		return items, 0, fmt.Errorf("the reply is no JSON, perhaps cut short: %w", err)
	}
	var why error
	for i, it := range items {
		if i >= len(r.Items) {
			why = fmt.Errorf("the reply speaks of %d of %d documents", len(r.Items), len(items))
			rest = append(rest, items[i:]...)
			break
		}
		res := only(r.Items[i])
		ack, again, fault := judge(&res, it.key, index)
		switch {
		case fault != nil && !again:
			return items[i:], 0, &fatalError{fault}
		case again:
			rest = append(rest, it)
			why = fault
		default:
			acks[it.at] = ack
		}
	}
	return rest, retryAfter(a.header, time.Now()), why
}

// only gives the one result of an item, which stands under its action's name.
func only(m map[string]result) result {
	for _, r := range m {
		return r
	}
	return result{}
}

// judge says what a result means for its document: an ack; or that it must be
// sent again, and why; or a fault that concerns all documents.
func judge(r *result, key, index string) (ack indexer.Ack, again bool, fault error) {
	kind, reason := "", ""
	if r.Error != nil {
		kind, reason = r.Error.Type, r.Error.Reason
		if r.Error.Cause != nil {
			reason += ": " + r.Error.Cause.Reason
		}
	}
	told := fmt.Errorf("%d %s: %s", r.Status, kind, reason)
	switch {
	case r.Status == 0, r.ID != key && r.Status < http.StatusBadRequest:
		return ack, true, errors.New("the reply speaks of another document")
	case r.Status < http.StatusMultipleChoices && r.Index != index:
		return ack, false, fmt.Errorf("the alias leads to %s now, and led to %s before: try again", r.Index, index)
	case r.Status < http.StatusMultipleChoices:
		return ack, false, nil
	case r.Status == http.StatusConflict:
		return ack, false, nil // the index has a newer one
	case blocked(kind, reason): // 429 or 403
		return ack, false, fmt.Errorf("%w: %w", ErrReadOnly, told)
	case r.Status == http.StatusTooManyRequests, r.Status >= http.StatusInternalServerError:
		return ack, true, told
	case r.Status == http.StatusNotFound && kind == "":
		return ack, false, nil // a document to take away that is not there
	case kind == "index_not_found_exception":
		return ack, false, fmt.Errorf("%w: %w", ErrNoIndex, told)
	case r.Status == http.StatusUnauthorized, r.Status == http.StatusForbidden:
		return ack, false, told
	}
	return indexer.Ack{Refused: told.Error()}, false, nil
}
