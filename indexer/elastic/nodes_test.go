package elastic

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

// TestAnother says which requests go to another node where one can't answer.
func TestAnother(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	cut := &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	for _, c := range []struct {
		method, path string
		status       int
		err          error
		want         bool
	}{
		{http.MethodPost, "/jobs/_bulk?require_alias=true", 0, cut, true},
		{http.MethodPost, "/jobs/_search", 503, nil, true},
		{http.MethodPost, "/jobs/_search", 502, nil, true},
		{http.MethodPost, "/jobs/_search", 500, nil, false},
		{http.MethodPost, "/jobs/_search", 200, nil, false},
		{http.MethodPost, "/jobs/_bulk", 429, nil, false}, // that node is not the one that is busy
		{http.MethodGet, "/", 0, cut, true},
		{http.MethodGet, "/", 0, ErrNotElasticsearch, false},
		{http.MethodPut, "/jobs-000001", 0, cut, false}, // it may be there by now
		{http.MethodPut, "/jobs-000001", 503, nil, false},
		{http.MethodPut, "/jobs-000001", 0, refused, true}, // nothing was sent
		{http.MethodPost, "/_aliases", 0, cut, false},
		{http.MethodDelete, "/jobs-000001", 504, nil, false},
	} {
		if got := another(c.method, c.path, c.status, c.err); got != c.want {
			t.Errorf("%s %s, answered %d, %v: another node is asked %v, want %v", c.method, c.path, c.status, c.err, got, c.want)
		}
	}
}

// TestNodes asks three nodes of which one is gone, one is unable, and one answers from the
// third request on.
func TestNodes(t *testing.T) {
	var unable, late atomic.Int64
	node := func(count *atomic.Int64, ableFrom int64) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Elastic-Product", "Elasticsearch")
			if count.Add(1) < ableFrom {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			_, _ = w.Write([]byte(`{"count": 7, "version": {"number": "8.19.0"}}`))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	var waits []time.Duration
	opts := Options{
		URL: gone.URL, Addresses: []string{node(&unable, 1<<30), node(&late, 3), gone.URL},
		Sleep: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil },
	}
	if got := len(opts.nodes()); got != 3 {
		t.Errorf("%d nodes are asked, want 3: each once", got)
	}
	ix, err := Connect(t.Context(), opts)
	if err != nil {
		t.Fatalf("with one node that answers late: %v", err)
	}
	if n := late.Load(); n < 3 || len(waits) == 0 || slices.Max(waits) != roundWait {
		t.Errorf("the node that answers was asked %d times, with waits of %v", n, waits)
	}
	before := unable.Load() + late.Load()
	if err := ix.call(t.Context(), http.MethodPut, "/jobs", nil, nil); err != nil && unable.Load()+late.Load() != before+1 {
		t.Errorf("what must not be done twice was sent %d times", unable.Load()+late.Load()-before)
	}
}

// TestNoNode has no node that answers: each is asked as often as is said.
func TestNoNode(t *testing.T) {
	var asked atomic.Int64
	unable := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer unable.Close()
	sleep := func(context.Context, time.Duration) error { return nil }
	_, err := Connect(t.Context(), Options{URL: unable.URL, Addresses: []string{unable.URL + "/other"}, Sleep: sleep})
	if err == nil || asked.Load() != 2*rounds {
		t.Errorf("%d requests, want %d: %v", asked.Load(), 2*rounds, err)
	}
	asked.Store(0)
	if _, err = Connect(t.Context(), Options{URL: unable.URL, Sleep: sleep}); err == nil || asked.Load() != 1 {
		t.Errorf("one node alone was asked %d times: %v", asked.Load(), err)
	}
}
