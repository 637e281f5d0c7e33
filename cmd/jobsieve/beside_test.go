package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// slowSite is a board whose second list page comes when it is let go.
type slowSite struct {
	once         sync.Once
	asked, letGo chan struct{}
}

func (s *slowSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/robots.txt":
	case "/jobs":
		fmt.Fprint(w, `<li data-id=1><a href=/job/1>Clerk</a><a class=next href=/more>next</a>`)
	case "/more":
		s.once.Do(func() { close(s.asked) })
		select {
		case <-s.letGo:
		case <-r.Context().Done():
		}
		fmt.Fprint(w, `<li data-id=2><a href=/job/2>Typist</a>`)
	default:
		http.NotFound(w, r)
	}
}

const slowSource = `
contact: me@example.org
sources:
  - name: slow
    kind: html
    url: http://%s/jobs
    fetch: {delay: 1ns, timeout: 10m, private: [127.0.0.1]}
    list: {item: li, next: a.next@href, fields: {id: "@data-id", title: a}}
`

// program calls the program's main function as a user would.
type program struct {
	t    *testing.T
	data string
	args []string
}

// want runs a command and compares its exit code.
func (p program) want(code int, args ...string) (out string) {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	args = append(append([]string{"--data", p.data}, p.args...), args...)
	if got := run(p.t.Context(), args, strings.NewReader(""), &stdout, &stderr); got != code {
		p.t.Errorf("%s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, &stdout, &stderr)
	}
	return stdout.String() + stderr.String()
}

// While a source is crawled, and its site is slow, other commands write to the
// ledger without waiting, and no other run crawls it.
func TestCommandsBesideACrawl(t *testing.T) {
	site := &slowSite{asked: make(chan struct{}), letGo: make(chan struct{})}
	server := httptest.NewServer(site)
	defer server.Close()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config := write("jobsieve.yaml", fmt.Sprintf(slowSource, strings.TrimPrefix(server.URL, "http://")))
	rows := write("rows.jsonl", `{"id":"a","title":"Telecaller"}`+"\n")
	p := program{t, filepath.Join(dir, "data"), []string{"--config", config}}
	p.want(exitDone, "import", rows)

	var out bytes.Buffer
	ended := make(chan int)
	go func() {
		ended <- run(context.Background(), []string{"--data", p.data, "--config", config, "run"}, strings.NewReader(""), &out, &out)
	}()
	<-site.asked
	p.want(exitDone, "forget", "a", "--wait", "0s")
	p.want(exitDone, "import", rows, "--skip-if-running")
	p.want(exitDone, "relabel", "--apply", "--wait", "0s")
	p.want(exitDone, "index", "sync", "--wait", "0s")
	for _, command := range []string{"run", "reextract"} {
		if out := p.want(exitHeld, command, "--wait", "0s"); !strings.Contains(out, "the crawl of source slow is held by process") {
			t.Errorf("%s: %s", command, out)
		}
		if out := p.want(exitDone, command, "--skip-if-running"); !strings.Contains(out, "left out: the crawl of source slow is held by process") {
			t.Errorf("%s: %s", command, out)
		}
	}
	close(site.letGo)
	if code := <-ended; code != exitDone || !strings.Contains(out.String(), "slow: 2 seen = 2 new") {
		t.Errorf("the crawl: exit %d\n%s", code, &out)
	}
	if out := p.want(exitDone, "run"); !strings.Contains(out, "2 seen = 0 new + 0 changed + 2 unchanged") {
		t.Errorf("the next one: %s", out)
	}
}
