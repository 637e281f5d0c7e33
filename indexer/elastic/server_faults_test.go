package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/internal/estest"
)

// many makes documents of a real size.
func many(from, to int) []indexer.Document {
	docs := make([]indexer.Document, 0, to-from)
	for i := from; i < to; i++ {
		d := conformance.Documents()[0]
		d.Key = fmt.Sprintf("doc-%06d", i)
		d.ID = d.Key
		d.Description = strings.Repeat("calls to customers about their loans ", 40)
		docs = append(docs, d)
	}
	return docs
}

// openAt opens an index at a server of the test's own.
func openAt(t *testing.T, url string, change func(*Options)) *Index {
	t.Helper()
	opts := Options{URL: url, Alias: "faults"}
	change(&opts)
	ix, err := Open(t.Context(), opts, true)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func wantCount(t *testing.T, ix *Index, want int) {
	t.Helper()
	if n, err := ix.Count(t.Context()); err != nil || n != want {
		t.Errorf("the index holds %d documents, want %d: %v", n, want, err)
	}
}

// TestFullQueue overloads a server whose queue holds one request: it answers
// 429 to whole requests and to single documents, and all arrive all the same.
func TestFullQueue(t *testing.T) {
	s := estest.Start(t, "thread_pool.write.queue_size=1", "thread_pool.write.size=1", "node.processors=1")
	var waits atomic.Int64
	ix := openAt(t, s.URL, func(o *Options) {
		o.Tries = 100
		o.Sleep = func(ctx context.Context, _ time.Duration) error {
			waits.Add(1)
			return sleep(ctx, 20*time.Millisecond)
		}
	})
	const clients, each = 24, 200
	for round := 0; round < 20 && waits.Load() == 0; round++ {
		crowd(t, ix, clients, each)
	}
	wantCount(t, ix, clients*each)
	if waits.Load() == 0 {
		t.Error("the server refused nothing: the test shows nothing")
	}
	t.Logf("%d waits", waits.Load())
}

// crowd delivers from many clients at once.
func crowd(t *testing.T, ix *Index, clients, each int) {
	t.Helper()
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			acks, err := ix.Deliver(t.Context(), many(c*each, (c+1)*each))
			if err != nil {
				t.Error(err)
			}
			for i, a := range acks {
				if !a.Delivered {
					t.Errorf("document %d of client %d: %+v", i, c, a)
				}
			}
		})
	}
	wg.Wait()
}

// TestTooLarge sends requests that are larger than the server takes.
func TestTooLarge(t *testing.T) {
	s := estest.Start(t, "http.max_content_length=1mb")
	ix := openAt(t, s.URL, func(o *Options) { o.MaxBytes = 64 << 20 })
	docs := many(0, 900)
	docs[450].Description = strings.Repeat("much too long ", 100_000)
	if n := len(bodyOf(itemsOf(t, ix, docs))); n < 4<<20 {
		t.Fatalf("the request is small: %d bytes", n)
	}
	acks, err := ix.Deliver(t.Context(), docs)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range acks {
		if tooLong := strings.Contains(a.Refused, "413"); tooLong != (i == 450) || a.Delivered == tooLong {
			t.Errorf("document %d: %+v", i, a)
		}
	}
	wantCount(t, ix, 899)
}

func itemsOf(t *testing.T, ix *Index, docs []indexer.Document) []item {
	t.Helper()
	var items []item
	for i := range docs {
		lines, err := ix.linesOf(&docs[i])
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item{at: i, key: docs[i].Key, lines: lines})
	}
	return items
}

// TestCircuitBreaker loads a server that runs out of memory for requests.
func TestCircuitBreaker(t *testing.T) {
	s := estest.Start(t)
	ix := openAt(t, s.URL, func(o *Options) { o.Tries = 3; o.Sleep = func(context.Context, time.Duration) error { return nil } })
	limit := func(v any) {
		if err := ix.call(t.Context(), http.MethodPut, "/_cluster/settings", object{"persistent": object{"network.breaker.inflight_requests.limit": v}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	limit("20kb")
	acks, err := ix.Deliver(t.Context(), many(0, 100))
	if err == nil || !strings.Contains(err.Error(), "circuit_breaking_exception") {
		t.Errorf("error %v", err)
	}
	for i, a := range acks {
		if a != (indexer.Ack{}) {
			t.Errorf("document %d: %+v", i, a)
		}
	}
	limit(nil)
	conformance.Deliver(t, ix, many(0, 100))
	wantCount(t, ix, 100)
}

// patient is a time in which any machine gets an answer.
const patient = 10 * time.Minute

// TestHangAndCrash delivers to a server that hangs, goes on, is killed and
// starts again.
func TestHangAndCrash(t *testing.T) {
	s := estest.Start(t)
	ix := openAt(t, s.URL, func(o *Options) {
		o.Timeout = patient
		o.Sleep = func(ctx context.Context, _ time.Duration) error { return sleep(ctx, 10*time.Millisecond) }
	})
	docs := many(0, 100)
	if err := s.Hang(); err != nil {
		t.Fatal(err)
	}
	ix.opts.Timeout, ix.opts.Tries = 500*time.Millisecond, 2 // it answers nothing
	acks, err := ix.Deliver(t.Context(), docs)
	if !errors.Is(err, context.DeadlineExceeded) || acks[0].Delivered {
		t.Errorf("while it hangs: %+v %v", acks[0], err)
	}
	if err := s.Resume(); err != nil {
		t.Fatal(err)
	}
	ix.opts.Timeout = patient
	conformance.Deliver(t, ix, docs) // again what it may have taken already
	wantCount(t, ix, 100)
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	acks, err = ix.Deliver(t.Context(), many(100, 200))
	if err == nil || acks[0].Delivered {
		t.Errorf("while it is down: %+v %v", acks[0], err)
	}
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCount(t, ix, 100)
	conformance.Deliver(t, ix, many(100, 200))
	wantCount(t, ix, 200)
}
