package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/sampleboard"
)

// gather is a sink that keeps what it is handed.
type gather struct {
	postings []*job.Posting
	sights   []Sight
	rejected []string
	repeated int
	longest  time.Duration   // that the crawl waited at once
	known    map[string]bool // ids that an earlier crawl stored
}

func (g *gather) Posting(_ context.Context, p *job.Posting, at Sight) error {
	g.postings = append(g.postings, p)
	g.sights = append(g.sights, at)
	return nil
}

func (g *gather) Reject(why job.Rejection, what string) {
	g.rejected = append(g.rejected, string(why)+" "+what)
}

func (g *gather) Repeated() { g.repeated++ }

func (g *gather) Known(_ context.Context, _, id string) (bool, error) { return g.known[id], nil }

// source reads a source from YAML; BOARD stands for the server's host.
func source(t *testing.T, text, host string) *config.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jobsieve.yaml")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "BOARD", host)), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	return &c.Sources[0]
}

func crawlTest(t *testing.T, src *config.Source, g *gather) job.Receipt {
	t.Helper()
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	env.Sleep = func(_ context.Context, d time.Duration) error {
		g.longest = max(g.longest, d)
		return nil
	}
	r, err := Crawl(t.Context(), src, env, g)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

const boardHTML = `
sources:
  - name: board
    kind: html
    url: http://BOARD/jobs
    fetch: {delay: 1ms, private: [127.0.0.1]}
    list:
      item: li.job
      next: a.next@href
      fields: {id: "@data-id", title: .title, company: .company, location: .place, experience: .experience, salary: .pay}
    detail:
      link: a.title@href
      fields: {id: .posting@data-id, title: .job-title, company: .job-company, location: .job-place, experience: .job-experience, salary: .job-salary, skills: .job-skills, description: .job-description, openings: .job-openings, posted: .job-posted@datetime}
`

const boardJSONLD = `
sources:
  - name: board
    kind: jsonld
    url: http://BOARD/jobs
    fetch: {delay: 1ms, private: [127.0.0.1]}
    list: {next: a.next@href}
    detail: {link: "a.title@href"}
`

const boardFeed = `
sources:
  - {name: board, kind: feed, url: "http://BOARD/feed.xml", fetch: {delay: 1ms, private: [127.0.0.1]}}
`

const boardSitemap = `
sources:
  - name: board
    kind: sitemap
    url: http://BOARD/sitemap.xml
    match: /jobs/nc-
    fetch: {delay: 1ms, private: [127.0.0.1]}
    detail:
      fields: {id: .posting@data-id, title: .job-title, company: .job-company, location: .job-place, experience: .job-experience, salary: .job-salary, skills: .job-skills, description: .job-description, openings: .job-openings, posted: .job-posted@datetime}
`

// TestSampleBoard reads our own board through every kind of source.
func TestSampleBoard(t *testing.T) {
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	want, err := sampleboard.Postings()
	if err != nil {
		t.Fatal(err)
	}
	host := serve(t, board)
	for _, tt := range []struct {
		name, yaml string
		n          int
		whole      bool // every field is read
	}{{"html", boardHTML, 96, true}, {"sitemap", boardSitemap, 96, true}, {"jsonld", boardJSONLD, 48, true}, {"feed", boardFeed, 40, false}} {
		t.Run(tt.name, func(t *testing.T) {
			g := &gather{}
			r := crawlTest(t, source(t, tt.yaml, host), g)
			if !r.Complete || len(g.postings) != tt.n {
				t.Fatalf("%d postings, want %d; receipt %+v", len(g.postings), tt.n, r)
			}
			for _, got := range g.postings {
				w := byID(t, want, strings.TrimPrefix(got.ID, "board:"))
				if tt.whole {
					comparePosting(t, w, got)
				} else if got.Title != w.Title || got.Company != w.Company || got.Salary != w.Salary || !strings.HasPrefix(got.URL, "http://"+host) {
					t.Errorf("%s: %+v", got.ID, got)
				}
			}
		})
	}
}

func byID(t *testing.T, list []sampleboard.Posting, id string) job.Posting {
	t.Helper()
	for i := range list {
		if list[i].ID == id {
			return list[i].Job()
		}
	}
	t.Fatalf("no posting %q on the board", id)
	return job.Posting{}
}

// comparePosting compares what was read with what the board has; spaces count
// as they are seen.
func comparePosting(t *testing.T, want job.Posting, got *job.Posting) {
	t.Helper()
	seen := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, f := range job.Fields {
		if diff := cmp.Diff(seen(want.Text(f)), seen(got.Text(f))); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", want.ID, f, diff)
		}
	}
	if got.Posted != want.Posted || got.Openings != want.Openings {
		t.Errorf("%s: posted %q, openings %q; want %q, %q", want.ID, got.Posted, got.Openings, want.Posted, want.Openings)
	}
}

// site serves pages by path; a page that begins with a number answers that
// status.
func site(pages map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		var code int
		if n, _ := fmt.Sscanf(body, "%d ", &code); n == 1 && code >= 300 {
			w.WriteHeader(code)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	})
}

const plainHTML = `
sources:
  - name: s
    kind: html
    url: http://BOARD/jobs
    fetch: {delay: 1ms, private: [127.0.0.1]}
    list: {item: li, next: "a.next@href", fields: {title: a}}
    detail: {link: "a@href", fields: {title: h1, description: p}}
`

