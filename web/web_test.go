package web

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jobsieve/job"
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
	server := httptest.NewServer(Public(NewMetrics(), func() error { return fault }).Handler)
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
	server := httptest.NewServer(Public(m, func() error { return nil }).Handler)
	defer server.Close()
	counts := job.Counts{Seen: 6, New: 3, Changed: 1, Repeated: 1}
	counts.Reject(job.RejectGone)
	m.Receipt(&job.Receipt{Source: "a", Complete: true, Counts: counts, Bytes: 9, Statuses: map[int]int{200: 4, 404: 1}})
	m.Receipt(&job.Receipt{Source: "a"})
	m.Receipt(&job.Receipt{Source: "a", Failed: true})
	m.Documents(5, 2)
	_, body := get(t, server, "/metrics")
	for _, want := range []string{
		`jobsieve_runs_total{outcome="complete",source="a"} 1`, `jobsieve_runs_total{outcome="partly",source="a"} 1`,
		`jobsieve_runs_total{outcome="failed",source="a"} 1`, `jobsieve_postings_total{change="new",source="a"} 3`,
		`jobsieve_postings_total{change="repeated",source="a"} 1`, `jobsieve_rejected_total{reason="gone",source="a"} 1`,
		`jobsieve_responses_total{source="a",status="2xx"} 4`, `jobsieve_responses_total{source="a",status="4xx"} 1`,
		`jobsieve_received_bytes_total{source="a"} 9`, `jobsieve_documents_waiting 5`, `jobsieve_documents_refused 2`,
	} {
		if !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("the metrics do not say %s", want)
		}
	}
}

func TestAsk(t *testing.T) {
	var fault error
	server := httptest.NewServer(Public(NewMetrics(), func() error { return fault }).Handler)
	defer server.Close()
	listen := server.Listener.Addr().String()
	if body, err := Ask(t.Context(), listen); err != nil || string(body) != "ok\n" {
		t.Errorf("%q: %v", body, err)
	}
	fault = errors.New("it is ill")
	if _, err := Ask(t.Context(), listen); err == nil || !strings.HasSuffix(err.Error(), "not healthy: it is ill") {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), "nowhere"); !errors.Is(err, ErrAddress) {
		t.Errorf("%v", err)
	}
	if _, err := Ask(t.Context(), ":1"); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%v", err)
	}
}
