package client

import (
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"jobsieve/config"
)

const secret = "jobsieve_PlantedToken"

// TestOptions wants addresses refused that are none, or that let a token be read, and
// nothing of them told.
func TestOptions(t *testing.T) {
	token := config.NewSecret(secret)
	for server, want := range map[string]error{
		"http://127.0.0.1:8790": nil, "http://localhost:8790/": nil, "http://[::1]:8790": nil,
		"https://jobs.example.org/sieve": nil, "http://jobs.example.org": ErrPlain, "http://10.0.0.1": ErrPlain,
		"": ErrServer, "jobs.example.org": ErrServer, "ftp://jobs.example.org": ErrServer, "https://": ErrServer,
		"https://me:" + secret + "@jobs.example.org": ErrServer, "https://jobs.example.org/?a=b": ErrServer,
		"https://jobs.example.org/#a": ErrServer, "https://" + secret + "\x00": ErrServer,
	} {
		_, err := New(&Options{Server: server, Token: token})
		if !errors.Is(err, want) || err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v, want %v", server, err, want)
		}
	}
	if _, err := New(&Options{Server: "http://10.0.0.1:8790"}); err != nil {
		t.Errorf("without a token: %v", err)
	}
	if _, err := New(&Options{Server: "https://10.0.0.1", CA: []byte("nonsense")}); !errors.Is(err, ErrCA) {
		t.Error(err)
	}
	if got := fmt.Sprintf("%v %+v %#v", Options{Token: token}, &Options{Token: token}, Options{Token: token}); strings.Contains(got, secret) {
		t.Errorf("the token is told: %s", got)
	}
}

// TestAnswers asks servers of several kinds.
func TestAnswers(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a redirect was followed, with %q", r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/good/api/v1/search", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+secret || r.URL.RawQuery != "city=A+%26+B&city=C" {
			t.Errorf("asked %s with %q", r.URL, r.Header.Get("Authorization"))
		}
		h := w.Header()
		h.Set("Jobsieve-Version", "v2")
		h.Set("Jobsieve-Index-Waiting", "3")
		h.Set("Jobsieve-Index-Missing", "many")
		h.Add("Jobsieve-Note", "%E2%82%B9%201")
		h.Add("Jobsieve-Note", "50%25")
		h.Set("Trailer", "Jobsieve-Damaged")
		_, _ = io.WriteString(w, "body")
		h.Set("Jobsieve-Damaged", "true")
	})
	mux.HandleFunc("/faulty/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"status":400,"detail":"two faults","errors":[{"parameter":"city","detail":"wrong","mentions":["per"]},{"detail":"x"}]}`)
	})
	mux.HandleFunc("/plain/", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	mux.HandleFunc("/lost/", http.NotFound)
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusFound)
	})
	mux.HandleFunc("/broken/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Jobsieve-Version", "v2")
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "part")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	get := func(path string) (*Answer, error) {
		c, err := New(&Options{Server: server.URL + path, Token: config.NewSecret(secret)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c.Get(t.Context(), "search", url.Values{"city": {"A & B", "C"}})
	}
	answer, err := get("/good/")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	said := answer.Said()
	if err != nil || string(body) != "body" || said.Version != "v2" || said.Waiting != 3 || said.Missing != 0 || said.None || !said.Damaged ||
		strings.Join(said.Notes, "|") != "₹ 1|50%" {
		t.Errorf("%q, %v, %+v", body, err, said)
	}

	var problem *Problem
	if _, err = get("/faulty"); !errors.As(err, &problem) || problem.Status != 400 || len(problem.Faults) != 2 ||
		problem.Faults[0].Mentions[0] != "per" {
		t.Errorf("%v: %+v", err, problem)
	}
	for path, want := range map[string]string{
		"/plain": "it answered 200 OK", "/lost": "it answered 404 Not Found", "/moved": "leads to " + elsewhere.URL,
	} {
		var stranger *StrangerError
		if _, err := get(path); !errors.As(err, &stranger) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	answer, err = get("/broken")
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(answer.Body); err == nil {
		t.Errorf("a part is taken for the whole: %q", body)
	}
	_ = answer.Body.Close()
}

// TestTLS wants the authority that is named trusted, and what is wrong said.
func TestTLS(t *testing.T) {
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Jobsieve-Version", "v2") })
	secured := httptest.NewUnstartedServer(answer)
	secured.Config.ErrorLog = log.New(io.Discard, "", 0)
	secured.StartTLS()
	defer secured.Close()
	plain := httptest.NewServer(answer)
	defer plain.Close()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secured.Certificate().Raw})
	for _, c := range []struct {
		server, want string
		ca           []byte
	}{
		{secured.URL, "", ca},
		{secured.URL, "--ca-file", nil},
		{strings.Replace(plain.URL, "http:", "https:", 1), "speaks no TLS", ca},
		{"http://127.0.0.1:1", `is "jobsieve serve" running there`, nil},
	} {
		asker, err := New(&Options{Server: c.server, CA: c.ca})
		if err != nil {
			t.Fatal(err)
		}
		got, err := asker.Get(t.Context(), "search", url.Values{"text": {"private words"}})
		switch {
		case err == nil:
			_ = got.Body.Close()
			if c.want != "" {
				t.Errorf("%s: expected %s", c.server, c.want)
			}
		case c.want == "" || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "private"):
			t.Errorf("%s: %v", c.server, err)
		}
		asker.Close()
	}
}
