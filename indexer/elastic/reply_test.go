package elastic

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
)

// TestReadItems reads replies as the server, or something between, can give
// them for the documents a and b, of which b is to go.
func TestReadItems(t *testing.T) {
	const (
		okA = `{"index":{"_id":"a","_index":"ix","status":201}}`
		okB = `{"delete":{"_id":"b","_index":"ix","status":200}}`
	)
	done, later := indexer.Ack{Delivered: true}, indexer.Ack{}
	failed := func(action, id string, status int, kind, reason string) string {
		return fmt.Sprintf(`{%q:{"_id":%q,"_index":"ix","status":%d,"error":{"type":%q,"reason":%q}}}`, action, id, status, kind, reason)
	}
	for _, c := range []struct {
		name, a, b string
		acks       []indexer.Ack
		rest       string
		conflicts  string
		err        string
		fatal      bool
	}{
		{name: "both taken", a: okA, b: okB, acks: []indexer.Ack{done, done}},
		{name: "gone already", a: okA, b: `{"delete":{"_id":"b","_index":"ix","status":404}}`, acks: []indexer.Ack{done, done}},
		{name: "replaced", a: `{"index":{"_id":"a","_index":"ix","status":200}}`, b: okB, acks: []indexer.Ack{done, done}},
		{name: "one is not named", a: okA, acks: []indexer.Ack{later, later}, rest: "ab", err: "of 1 document, the request of 2"},
		{name: "one too many", a: okA, b: okB + "," + okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "3 documents"},
		{name: "in the wrong order", a: okB, b: okA, acks: []indexer.Ack{later, later}, rest: "ab", err: "action"},
		{name: "another id", a: `{"index":{"_id":"z","_index":"ix","status":201}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "another document"},
		{name: "another id refused", a: failed("index", "z", 400, "document_parsing_exception", "bad"), b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "another document"},
		{name: "another id in conflict", a: failed("index", "z", 409, "version_conflict_engine_exception", "newer"), b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "another document"},
		{name: "another action", a: `{"create":{"_id":"a","_index":"ix","status":201}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "action"},
		{name: "two results", a: `{"index":{"_id":"a","_index":"ix","status":201},"delete":{"_id":"a","_index":"ix","status":200}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "action"},
		{name: "not found after it was put", a: `{"index":{"_id":"a","_index":"ix","status":404}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "404, which the action"},
		{name: "made by taking away", a: okA, b: `{"delete":{"_id":"b","_index":"ix","status":201}}`, acks: []indexer.Ack{later, later}, rest: "ab", err: "201, which the action"},
		{name: "a bad request without a reason", a: `{"index":{"_id":"a","_index":"ix","status":400}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "400"},
		{name: "a conflict without a reason", a: `{"index":{"_id":"a","_index":"ix","status":409}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "409"},
		{name: "an error that succeeded", a: failed("index", "a", 200, "odd", "odd"), b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "200 for an error"},
		{name: "no status", a: `{"index":{"_id":"a","_index":"ix"}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "status 0"},
		{name: "its version", a: `{"index":{"_id":"a","_index":"ix","_version":7,"status":201}}`, b: okB, acks: []indexer.Ack{done, done}},
		{name: "another version", a: `{"index":{"_id":"a","_index":"ix","_version":6,"status":201}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "version 6"},
		{name: "accepted", a: `{"index":{"_id":"a","_index":"ix","status":202}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "202"},
		{name: "cut", a: okA + `,{"ind`, acks: []indexer.Ack{later, later}, rest: "ab", err: "cut short"},
		{name: "empty item", a: `{}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "action"},
		{name: "refused at another index", a: `{"index":{"_id":"a","_index":"else","status":400,"error":{"type":"document_parsing_exception","reason":"bad"}}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "else"},
		{name: "queue full for one", a: failed("index", "a", 429, "es_rejected_execution_exception", "full"), b: okB, acks: []indexer.Ack{later, done}, rest: "a", err: "429"},
		{name: "shard away for one", a: okA, b: failed("delete", "b", 503, "unavailable_shards_exception", "away"), acks: []indexer.Ack{done, later}, rest: "b", err: "503"},
		{name: "an unknown error", a: failed("index", "a", 418, "teapot", "short"), b: okB, acks: []indexer.Ack{later, done}, rest: "a", err: "418"},
		{name: "a newer one is there", a: failed("index", "a", 409, "version_conflict_engine_exception", "newer"), b: okB, acks: []indexer.Ack{later, done}, conflicts: "a"},
		{
			name: "refused with its reason", a: `{"index":{"_id":"a","_index":"ix","status":400,"error":{"type":"document_parsing_exception","reason":"bad","caused_by":{"reason":"no date"}}}}`, b: okB,
			acks: []indexer.Ack{{Refused: "400 document_parsing_exception: bad: no date"}, done},
		},
		{
			name: "disk full", a: failed("index", "a", 403, "cluster_block_exception", "index [ix] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"), b: okB,
			acks: []indexer.Ack{later, later}, rest: "ab", err: "read-only", fatal: true,
		},
		{
			name: "disk full, as newer servers say it", a: failed("index", "a", 429, "cluster_block_exception", "index [ix] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];"), b: okB,
			acks: []indexer.Ack{later, later}, rest: "ab", err: "read-only", fatal: true,
		},
		{name: "index deleted", a: failed("index", "a", 404, "index_not_found_exception", "no such index"), b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "index setup", fatal: true},
		{name: "alias moved", a: `{"index":{"_id":"a","_index":"other","status":201}}`, b: okB, acks: []indexer.Ack{later, later}, rest: "ab", err: "leads to other", fatal: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			acks := []indexer.Ack{later, later}
			items := []item{{at: 0, key: "a", revision: 7}, {at: 1, key: "b", gone: true}}
			body := strings.TrimSuffix(c.a+","+c.b, ",")
			if c.name != "cut" {
				body += "]}"
			}
			ix := &Index{Name: "ix", opts: Options{Alias: "alias"}}
			rest, conflicts, err := ix.readItems(answer{status: http.StatusOK, body: []byte(`{"items":[` + body)}, items, acks)
			if diff := cmp.Diff(c.acks, acks); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if keysOf(rest) != c.rest || keysOf(conflicts) != c.conflicts {
				t.Errorf("sent again %q, want %q; in conflict %q, want %q", keysOf(rest), c.rest, keysOf(conflicts), c.conflicts)
			}
			wantError(t, err, c.err)
			if errors.As(err, new(*fatalError)) != c.fatal {
				t.Errorf("stops: %v, want %v", !c.fatal, c.fatal)
			}
		})
	}
}

func keysOf(items []item) (keys string) {
	for _, it := range items {
		keys += it.key
	}
	return keys
}

// TestConflicts asks for what the index holds where it says that this is newer.
func TestConflicts(t *testing.T) {
	ix := openTest(t, nil)
	docs := conformance.Documents()[:3]
	for i := range docs {
		docs[i].Revision = 5
	}
	conformance.Deliver(t, ix, docs)
	items := []item{{at: 0, key: "1", revision: 4}, {at: 1, key: "2", revision: 5}, {at: 2, key: "3", revision: 6}, {at: 3, key: "none", revision: 1}, {at: 4, key: "gone", revision: 1, gone: true}}
	acks := make([]indexer.Ack, len(items))
	rest, err := ix.settle(t.Context(), items, acks)
	wantError(t, err, "it has newer documents, and does not have them")
	if diff := cmp.Diff([]indexer.Ack{{Newer: 5}, {Delivered: true}, {}, {}, {Delivered: true}}, acks); diff != "" || keysOf(rest) != "3none" {
		t.Errorf("sent again: %q (-want +got):\n%s", keysOf(rest), diff)
	}
}

// TestOneIsSingular counts documents in messages.
func TestOneIsSingular(t *testing.T) {
	why := errors.New("it is full")
	for want, err := range map[string]error{
		"1 document waits after 1 try: it is full":   waiting(1, 1, why),
		"2 documents wait after 5 tries: it is full": waiting(2, 5, why),
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
	ix := openTest(t, nil)
	for want, items := range map[string][]item{
		"the index says that it has a newer document, and does not have it": {{key: "none", revision: 1}},
		"the index says that it has newer documents, and does not have them": {
			{key: "none", revision: 1}, {at: 1, key: "nor", revision: 1},
		},
	} {
		_, err := ix.settle(t.Context(), items, make([]indexer.Ack, len(items)))
		wantError(t, err, want)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "3": 3 * time.Second, "-1": 0, "soon": 0, "Mon, 23 Nov 2026 10:00:07 GMT": 7 * time.Second, "Mon, 23 Nov 2026 09:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {header}}, now); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	for try := range 40 {
		if d := backoff(try, 0); d < firstWait/2 || d > mostWait {
			t.Errorf("try %d waits %s", try, d)
		}
	}
	if d := backoff(0, 2*time.Second); d < 2*time.Second || d > 3*time.Second {
		t.Errorf("the server asked for 2 s, the wait is %s", d)
	}
}
