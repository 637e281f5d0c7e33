package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"jobsieve/indexer"
	"jobsieve/job"
)

// reply is what the server says of each document.
type reply struct {
	Items []map[string]result `json:"items"`
}

type result struct {
	ID      string `json:"_id"`
	Index   string `json:"_index"`
	Version int64  `json:"_version"` // 0 where it is not given
	Status  int    `json:"status"`
	Error   *struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
		Cause  *struct {
			Reason string `json:"reason"`
		} `json:"caused_by"`
	} `json:"error"`
}

// action is the name of what is done to a document.
func (it *item) action() string {
	if it.gone {
		return "delete"
	}
	return "index"
}

// readItems reads what the server says of each document. A reply that does not
// answer the request, item by item, says nothing of any. conflicts are the
// documents of which it says that it holds a newer version.
func (ix *Index) readItems(a answer, items []item, acks []indexer.Ack) (rest, conflicts []item, err error) {
	var r reply
	if err := json.Unmarshal(a.body, &r); err != nil {
		return items, nil, fmt.Errorf("the reply is not JSON, perhaps cut short: %w", err)
	}
	if len(r.Items) != len(items) {
		return items, nil, fmt.Errorf("the reply speaks of %s, the request of %d", job.Count(len(r.Items), "document"),
			len(items))
	}
	for i := range items {
		if err := ix.answers(&items[i], r.Items[i]); err != nil {
			return items, nil, fmt.Errorf("document %s: %w", items[i].key, err)
		}
	}
	for i, it := range items {
		res := r.Items[i][it.action()]
		ack, then, fault := ix.judge(&res)
		switch then {
		case settled:
			acks[it.at] = ack
		case conflict:
			conflicts = append(conflicts, it)
		case again:
			rest, err = append(rest, it), fault
		case stop:
			return append(rest, items[i:]...), nil, &fatalError{fault}
		}
	}
	return rest, conflicts, err
}

// answers checks that a result is one that an item can get: for its action, its
// id and this index, and with a status that the action can have.
func (ix *Index) answers(it *item, results map[string]result) error {
	r, ok := results[it.action()]
	if !ok || len(results) != 1 {
		return fmt.Errorf("the reply does not speak of the action %q", it.action())
	}
	if r.ID != it.key {
		return errors.New("the reply speaks of another document")
	}
	if r.Error != nil {
		if r.Status < http.StatusBadRequest || r.Error.Type == "" {
			return fmt.Errorf("the reply gives the status %d for an error", r.Status)
		}
		if known := []string{"", ix.Name, ix.opts.Alias, fillingAlias(ix.Name)}; !slices.Contains(known, r.Index) {
			return fmt.Errorf("the reply speaks of the index %s", r.Index)
		}
		return nil
	}
	if r.Version != 0 && r.Version != it.revision {
		return fmt.Errorf("the reply speaks of version %d, version %d was sent", r.Version, it.revision)
	}
	switch {
	case r.Status == http.StatusOK, r.Status == http.StatusCreated && !it.gone, r.Status == http.StatusNotFound &&
		it.gone:
		return nil
	}
	return fmt.Errorf("the reply gives the status %d, which the action %q can't have", r.Status, it.action())
}

// outcome is what a result means for its document.
type outcome int

const (
	settled  outcome = iota // the ack says what became of it
	again                   // it must be sent again
	conflict                // the index says that it holds a newer one
	stop                    // nothing can be delivered now
)

// judge says what a result means. The error says why a document must be sent
// again, or why none can be.
func (ix *Index) judge(r *result) (ack indexer.Ack, then outcome, why error) {
	if r.Error == nil {
		if r.Index != ix.Name {
			return ack, stop, fmt.Errorf("the alias leads to %s now, but led to %s before: try again", r.Index, ix.Name)
		}
		return indexer.Ack{Delivered: true}, settled, nil
	}
	kind, reason := r.Error.Type, r.Error.Reason
	if r.Error.Cause != nil {
		reason += ": " + r.Error.Cause.Reason
	}
	told := fmt.Errorf("%d %s: %s", r.Status, kind, reason)
	switch {
	case r.Status == http.StatusConflict:
		return ack, conflict, told
	case blocked(kind, reason): // 429 or 403
		return ack, stop, fmt.Errorf("%w: %w", ErrReadOnly, told)
	case kind == "index_not_found_exception":
		return ack, stop, fmt.Errorf("%w: %w", ErrNoIndex, told)
	case r.Status == http.StatusUnauthorized, r.Status == http.StatusForbidden:
		return ack, stop, told
	case r.Status == http.StatusBadRequest, r.Status == http.StatusRequestEntityTooLarge:
		return indexer.Ack{Refused: told.Error()}, settled, nil
	}
	return ack, again, told
}

