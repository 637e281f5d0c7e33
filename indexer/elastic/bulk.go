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
	"reflect"
	"strconv"
	"strings"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/stem"
	"jobsieve/job"
)

// item is one document on its way.
type item struct {
	at       int    // its place in the delivery
	key      string // its id
	revision int64
	gone     bool // it is to be deleted
	// lines are the action and the document, as the bulk API takes them.
	lines []byte
}

// source is a document as the server gets it.
type source struct {
	*indexer.Document
	Normal        []string `json:"normal"`
	Stems         []string `json:"stems"`
	Parts         string   `json:"parts"`
	Concepts      []string `json:"concepts,omitempty"`
	TitleConcepts []string `json:"title_concepts,omitempty"`
	Names         []string `json:"names,omitempty"`
}

// Deliver hands documents over, and deletes those that are gone, in requests of
// bounded size. What fails for a temporary reason is tried again with growing
// waits; what still fails after that comes later, and the error says why.
func (ix *Index) Deliver(ctx context.Context, docs []indexer.Document) ([]indexer.Ack, error) {
	acks := make([]indexer.Ack, len(docs))
	items := make([]item, 0, len(docs))
	var gone []*indexer.Document
	for i := range docs {
		lines, err := ix.linesOf(&docs[i])
		if err != nil {
			return acks, fmt.Errorf("document %s: %w", docs[i].Key, err)
		}
		if docs[i].Gone {
			gone = append(gone, &docs[i])
		}
		items = append(items, item{i, docs[i].Key, docs[i].Revision, docs[i].Gone, lines})
	}
	if err := ix.forgetOlder(ctx, gone); err != nil {
		return acks, err
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

// linesOf writes a document for the bulk API: with external versions, so that
// an older one never replaces a newer one.
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
	t := d.SearchTexts(stem.Of)
	s.Normal, s.Stems, s.Parts, s.Concepts, s.TitleConcepts = t.Words, t.Stems, t.Parts, t.Concepts, t.TitleConcepts
	s.Names = indexer.Names(d, t.Concepts)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return nil, err
	}
	return withComputed(b.Bytes(), indexer.Fields, d)
}

// members are those of a document's own JSON.
var members = func() map[string]bool {
	out := map[string]bool{}
	for f := range reflect.TypeFor[indexer.Document]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = true
	}
	return out
}()

// withComputed adds the fields that are computed from a document, and aren't
// members of it, to its JSON, which ends with a newline.
func withComputed(line []byte, schema indexer.Schema, d *indexer.Document) ([]byte, error) {
	for i := range schema {
		f := &schema[i]
		if f.Type == "" || f.Value == nil || members[f.Name] || len(f.Texts(d)) == 0 {
			continue
		}
		value, err := json.Marshal(f.Value(d))
		if err != nil {
			return nil, err
		}
		line = fmt.Appendf(bytes.TrimSuffix(line, []byte("}\n")), ",%q:%s}\n", f.Name, value)
	}
	return line, nil
}

// deliver sends items until each is taken or refused, or the tries are used
// up.
func (ix *Index) deliver(ctx context.Context, items []item, acks []indexer.Ack) error {
	var last error
	for try := 0; len(items) > 0; try++ {
		if try >= ix.opts.Tries {
			return waiting(len(items), try, last)
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

// waiting says that n documents were not taken in several tries, and why.
func waiting(n, tries int, why error) error {
	return fmt.Errorf("%s %s after %d %s: %w", job.Count(n, "document"), job.Plural(n, "waits", "wait"), tries,
		job.Plural(tries, "try", "tries"), why)
}

// The waits between tries: doubling from firstWait up to mostWait, half of it
// random.
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

// fatalError is an error that trying again does not help.
type fatalError struct{ err error }

func (e *fatalError) Error() string { return e.err.Error() }

// try sends items once. rest are those that must be sent again, err says why,
// wait is how long the server asks to wait first.
func (ix *Index) try(
	ctx context.Context, items []item, acks []indexer.Ack,
) (rest []item, wait time.Duration, err error) {
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
	case a.status != http.StatusOK:
		return items, 0, fmt.Errorf("it answered %d to a bulk request; expected 200", a.status)
	}
	rest, conflicts, err := ix.readItems(a, items, acks)
	if err == nil || !errors.As(err, new(*fatalError)) {
		again, e := ix.settle(ctx, conflicts, acks)
		rest, err = append(rest, again...), errors.Join(err, e)
	}
	return rest, retryAfter(a.header, time.Now()), err
}

func (ix *Index) bulkPath() string {
	const filter = "filter_path=items.*._id,items.*._index,items.*._version,items.*.status," +
		"items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason"
	if ix.direct && ix.shared {
		return "/" + url.PathEscape(fillingAlias(ix.Name)) + "/_bulk?require_alias=true&" + filter
	}
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

// halve deals with a request that the server refuses as a whole: a single
// document is refused for good, several are sent in two halves.
func (ix *Index) halve(
	ctx context.Context, items []item, acks []indexer.Ack, why error,
) (rest []item, wait time.Duration, err error) {
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
