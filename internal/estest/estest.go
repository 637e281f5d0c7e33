// Package estest gives tests a real Elasticsearch: the one that
// JOBSIEVE_TEST_ELASTICSEARCH names, else one that it starts for the test
// process.
package estest

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"jobsieve/indexer/elastic/testserver"
	"jobsieve/internal/sharedtest"
)

// Env names the server that tests use; empty starts one.
const Env = "JOBSIEVE_TEST_ELASTICSEARCH"

var (
	once   sync.Once
	server *testserver.Server
	errRun error
	home   string
)

// URL gives the address of the server. Where there is none the test is skipped,
// or fails if JOBSIEVE_REQUIRE names "elasticsearch".
func URL(t testing.TB) string {
	t.Helper()
	if url := os.Getenv(Env); url != "" {
		return strings.TrimSuffix(url, "/")
	}
	once.Do(func() {
		if home, errRun = os.MkdirTemp("", "jobsieve-elasticsearch-"); errRun == nil {
			server, errRun = testserver.Start(context.Background(), home, os.Stderr)
		}
	})
	if errRun != nil {
		sharedtest.Missing(t, "elasticsearch",
			"the Elasticsearch suite is left out: "+errRun.Error()+"; or name a server in "+Env)
	}
	return server.URL
}

// Start starts a server of the test's own, with settings.
func Start(t testing.TB, settings ...string) *testserver.Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "jobsieve-elasticsearch-")
	if err != nil {
		t.Fatal(err)
	}
	s, err := testserver.Start(context.Background(), dir, os.Stderr, settings...)
	if err != nil {
		_ = os.RemoveAll(dir)
		sharedtest.Missing(t, "elasticsearch", "the Elasticsearch suite is left out: "+err.Error())
	}
	t.Cleanup(func() {
		_ = s.Kill() // the test may have ended it
		_ = os.RemoveAll(dir)
	})
	return s
}

// Cluster starts a cluster of three nodes of the test's own.
func Cluster(t testing.TB) []*testserver.Server {
	t.Helper()
	const nodes = 3
	dir, err := os.MkdirTemp("", "jobsieve-elasticsearch-")
	if err != nil {
		t.Fatal(err)
	}
	cluster, err := testserver.StartCluster(context.Background(), dir, os.Stderr, nodes)
	if err != nil {
		_ = os.RemoveAll(dir)
		sharedtest.Missing(t, "elasticsearch", "the Elasticsearch suite is left out: "+err.Error())
	}
	t.Cleanup(func() {
		for _, s := range cluster {
			_ = s.Kill() // the test may have ended it
		}
		_ = os.RemoveAll(dir)
	})
	return cluster
}

// Alias gives a name that no other test uses; what is made under it is deleted
// at the test's end.
func Alias(t testing.TB, url string) string {
	t.Helper()
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails
	alias := fmt.Sprintf("test-%x", b)
	t.Cleanup(func() {
		for _, path := range []string{"/" + alias + "-*?expand_wildcards=all", "/_index_template/" + alias} {
			req, err := http.NewRequestWithContext(context.Background(), http.MethodDelete, url+path, http.NoBody)
			if err != nil {
				continue
			}
			if resp, err := http.DefaultClient.Do(req); err == nil {
				_ = resp.Body.Close()
			}
		}
	})
	return alias
}

// Secured serves the server over TLS to those who show the API key "a-key", or
// "crawler" with the password "pass word"; with the API key "reader-key" they may only
// read.
func Secured(t testing.TB) *httptest.Server {
	t.Helper()
	address, err := url.Parse(URL(t))
	if err != nil {
		t.Fatal(err)
	}
	to := httputil.NewSingleHostReverseProxy(address)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("crawler:pass word"))
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := r.Header.Get("Authorization")
		reader := strings.EqualFold(got, "ApiKey reader-key")
		if !reader && got != basic && !strings.EqualFold(got, "ApiKey a-key") {
			w.Header().Set("WWW-Authenticate", `Basic realm="security"`)
			deny(w, http.StatusUnauthorized, "unable to authenticate")
			return
		}
		if reader && !reads(r) {
			deny(w, http.StatusForbidden, fmt.Sprintf("action of %s %s is unauthorized for API key", r.Method, r.URL.Path))
			return
		}
		r.Header.Del("Authorization")
		to.ServeHTTP(w, r)
	}))
	proxy.Config.ErrorLog = log.New(io.Discard, "", 0)
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	return proxy
}

// deny answers as a server does that refuses somebody.
func deny(w http.ResponseWriter, status int, reason string) {
	w.Header().Set("X-Elastic-Product", "Elasticsearch")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"error":{"type":"security_exception","reason":%q},"status":%d}`, reason, status)
}

// reads reports a request that a role may send with the privileges read and
// view_index_metadata on an index, and monitor on the cluster.
func reads(r *http.Request) bool {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch last := parts[len(parts)-1]; last {
	case "_search", "_count", "_mget":
		return r.Method == http.MethodGet || r.Method == http.MethodPost
	case "_pit":
		return r.Method == http.MethodPost || r.Method == http.MethodDelete
	case "_mapping", "_settings":
		return r.Method == http.MethodGet
	}
	index := len(parts) == 1 && !strings.HasPrefix(parts[0], "_") // or no path at all
	return r.Method == http.MethodGet && (index || parts[0] == "_alias")
}

// Main runs the tests, stops the server and gives the exit code:
// func TestMain(m *testing.M) { os.Exit(estest.Main(m)) }.
func Main(m *testing.M) int {
	code := m.Run()
	if server != nil {
		_ = server.Kill()
		_ = os.RemoveAll(home)
	}
	return code
}
