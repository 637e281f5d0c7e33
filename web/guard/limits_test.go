package guard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"jobsieve/config"
)

// TestClientsAreBounded forgets the client that asked longest ago.
func TestClientsAreBounded(t *testing.T) {
	c := newClients(3, 1, 1)
	first := c.of("a")
	for i := range 100 {
		c.of(fmt.Sprint(i))
		c.of("a")
	}
	if c.lru.Len() != 3 || len(c.byKey) != 3 || c.of("a") != first {
		t.Errorf("%d clients, %d keys", c.lru.Len(), len(c.byKey))
	}
	for _, key := range []string{"98", "99"} {
		if _, ok := c.byKey[key]; !ok {
			t.Errorf("%s is forgotten", key)
		}
	}
}

// TestLimits refuses what one client asks beyond its limits, until it has waited.
func TestLimits(t *testing.T) {
	now := time.Unix(1000, 0)
	web := config.Web{Requests: 20, Cost: 3, Proxies: []string{"127.0.0.1"}}
	search := Costs(hello["/"]).ServeHTTP
	report := Heavy(hello["/"]).ServeHTTP
	either := HeavyWith("as_of", hello["/"]).ServeHTTP
	handlers := map[string]http.HandlerFunc{"/either": either, "/search": search, "/report": report, "/": hello["/"]}
	s := serve(t, "127.0.0.1:8790", web, func(g *Guard) { g.now = func() time.Time { return now } }, handlers)
	asked := func(client, path string, times, want int, after string) {
		t.Helper()
		for i := range times {
			resp, body := s.ask(t, plain, http.MethodGet, path, "X-Forwarded-For", client)
			if resp.StatusCode != want || resp.Header.Get("Retry-After") != after {
				t.Fatalf("%s, the %dth time: %d %s after %s", path, i+1, resp.StatusCode, body, resp.Header.Get("Retry-After"))
			}
			if want == http.StatusTooManyRequests {
				isProblem(t, resp, body, want, "ask again in "+after+" s")
			}
		}
	}
	asked("192.0.2.1", "/search", 12, http.StatusOK, "")
	asked("192.0.2.1", "/search", 2, http.StatusTooManyRequests, "1")
	asked("192.0.2.1", "/report", 2, http.StatusTooManyRequests, "4")
	asked("192.0.2.1", "/", 4*20-16, http.StatusOK, "")
	asked("192.0.2.1", "/", 1, http.StatusTooManyRequests, "1")
	asked("192.0.2.1", "/healthz", 100, http.StatusOK, "")
	asked("2001:db8::1", "/report", 1, http.StatusOK, "")
	asked("2001:db8::ffff", "/report", 1, http.StatusTooManyRequests, "3")
	asked("2001:db8:0:1::1", "/report", 1, http.StatusOK, "")
	asked("192.0.2.2", "/either?as_of=", 1, http.StatusOK, "")
	asked("192.0.2.2", "/either?as_of=&as_of=2026-01-31", 1, http.StatusOK, "")
	asked("192.0.2.2", "/either?as_of=2026-01-31", 1, http.StatusTooManyRequests, "3")
	asked("192.0.2.2", "/either?text=as_of", 1, http.StatusOK, "")
	now = now.Add(4 * time.Second)
	asked("192.0.2.1", "/report", 1, http.StatusOK, "")
}

// TestUnguarded answers where no guard stands before a handler.
func TestUnguarded(t *testing.T) {
	for _, h := range []http.Handler{Costs(hello["/"]), Heavy(hello["/"]), HeavyWith("q", hello["/"])} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
		if w.Body.String() != "hello" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

// recorded asks a handler behind a guard, in a bubble.
func recorded(g *Guard, h http.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	g.Around(h).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/", http.NoBody))
	return w
}

// TestQueue lets requests wait for their turn, so many and for so long.
func TestQueue(t *testing.T) {
	for name, tt := range map[string]struct {
		of      func(http.Handler) http.Handler
		tooMuch string
	}{
		"heavy": {Heavy, "Too many reports and exports"},
		"light": {Costs, "Too much is being asked at once"},
	} {
		g, _ := guardOf(t, "127.0.0.1:8790", config.Web{Cost: 1000})
		synctest.Test(t, func(t *testing.T) {
			g.heavy, g.light = newQueue(1, 1), newQueue(1, 1)
			g.now = func() time.Time { return time.Unix(1000, 0) }
			release, codes := make(chan struct{}), make(chan int, 4)
			ask := func() {
				codes <- recorded(g, tt.of(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))).Code
			}
			go ask()
			synctest.Wait()
			go ask()
			synctest.Wait()
			begun := time.Now()
			full := recorded(g, tt.of(hello["/"]))
			isProblem(t, full.Result(), full.Body.String(), http.StatusServiceUnavailable, tt.tooMuch)
			if full.Header().Get("Retry-After") != "5" || time.Since(begun) != 0 {
				t.Errorf("%s: Retry-After: %s after %s", name, full.Header().Get("Retry-After"), time.Since(begun))
			}
			if code := <-codes; code != http.StatusServiceUnavailable || time.Since(begun) != g.times.queue {
				t.Errorf("%s: %d after %s", name, code, time.Since(begun))
			}
			go ask()
			synctest.Wait()
			release <- struct{}{}
			release <- struct{}{}
			if a, b := <-codes, <-codes; a != http.StatusOK || b != http.StatusOK {
				t.Errorf("%s: %d and %d", name, a, b)
			}
		})
	}
}

