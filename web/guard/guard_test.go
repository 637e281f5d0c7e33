package guard

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"jobsieve/config"
	"jobsieve/internal/serving"
)

// site is a server of a test, behind a guard.
type site struct {
	*Guard
	log  *buffer
	addr string // host:port
}

// buffer is a log that may be read while it is written.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// guardOf makes the guard of a server that listens on an address.
func guardOf(t *testing.T, listen string, web config.Web) (*Guard, *buffer) {
	t.Helper()
	if web.Requests == 0 {
		web.Requests = config.DefaultRequests
	}
	if web.Cost == 0 {
		web.Cost = config.DefaultCost
	}
	log := &buffer{}
	g, err := New(&config.Config{Listen: listen, Web: web}, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return g, log
}

// serve serves handlers by their patterns behind a guard, as if it listened on an address.
// It serves on a loopback address.
func serve(t *testing.T, listen string, web config.Web, change func(*Guard), handlers map[string]http.HandlerFunc) *site {
	t.Helper()
	g, log := guardOf(t, listen, web)
	if change != nil {
		change(g)
	}
	mux := http.NewServeMux()
	for pattern, h := range handlers {
		mux.Handle(pattern, h)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server, ended := serving.Server(mux), make(chan error, 1)
	go func() { ended <- g.Serve(server, listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return &site{g, log, listener.Addr().String()}
}

// hello answers every path with hello.
var hello = map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }}

// ask sends a request with headers, given as name and value in turn; Host is one of them.
func (s *site) ask(t *testing.T, client *http.Client, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	return s.post(t, client, method, path, "", headers...)
}

func (s *site) post(t *testing.T, client *http.Client, method, path, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.addr+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return answerOf(t, client, r)
}

// plain is a client without cookies, which follows nothing.
var plain = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func answerOf(t *testing.T, client *http.Client, r *http.Request) (*http.Response, string) {
	t.Helper()
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

// isProblem wants an answer to be a problem with a status and a detail.
func isProblem(t *testing.T, resp *http.Response, body string, status int, detail string) {
	t.Helper()
	var p problem
	err := json.Unmarshal([]byte(body), &p)
	if resp.StatusCode != status || err != nil || p.Status != status || p.Title != http.StatusText(status) ||
		!strings.Contains(p.Detail, detail) || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s %s, want %d with %q", resp.StatusCode, resp.Header.Get("Content-Type"), body, status, detail)
	}
}

// TestHosts wants only names of the daemon's own in requests, so that a page of another
// site whose name leads here reads nothing.
func TestHosts(t *testing.T) {
	web := config.Web{Hosts: []string{"jobs.example.org", "2001:db8::1"}}
	s := serve(t, "127.0.0.1:8790", web, nil, hello)
	for host, want := range map[string]int{
		s.addr: http.StatusOK, "localhost:1": http.StatusOK, "LocalHost": http.StatusOK, "[::1]:8790": http.StatusOK,
		"127.0.0.9": http.StatusOK, "jobs.example.org": http.StatusOK, "Jobs.Example.org.:443": http.StatusOK,
		"[2001:db8::1]:8790": http.StatusOK,
		"evil.example":       http.StatusMisdirectedRequest, "127.0.0.1.evil.example": http.StatusMisdirectedRequest,
		"jobs.example.org.evil.example:8790": http.StatusMisdirectedRequest, "10.0.0.1:8790": http.StatusMisdirectedRequest,
		"[2001:db8::2]": http.StatusMisdirectedRequest, "xlocalhost": http.StatusMisdirectedRequest,
	} {
		resp, body := s.ask(t, plain, http.MethodGet, "/healthz", "Host", host)
		if resp.StatusCode != want {
			t.Errorf("%s: %d %s", host, resp.StatusCode, body)
		}
		if want == http.StatusMisdirectedRequest {
			isProblem(t, resp, body, want, "not called "+host+". Whoever runs it may name it so, under web.hosts")
		}
	}
}

// TestLocalAddress wants a daemon that listens on all addresses of its machine to be
// asked by the one that was reached.
func TestLocalAddress(t *testing.T) {
	g, _ := guardOf(t, "127.0.0.1:8790", config.Web{})
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Host = "192.0.2.7:8790"
	if g.known(r) {
		t.Error("an address that is nobody's is known")
	}
	for reached, want := range map[string]bool{"192.0.2.7": true, "192.0.2.8": false} {
		at := &net.TCPAddr{IP: net.ParseIP(reached), Port: 8790}
		if got := g.known(r.WithContext(contextWith(r, at))); got != want {
			t.Errorf("reached %s: known %v", reached, got)
		}
	}
}

// TestMethods wants nothing changed but saved searches, and those by pages of the daemon's
// own alone.
func TestMethods(t *testing.T) {
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, hello)
	own := "http://" + s.addr
	for _, tt := range []struct {
		method, path string
		headers      []string
		want         int
	}{
		{http.MethodGet, "/", []string{"Origin", "https://evil.example"}, http.StatusOK},
		{http.MethodHead, "/", nil, http.StatusOK},
		{http.MethodPost, "/", nil, http.StatusMethodNotAllowed},
		{http.MethodPut, "/saved", nil, http.StatusMethodNotAllowed},
		{http.MethodDelete, "/saved/x", nil, http.StatusMethodNotAllowed},
		{http.MethodOptions, "/", nil, http.StatusMethodNotAllowed},
		{"SEARCH", "/", nil, http.StatusMethodNotAllowed},
		{http.MethodPost, "/savedness", nil, http.StatusMethodNotAllowed},
		{http.MethodPost, "/saved", nil, http.StatusOK},
		{http.MethodPost, "/saved/x", []string{"Origin", own}, http.StatusOK},
		{http.MethodPost, "/saved/x", []string{"Sec-Fetch-Site", "same-origin"}, http.StatusOK},
		{http.MethodPost, "/saved/x", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{http.MethodPost, "/saved/x", []string{"Origin", "null"}, http.StatusForbidden},
		{http.MethodPost, "/saved/x", []string{"Sec-Fetch-Site", "cross-site", "Origin", own}, http.StatusForbidden},
		{http.MethodPost, "/saved/x", []string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
	} {
		resp, body := s.ask(t, plain, tt.method, tt.path, tt.headers...)
		if resp.StatusCode != tt.want {
			t.Errorf("%s %s %v: %d %s, want %d", tt.method, tt.path, tt.headers, resp.StatusCode, body, tt.want)
		}
		if allow := resp.Header.Get("Allow"); (allow == "GET, HEAD") != (tt.want == http.StatusMethodNotAllowed) {
			t.Errorf("%s %s: Allow: %s", tt.method, tt.path, allow)
		}
	}
}

// TestHeaders wants what browsers may do said with every answer, refusals too.
func TestHeaders(t *testing.T) {
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, map[string]http.HandlerFunc{
		"/": hello["/"], "/silent": func(http.ResponseWriter, *http.Request) {},
		"/cleared": func(w http.ResponseWriter, _ *http.Request) { clear(w.Header()) },
		"/panics":  func(http.ResponseWriter, *http.Request) { panic("boom") },
	})
	for _, path := range []string{"/", "/silent", "/cleared", "/panics", "/nowhere"} {
		host := s.addr
		if path == "/nowhere" {
			host = "evil.example"
		}
		resp, _ := s.ask(t, plain, http.MethodGet, path, "Host", host)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
				"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Server": "",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
	}
}

// TestRecord wants each request logged, with nothing of what was asked.
func TestRecord(t *testing.T) {
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, map[string]http.HandlerFunc{
		"GET /postings/{id}": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
		"GET /healthz":       func(http.ResponseWriter, *http.Request) {},
	})
	s.ask(t, plain, http.MethodGet, "/postings/secretid?q=secretquery", "Authorization", "Bearer secrettoken", "User-Agent", "secret")
	s.ask(t, plain, "SECRET", "/secret")
	s.ask(t, plain, http.MethodGet, "/healthz", "Host", "localhost")
	got := s.log.String()
	for _, want := range []string{
		"msg=request method=GET route=/postings/{id} status=404 ms=", " client=127.0.0.1\n", "method=other route=\"\" status=405",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the log does not say %s", want)
		}
	}
	if strings.Contains(strings.ToLower(got), "secret") || strings.Contains(got, "healthz") {
		t.Error(got)
	}
}
