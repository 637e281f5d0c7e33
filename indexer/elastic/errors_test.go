package elastic

import (
	"context"
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jobsieve/indexer"
	"jobsieve/indexer/conformance"
	"jobsieve/internal/estest"
)

func TestAuthentication(t *testing.T) {
	proxy := estest.Secured(t)
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw})
	digest := fmt.Sprintf("%X", sha256.Sum256(proxy.Certificate().Raw))
	for name, c := range map[string]struct {
		opts Options
		err  string
	}{
		"API key, CA":             {Options{APIKey: "a-key", CACert: ca}, ""},
		"basic, CA":               {Options{Username: "crawler", Password: "pass word", CACert: ca}, ""},
		"API key, fingerprint":    {Options{APIKey: "a-key", Fingerprint: digest}, ""},
		"fingerprint with colons": {Options{APIKey: "a-key", Fingerprint: colons(digest)}, ""},
		"no credentials":          {Options{CACert: ca}, "api_key_file"},
		"wrong password":          {Options{Username: "crawler", Password: "no", CACert: ca}, "refuses the credentials"},
		"unknown authority":       {Options{APIKey: "a-key"}, "set ca_file"},
		"other fingerprint":       {Options{APIKey: "a-key", Fingerprint: strings.Repeat("0", 64)}, "fingerprint"},
		"no PEM":                  {Options{APIKey: "a-key", CACert: []byte("hello")}, "ca_file"},
	} {
		t.Run(name, func(t *testing.T) {
			c.opts.URL = proxy.URL
			_, err := Connect(t.Context(), c.opts)
			wantError(t, err, c.err)
			if err != nil && strings.Contains(err.Error(), "pass word") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
	t.Run("delivers", func(t *testing.T) {
		ix, err := Open(t.Context(), Options{URL: proxy.URL, APIKey: "a-key", CACert: ca, Alias: estest.Alias(t, estest.URL(t))}, true)
		if err != nil {
			t.Fatal(err)
		}
		conformance.Deliver(t, ix, conformance.Documents())
	})
}

func colons(s string) string {
	var parts []string
	for i := 0; i < len(s); i += 2 {
		parts = append(parts, s[i:i+2])
	}
	return strings.Join(parts, ":")
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("error %v, want %q", err, want)
	}
}

// TestWrongServers connects to what is no Elasticsearch, or not one that can
// be used.
func TestWrongServers(t *testing.T) {
	old := `{"name":"n","cluster_name":"c","version":{"number":"7.17.9","build_flavor":"default"},"tagline":"You Know, for Search"}`
	for name, c := range map[string]struct {
		header, body string
		status       int
		err          string
	}{
		"a web site":   {"", "<html>hello</html>", 200, "not Elasticsearch"},
		"another JSON": {"", `{"version":{"number":"8.1.0"}}`, 200, "not Elasticsearch"},
		"an error":     {"", "nothing here", 404, "not Elasticsearch"},
		"too old":      {"Elasticsearch", old, 200, `it has version "7.17.9"; jobsieve needs Elasticsearch 8.0 or newer`},
		"a gateway":    {"", "bad gateway", 502, "502"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if c.header != "" {
					w.Header().Set("X-Elastic-Product", c.header)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			defer s.Close()
			_, err := Connect(t.Context(), Options{URL: s.URL})
			wantError(t, err, c.err)
		})
	}
	t.Run("closed port", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := l.Addr().String()
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = Connect(t.Context(), Options{URL: "http://" + address})
		wantError(t, err, "nothing listens there: is Elasticsearch running")
	})
	t.Run("never answers", func(t *testing.T) {
		block := make(chan struct{})
		s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-block }))
		defer s.Close()
		defer close(block)
		_, err := Connect(t.Context(), Options{URL: s.URL, Timeout: 50 * time.Millisecond})
		wantError(t, err, "did not answer in time")
	})
	t.Run("https to an http port", func(t *testing.T) {
		s := httptest.NewServer(http.NotFoundHandler())
		defer s.Close()
		_, err := Connect(t.Context(), Options{URL: strings.Replace(s.URL, "http:", "https:", 1)})
		wantError(t, err, "does not speak HTTPS")
	})
}

func TestIndexFaults(t *testing.T) {
	at := estest.URL(t)
	t.Run("the alias is an index", func(t *testing.T) {
		opts := Options{URL: at, Alias: estest.Alias(t, at) + "-x"}
		ix, err := Connect(t.Context(), opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.call(t.Context(), http.MethodPut, "/"+opts.Alias, nil, nil); err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), opts, true)
		wantError(t, err, "is an index, not an alias")
	})
	t.Run("read-only", func(t *testing.T) {
		ix := openTest(t, nil)
		block := func(v any) {
			if err := ix.call(t.Context(), http.MethodPut, "/"+ix.Name+"/_settings", object{"index.blocks.read_only_allow_delete": v}, nil); err != nil {
				t.Fatal(err)
			}
		}
		block(true)
		acks, err := ix.Deliver(t.Context(), conformance.Documents())
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("error %v", err)
		}
		for i, a := range acks {
			if a != (indexer.Ack{}) {
				t.Errorf("document %d: %+v, but the index took nothing", i, a)
			}
		}
		block(nil)
		conformance.Deliver(t, ix, conformance.Documents())
	})
	t.Run("no index", func(t *testing.T) {
		_, err := Open(t.Context(), Options{URL: at, Alias: estest.Alias(t, at)}, false)
		if !errors.Is(err, ErrNoIndex) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a strict mapping refuses", func(t *testing.T) {
		ix := openTest(t, nil)
		docs := conformance.Documents()
		docs[1].Posted = "yesterday"
		acks, err := ix.Deliver(t.Context(), docs)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range acks {
			if refused := a.Refused != ""; refused != (i == 1) || a.Delivered == refused {
				t.Errorf("document %d: %+v", i, a)
			}
		}
		if !strings.Contains(acks[1].Refused, "yesterday") {
			t.Errorf("the reason is lost: %s", acks[1].Refused)
		}
	})
	t.Run("canceled", func(t *testing.T) {
		ix := openTest(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		acks, err := ix.Deliver(ctx, conformance.Documents())
		if !errors.Is(err, context.Canceled) || acks[0].Delivered {
			t.Errorf("%+v: %v", acks, err)
		}
	})
}