// TestDeadline ends questions that take too long, whatever their handlers make of it.
func TestDeadline(t *testing.T) {
	g, _ := guardOf(t, "127.0.0.1:8790", config.Web{})
	wait := func(then http.HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			then(w, r)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		for name, h := range map[string]http.HandlerFunc{
			"silent": func(http.ResponseWriter, *http.Request) {},
			"fails":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "cut off", http.StatusInternalServerError) },
			"late":   hello["/"],
			"flushes": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				_ = http.NewResponseController(w).Flush()
			},
		} {
			for heavy, want := range map[bool]time.Duration{false: g.times.question, true: g.times.heavy} {
				begun, asked := time.Now(), wait(h)
				if heavy {
					asked = Heavy(asked)
				}
				w := recorded(g, asked)
				isProblem(t, w.Result(), w.Body.String(), http.StatusGatewayTimeout, "took too long")
				if got := time.Since(begun); got != want || w.Header().Get("Content-Encoding") != "" {
					t.Errorf("%s: ended after %s", name, got)
				}
			}
		}
	})
}

// TestPanic answers for a handler that panics, with nothing inside.
func TestPanic(t *testing.T) {
	boom := func(what any) http.HandlerFunc { return func(http.ResponseWriter, *http.Request) { panic(what) } }
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, map[string]http.HandlerFunc{
		"/text": boom("secret of the question"), "/runtime": func(http.ResponseWriter, *http.Request) { _ = []int{}[len(hello):] },
		"/begun": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, strings.Repeat("a", 1<<20))
			panic(errors.New("secret"))
		},
		"/aborted": boom(http.ErrAbortHandler),
	})
	for _, path := range []string{"/text", "/runtime"} {
		resp, body := s.ask(t, plain, http.MethodGet, path)
		isProblem(t, resp, body, http.StatusInternalServerError, "the daemon's log says what")
		if strings.Contains(body, "secret") || strings.Contains(body, "runtime") {
			t.Error(body)
		}
	}
	for _, path := range []string{"/begun", "/aborted"} {
		resp, err := plain.Get("http://" + s.addr + path)
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the answer looks whole", path)
		}
	}
	log := s.log.String()
	if strings.Contains(log, "secret") || strings.Count(log, "a handler panicked") != 3 || !strings.Contains(log, "limits_test.go") ||
		!strings.Contains(log, "panic=string") || !strings.Contains(log, "slice bounds out of range") {
		t.Error(log)
	}
}

// TestSlowReader drops a client that reads nothing, also one stream of a connection of
// HTTP/2.
func TestSlowReader(t *testing.T) {
	failed := make(chan error)
	endless := func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				failed <- err
				return
			}
		}
	}
	quick := func(g *Guard) { g.times.write = 100 * time.Millisecond }
	handlers := map[string]http.HandlerFunc{"/": endless}
	s := serve(t, "127.0.0.1:8790", config.Web{}, quick, handlers)
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	var timeout net.Error
	if err := <-failed; !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("%v", err)
	}
	if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("the connection stays: %v", err)
	}
	web := config.Web{CertFile: filepath.Join(t.TempDir(), "cert.pem"), KeyFile: filepath.Join(t.TempDir(), "key.pem")}
	trusted := makeCertificate(t, web, "first")
	s = serve(t, "127.0.0.1:8790", web, quick, handlers)
	resp, err := (&http.Client{Transport: trusting(trusted)}).Get("https://" + s.addr + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	<-failed
	if _, err := io.Copy(io.Discard, resp.Body); err == nil || resp.ProtoMajor != 2 {
		t.Errorf("%s: the answer looks whole", resp.Proto)
	}
}

// TestLargeBody refuses a body that no form of ours has.
func TestLargeBody(t *testing.T) {
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, r *http.Request) {
			var tooLarge *http.MaxBytesError
			if _, err := io.Copy(io.Discard, r.Body); !errors.As(err, &tooLarge) {
				t.Errorf("%v", err)
			}
		},
	})
	s.post(t, plain, http.MethodPost, "/saved", strings.Repeat("a", mostBody+1))
}

// TestClientGone ends a question whose client is gone.
func TestClientGone(t *testing.T) {
	begun, ended := make(chan struct{}), make(chan error, 1)
	s := serve(t, "127.0.0.1:8790", config.Web{}, nil, map[string]http.HandlerFunc{
		"/": func(_ http.ResponseWriter, r *http.Request) {
			close(begun)
			<-r.Context().Done()
			ended <- context.Cause(r.Context())
		},
	})
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	<-begun
	_ = conn.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
