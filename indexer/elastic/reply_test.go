package elastic

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/indexer"
)

// TestReadItems reads replies as the server, or something between, can give
// them for the documents a and b.
func TestReadItems(t *testing.T) {
	const (
		okA = `{"index":{"_id":"a","_index":"ix","status":201}}`
		okB = `{"index":{"_id":"b","_index":"ix","status":200}}`
	)
	later := indexer.Ack{Later: true}
	for _, c := range []struct {
		name, body string
		acks       []indexer.Ack
		rest       string
		err        string
		fatal      bool
	}{
		{name: "both taken", body: `{"items":[` + okA + `,` + okB + `]}`, acks: []indexer.Ack{{}, {}}},
		{name: "the second is not named", body: `{"items":[` + okA + `]}`, acks: []indexer.Ack{{}, later}, rest: "b", err: "1 of 2"},
		{name: "in the wrong order", body: `{"items":[` + okB + `,` + okA + `]}`, acks: []indexer.Ack{later, later}, rest: "ab", err: "another document"},
		{name: "no items", body: `{}`, acks: []indexer.Ack{later, later}, rest: "ab", err: "0 of 2"},
		{name: "cut", body: `{"items":[` + okA, acks: []indexer.Ack{later, later}, rest: "ab", err: "cut short"},
		{name: "empty item", body: `{"items":[{},` + okB + `]}`, acks: []indexer.Ack{later, {}}, rest: "a", err: "another document"},
		{
			name: "queue full for one", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}},` + okB + `]}`,
			acks: []indexer.Ack{later, {}}, rest: "a", err: "429",
		},
		{
			name: "shard away for one", body: `{"items":[` + okA + `,{"index":{"_id":"b","_index":"ix","status":503,"error":{"type":"unavailable_shards_exception","reason":"away"}}}]}`,
			acks: []indexer.Ack{{}, later}, rest: "b", err: "503",
		},
		{
			name: "a newer one is there", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":409,"error":{"type":"version_conflict_engine_exception","reason":"newer"}}},` + okB + `]}`,
			acks: []indexer.Ack{{}, {}},
		},
		{
			name: "refused with its reason", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":400,"error":{"type":"document_parsing_exception","reason":"bad","caused_by":{"reason":"no date"}}}},` + okB + `]}`,
			acks: []indexer.Ack{{Refused: "400 document_parsing_exception: bad: no date"}, {}},
		},
		{name: "gone already", body: `{"items":[{"delete":{"_id":"a","_index":"ix","status":404}},` + okB + `]}`, acks: []indexer.Ack{{}, {}}},
		{
			name: "disk full", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":403,"error":{"type":"cluster_block_exception","reason":"index [ix] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"}}},` + okB + `]}`,
			acks: []indexer.Ack{later, later}, rest: "ab", err: "read-only", fatal: true,
		},
		{
			name: "disk full, as newer servers say it", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":429,"error":{"type":"cluster_block_exception","reason":"index [ix] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];"}}},` + okB + `]}`,
			acks: []indexer.Ack{later, later}, rest: "ab", err: "read-only", fatal: true,
		},
		{
			name: "index deleted", body: `{"items":[{"index":{"_id":"a","_index":"ix","status":404,"error":{"type":"index_not_found_exception","reason":"no such index"}}},` + okB + `]}`,
			acks: []indexer.Ack{later, later}, rest: "ab", err: "index setup", fatal: true,
		},
		{name: "alias moved", body: `{"items":[{"index":{"_id":"a","_index":"other","status":201}},` + okB + `]}`, acks: []indexer.Ack{later, later}, rest: "ab", err: "leads to other", fatal: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			acks := []indexer.Ack{later, later}
			items := []item{{at: 0, key: "a"}, {at: 1, key: "b"}}
			rest, _, err := readItems(answer{status: http.StatusOK, body: []byte(c.body)}, "ix", items, acks)
			keys := ""
			for _, it := range rest {
				keys += it.key
			}
			if diff := cmp.Diff(c.acks, acks); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if keys != c.rest {
				t.Errorf("sent again: %q, want %q", keys, c.rest)
			}
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %v, want %q", err, c.err)
			}
			var stop *fatalError
			if errors.As(err, &stop) != c.fatal {
				t.Errorf("stops: %v, want %v", !c.fatal, c.fatal)
			}
		})
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