// settle asks which versions the index holds of documents that it says it has newer
// ones of. One that is held as it was sent is delivered, and one that is gone as it
// should be; for a newer one the ack gives the version; what is not held, or is
// older, is sent again.
func (ix *Index) settle(ctx context.Context, items []item, acks []indexer.Ack) (rest []item, err error) {
	if len(items) == 0 {
		return nil, nil
	}
	held, err := ix.versions(ctx, items)
	if err != nil {
		return items, fmt.Errorf("the index says that it has %s: %w", newer(len(items)), err)
	}
	for _, it := range items {
		switch version, there := held[it.key]; {
		case there && version == it.revision && !it.gone, it.gone && !there:
			acks[it.at] = indexer.Ack{Delivered: true}
		case there && version > it.revision:
			acks[it.at] = indexer.Ack{Newer: version}
		default:
			rest = append(rest, it)
		}
	}
	if n := len(rest); n > 0 {
		const format = "the index says that it has %s, and does not have %s"
		err = fmt.Errorf(format, newer(n), job.Plural(n, "it", "them"))
	}
	return rest, err
}

// newer names documents that are newer than those that were sent.
func newer(n int) string { return job.Plural(n, "a newer document", "newer documents") }

// versions gives the versions in which the index holds documents, by id.
func (ix *Index) versions(ctx context.Context, items []item) (map[string]int64, error) {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].key
	}
	var found struct {
		Docs []struct {
			ID      string `json:"_id"`
			Version int64  `json:"_version"`
			Found   bool   `json:"found"`
		} `json:"docs"`
	}
	if err := ix.call(ctx, http.MethodPost, ix.path()+"/_mget?_source=false", object{"ids": ids}, &found); err != nil {
		return nil, err
	}
	held := map[string]int64{}
	for _, d := range found.Docs {
		if d.Found {
			held[d.ID] = d.Version
		}
	}
	return held, nil
}

// forgetOlder takes documents out of the older indexes of the alias, which stay
// after a rebuild until they are pruned: what is forgotten must not live on in
// them. There is no version to consider there.
func (ix *Index) forgetOlder(ctx context.Context, gone []*indexer.Document) error {
	if len(gone) == 0 {
		return nil
	}
	own, err := ix.Own(ctx)
	if err != nil {
		return fmt.Errorf("find the older indexes: %w", err)
	}
	for _, o := range own {
		if o.Name == ix.Name {
			continue
		}
		if err := ix.deleteFrom(ctx, o.Name, o.keys(gone)); err != nil {
			return fmt.Errorf("take documents out of the older index %s: %w; \"jobsieve index prune\" deletes it",
				o.Name, err)
		}
	}
	return nil
}

func (ix *Index) deleteFrom(ctx context.Context, name string, keys []string) error {
	var lines []byte
	for _, key := range keys {
		line, err := json.Marshal(object{"delete": object{"_id": key}})
		if err != nil {
			return err
		}
		lines = append(append(lines, line...), '\n')
	}
	path := "/" + url.PathEscape(name) + "/_bulk?filter_path=items.*._id,items.*.status,items.*.error.type"
	a, err := ix.send(ctx, http.MethodPost, path, "application/x-ndjson", lines)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return explainStatus(a)
	}
	var r reply
	if err := json.Unmarshal(a.body, &r); err != nil {
		return err
	}
	gone := 0
	for i := range min(len(keys), len(r.Items)) {
		d := r.Items[i]["delete"]
		done := d.Status == http.StatusOK || d.Status == http.StatusNotFound
		if d.ID == keys[i] && d.Error == nil && done {
			gone++
		}
	}
	if gone < len(keys) {
		return fmt.Errorf("%d of %d %s gone", gone, len(keys), job.Plural(gone, "is", "are"))
	}
	return nil
}
