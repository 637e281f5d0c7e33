package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// pacedSite is two boards on one host, each with a list and a page for each of its postings.
// It logs when what was asked for.
type pacedSite struct {
	mu  sync.Mutex
	log []arrival
}

type arrival struct {
	at   time.Time
	path string
}

// eachBoard is how many postings a board has.
const eachBoard = 4

// ServeHTTP answers one request.
func (s *pacedSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.log = append(s.log, arrival{time.Now(), r.URL.Path})
	s.mu.Unlock()
	var board, n int
	switch {
	case r.URL.Path == "/robots.txt":
		fmt.Fprintln(w, "User-agent: *\nDisallow: /private/")
	case one(r.URL.Path, "/jobs/%d", &board):
		for i := range eachBoard {
			fmt.Fprintf(w, "<li data-id=%d><a href=/job/%d>Clerk %d</a>\n", i, board*eachBoard+i, i)
		}
	case one(r.URL.Path, "/job/%d", &n):
		fmt.Fprintf(w, "<h1>Clerk %d</h1>", n)
	default:
		http.NotFound(w, r)
	}
}

const pacedSource = `
  - name: board%d
    kind: html
    url: http://%s/jobs/%d
    fetch: {delay: 300ms, private: [127.0.0.1]}
    list: {item: li, fields: {id: "@data-id", title: a}}
    detail: {link: a@href, fields: {title: h1}}
`

// TestTwoCrawlsOfOneHost crawls two sources of one host at once, by two processes with one
// ledger: by the site's own log no request comes sooner than the delay after the one before,
// and robots.txt is asked for once, also by a third process later.
func TestTwoCrawlsOfOneHost(t *testing.T) {
	const delay = 300 * time.Millisecond
	site := &pacedSite{}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	text := "contact: me@example.org\nsources:"
	for i := range 2 {
		text += fmt.Sprintf(pacedSource, i, server.Listener.Addr(), i)
	}
	config, dir := filepath.Join(t.TempDir(), "jobsieve.yaml"), t.TempDir()
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 2 {
		group.Go(func() {
			out, err := exec.Command("jobsieve", "--config", config, "--data", dir, "run", "--source", fmt.Sprintf("board%d", i)).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	group.Wait()
	jobsieve(t, "--config", config, "--data", dir, "run", "--source", "board0")
	robots, turns, last := 0, 0, -1
	var shortest time.Duration
	for i, a := range site.log {
		if i > 0 {
			if gap := a.at.Sub(site.log[i-1].at); i == 1 || gap < shortest {
				shortest = gap
			}
		}
		var n int
		if a.path == "/robots.txt" {
			robots++
		} else if one(a.path, "/job/%d", &n) {
			if n/eachBoard != last {
				turns++
			}
			last = n / eachBoard
		}
	}
	if shortest < delay || robots != 1 || len(site.log) != 1+3*(1+eachBoard) || turns < eachBoard/2 {
		t.Errorf("%d requests, robots.txt %d times, the shortest gap %s, %d turns", len(site.log), robots, shortest, turns)
	}
}