func TestTroubles(t *testing.T) {
	host := serve(t, site(map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /secret",
		"/jobs":       `<li><a href="/1">One</a><li><a href="/secret/2">Two</a><li><a href="/3">Three</a><li><a href="/4">Four</a><li><a href="/1">One again</a><li><a href="/5">Five</a><a class="next" href="/jobs">more</a>`,
		"/1":          `<h1>One</h1><p>Text & more</p>`,
		"/4":          `<meta name="Robots" content="NOINDEX"><h1>Four</h1>`,
		"/5":          "500 ",
	}))
	g := &gather{}
	r := crawlTest(t, source(t, plainHTML, host), g)
	if len(g.postings) != 1 || g.postings[0].Description != "Text & more" || !strings.HasPrefix(g.postings[0].ID, "s:url-") {
		t.Errorf("postings %+v", g.postings)
	}
	want := []string{"robots http://" + host + "/secret/2", "gone http://" + host + "/3", "noindex http://" + host + "/4", "fetch_failed http://" + host + "/5"}
	if diff := cmp.Diff(want, g.rejected); diff != "" {
		t.Error(diff)
	}
	if r.Complete || r.Failed || r.Why != "some pages could not be fetched" {
		t.Errorf("receipt %+v", r)
	}
}

func TestNoContactNoCrawl(t *testing.T) {
	src := source(t, strings.Replace(plainHTML, "private: [127.0.0.1]", "private: []", 1), "jobs.example.org")
	if r := crawlTest(t, src, &gather{}); !r.Failed || !strings.Contains(r.Why, "no contact is set") {
		t.Errorf("receipt %+v", r)
	}
}

// TestSourcesOfOneHost crawls three sources of a host at once: it is asked one
// request at a time, and for its robots.txt once.
func TestSourcesOfOneHost(t *testing.T) {
	var under, most, robots atomic.Int32
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := under.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer under.Add(-1)
		time.Sleep(time.Millisecond) // what the answer takes
		switch r.URL.Path {
		case "/robots.txt":
			robots.Add(1)
		case "/jobs":
			fmt.Fprint(w, `<li><a href="/1">One</a><li><a href="/2">Two</a><li><a href="/3">Three</a>`)
		default:
			fmt.Fprintf(w, "<h1>Job %s</h1>", r.URL.Path)
		}
	}))
	hosts := NewHosts(nil)
	var group sync.WaitGroup
	for range 3 {
		src := source(t, plainHTML, host)
		group.Go(func() {
			r, err := Crawl(t.Context(), src, Env{Version: "test", Hosts: hosts, Now: time.Now, Log: slog.New(slog.DiscardHandler)}, &gather{})
			if err != nil || !r.Complete || len(r.Robots) != 1 {
				t.Errorf("%+v: %v", r, err)
			}
		})
	}
	group.Wait()
	if most.Load() != 1 || robots.Load() != 1 {
		t.Errorf("%d requests at once, robots.txt asked for %d times", most.Load(), robots.Load())
	}
}

func TestFileSources(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	lines := write("a.jsonl", "\ufeff{\"id\":\"7\",\"title\":\"Clerk\"}\n\nnonsense\n{\"id\":\"8\"}\n{\"title\":\"Typist\"}")
	g := &gather{}
	r := crawlTest(t, source(t, "sources:\n  - {name: f, kind: file, path: "+lines+"}\n", ""), g)
	if len(g.postings) != 2 || g.postings[0].ID != "7" || g.postings[1].Source != "f" || r.Complete {
		t.Errorf("%+v, receipt %+v", g.postings, r)
	}
	if diff := cmp.Diff([]string{"unreadable " + lines + ":3", "no_title " + lines + ":4"}, g.rejected); diff != "" {
		t.Error(diff)
	}
	dated := write("dated.csv", "title,crawled_at\nClerk,2026-03-01\nTypist,soon\n")
	g = &gather{}
	crawlTest(t, source(t, "sources:\n  - {name: f, kind: file, path: "+dated+"}\n", ""), g)
	if len(g.postings) != 1 || !g.postings[0].CrawledAt.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, job.IST)) {
		t.Errorf("%+v", g.postings)
	}
	if diff := cmp.Diff([]string{"unreadable " + dated + ":3"}, g.rejected); diff != "" {
		t.Error(diff)
	}
	sheet := write("a.csv", "Job,Firm\n\"Clerk, senior\",Acme\nTypist,\nDriver\n")
	g = &gather{}
	r = crawlTest(t, source(t, "sources:\n  - {name: f, kind: file, path: "+sheet+", columns: {title: Job, company: Firm}}\n", ""), g)
	if len(g.postings) != 2 || g.postings[0].Title != "Clerk, senior" || g.postings[0].Company != "Acme" || r.Complete {
		t.Errorf("%+v, receipt %+v", g.postings, r)
	}
	if diff := cmp.Diff([]string{"unreadable " + sheet + ":4"}, g.rejected); diff != "" {
		t.Error(diff)
	}
	r = crawlTest(t, source(t, "sources:\n  - {name: f, kind: file, path: "+sheet+", columns: {title: Titel}}\n", ""), &gather{})
	if !r.Failed || !strings.Contains(r.Why, `no column "Titel" for title: the file has Job, Firm`) {
		t.Errorf("receipt %+v", r)
	}
}

// TestStopFinishesThePostingInHand stops a crawl while a page is fetched: that
// posting is handed on, the next is not fetched.
func TestStopFinishesThePostingInHand(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var fetched []string
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/jobs":
			fmt.Fprint(w, `<li><a href="/1">One</a><li><a href="/2">Two</a>`)
		default:
			fetched = append(fetched, r.URL.Path)
			stop()
			fmt.Fprint(w, "<h1>Job</h1>")
		}
	}))
	g := &gather{}
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	r, err := Crawl(ctx, source(t, plainHTML, host), env, g)
	if err != nil || len(g.postings) != 1 || len(fetched) != 1 || r.Complete || r.Failed || r.Why != "stopped: asked to stop" {
		t.Errorf("%d postings, fetched %v, receipt %+v: %v", len(g.postings), fetched, r, err)
	}
}
