package web

import (
	"context"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/web/guard"
)

// get asks a server of a test.
func get(t *testing.T, server *httptest.Server, path string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestHealthz(t *testing.T) {
	var fault error
	server := httptest.NewServer(Public(NewMetrics(), func() error { return fault }, nil, Parts{}).Handler)
	defer server.Close()
	if status, body := get(t, server, "/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("%d %q", status, body)
	}
	fault = errors.New("source acme: it is away")
	if status, body := get(t, server, "/healthz"); status != http.StatusServiceUnavailable || body != "source acme: it is away\n" {
		t.Errorf("%d %q", status, body)
	}
	if status, _ := get(t, server, "/"); status != http.StatusNotFound {
		t.Errorf("/: %d", status)
	}
}

func TestMetrics(t *testing.T) {
	m := NewMetrics()
	server := httptest.NewServer(Public(m, func() error { return nil }, nil, Parts{}).Handler)
	defer server.Close()
	counts := job.Counts{Seen: 6, New: 3, Changed: 1, Repeated: 1}
	counts.Reject(job.RejectGone)
	m.Receipt(&job.Receipt{Source: "a", Complete: true, Counts: counts, Bytes: 9, Statuses: map[int]int{200: 4, 404: 1}})
	m.Receipt(&job.Receipt{Source: "a"})
	m.Receipt(&job.Receipt{Source: "a", Failed: true})
	m.Documents(5, 2)
	m.Reload(true)
	m.Reload(false)
	ended := time.Unix(1000, 0)
	m.Source("b", []job.Receipt{
		{Offline: true, Finished: ended.Add(9)}, {Failed: true, Started: ended, Counts: job.Counts{New: 1, Changed: 2, Unchanged: 3, Rejected: 4}},
		{Failed: true}, {Finished: ended.Add(-time.Minute)}, {Failed: true},
	}, true)
	m.Due("b", ended.Add(time.Hour))
	m.Source("never", nil, false)
	m.Source("gone", []job.Receipt{{}}, false)
	m.Gone("gone")
	_, body := get(t, server, "/metrics")
	for _, want := range []string{
		`jobsieve_runs_total{outcome="complete",source="a"} 1`, `jobsieve_runs_total{outcome="partly",source="a"} 1`,
		`jobsieve_runs_total{outcome="failed",source="a"} 1`, `jobsieve_postings_total{change="new",source="a"} 3`,
		`jobsieve_postings_total{change="repeated",source="a"} 1`, `jobsieve_rejected_total{reason="gone",source="a"} 1`,
		`jobsieve_responses_total{source="a",status="2xx"} 4`, `jobsieve_responses_total{source="a",status="4xx"} 1`,
		`jobsieve_received_bytes_total{source="a"} 9`, `jobsieve_documents_waiting 5`, `jobsieve_documents_refused 2`,
		`jobsieve_reloads_total{outcome="done"} 1`, `jobsieve_reloads_total{outcome="failed"} 1`, `jobsieve_reload_failed 1`,
		`jobsieve_last_success_timestamp_seconds{source="b"} 940`, `jobsieve_last_attempt_timestamp_seconds{source="b"} 1000`,
		`jobsieve_next_due_timestamp_seconds{source="b"} 4600`, `jobsieve_failures_in_a_row{source="b"} 2`,
		`jobsieve_source_sick{source="b"} 1`, `jobsieve_source_sick{source="never"} 0`,
		`jobsieve_last_run_postings{change="new",source="b"} 1`, `jobsieve_last_run_postings{change="changed",source="b"} 2`,
		`jobsieve_last_run_postings{change="unchanged",source="b"} 3`, `jobsieve_last_run_postings{change="rejected",source="b"} 4`,
	} {
		if !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("the metrics do not say %s", want)
		}
	}
	for _, gone := range []string{`source="gone"`, `jobsieve_last_attempt_timestamp_seconds{source="never"}`} {
		if strings.Contains(body, gone) {
			t.Errorf("the metrics still say %s", gone)
		}
	}
}

func TestAsk(t *testing.T) {
	var fault error
	server := httptest.NewServer(Public(NewMetrics(), func() error { return fault }, nil, Parts{}).Handler)
	defer server.Close()
	listen := server.Listener.Addr().String()
	if body, err := Ask(t.Context(), listen, ""); err != nil || string(body) != "ok\n" {
		t.Errorf("%q: %v", body, err)
	}
	fault = errors.New("it is ill")
	if _, err := Ask(t.Context(), listen, ""); err == nil || !strings.HasSuffix(err.Error(), "not healthy: it is ill") {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), "nowhere", ""); !errors.Is(err, ErrAddress) {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), ":1", ""); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%v", err)
	}
}

// TestAskOverTLS wants a daemon with a certificate asked under whatever name it is reached,
// and no other trusted.
func TestAskOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(Public(NewMetrics(), func() error { return nil }, nil, Parts{}).Handler)
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	dir := t.TempDir()
	file := func(name string, certificate []byte) string {
		path := filepath.Join(dir, name)
		block := &pem.Block{Type: "CERTIFICATE", Bytes: certificate}
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	own := file("own.pem", server.Certificate().Raw)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if body, err := Ask(t.Context(), "0.0.0.0:"+port, own); err != nil || string(body) != "ok\n" {
		t.Errorf("%q: %v", body, err)
	}
	other := file("other.pem", server.Certificate().Raw[1:])
	if _, err := Ask(t.Context(), "0.0.0.0:"+port, other); err == nil || !strings.Contains(err.Error(), "another certificate than "+other) {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), "0.0.0.0:"+port, own+"x"); err == nil || !strings.HasPrefix(err.Error(), "web.cert_file: open ") {
		t.Errorf("%v", err)
	}
	if err := os.WriteFile(other, []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Ask(t.Context(), "0.0.0.0:"+port, other); err == nil || !strings.Contains(err.Error(), "expected a certificate in PEM") {
		t.Errorf("%v", err)
	}
}

// TestCosts wants a view of pay, and a question about a day, to cost more than other questions, and
// files nothing. In its bubble no time passes.
func TestCosts(t *testing.T) {
	limits := config.Web{Requests: 100, Cost: 1} // of the cost, 10 at once
	feed := func(context.Context, io.Writer, string) error { return nil }
	page := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	for path, want := range map[string]int{
		"/": 10, "/?as_of=2026-01-31": 1, "/saved/x.rss": 10, "/pay": 1, "/compare": 1, "/trends": 1, "/saved": 10, "/assets/page.css": 100, "/healthz": 100, "/metrics": 100,
	} {
		synctest.Test(t, func(t *testing.T) {
			door, err := guard.New(&config.Config{Listen: config.DefaultListen, Web: limits}, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			h := door.Around(Public(NewMetrics(), func() error { return nil }, feed, Parts{Page: page}).Handler)
			answered := 0
			for range 100 {
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://localhost"+path, http.NoBody))
				if answer.Code == http.StatusOK {
					answered++
				}
			}
			if answered != want {
				t.Errorf("%s is answered %d times, want %d", path, answered, want)
			}
		})
	}
}
