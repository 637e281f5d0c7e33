package crawler

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/sampleboard"
)

// countedSite counts the requests that a server gets, each by what it asks for.
type countedSite struct {
	http.Handler
	mu    sync.Mutex
	of    map[string]int
	all   int
	since int // the requests of a slice
}

func (c *countedSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	c.mu.Lock()
	if r.URL.Path != "/robots.txt" {
		c.of[r.Method+" "+r.URL.String()+" "+string(body)]++
		c.all++
		c.since++
	}
	c.mu.Unlock()
	c.Handler.ServeHTTP(w, r)
}

// twice lists what was asked for more than once.
func (c *countedSite) twice() (out []string) {
	for request, n := range c.of {
		if n > 1 {
			out = append(out, fmt.Sprintf("%s: %d times", request, n))
		}
	}
	return out
}

// replays counts the kept pages that a crawl reads.
type replays struct {
	memory
	read map[string]int
	all  int
}

func (r *replays) Kept(ctx context.Context, request string) (Answer, bool, error) {
	a, ok, err := r.memory.Kept(ctx, request)
	if ok {
		r.read[request]++
		r.all++
	}
	return a, ok, err
}

// sliced is a crawl that is done in slices.
type sliced struct {
	env    Env
	src    *config.Source
	host   string
	site   *countedSite
	pages  *replays
	sink   *gather
	slices int
	// lose says of a slice, by its number, that what it leaves is lost with its process.
	lose func(n int) bool
	// before changes the frontier with which a slice begins.
	before func(n int, frontier []byte) []byte
}

func newSliced(t *testing.T, yaml string, site http.Handler, most int) *sliced {
	t.Helper()
	s := &sliced{
		site: &countedSite{Handler: site, of: map[string]int{}}, pages: &replays{memory{}, map[string]int{}, 0}, sink: &gather{},
	}
	s.host = serve(t, s.site)
	s.src = source(t, yaml, s.host)
	s.env = Env{
		Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Pages: s.pages, Hosts: NewHosts(nil),
		Sleep: func(context.Context, time.Duration) error { return nil },
	}
	if most > 0 {
		s.env.Pause = func() bool { return s.site.since >= most }
	}
	return s
}

// run does all slices and gives the receipt of the crawl.
func (s *sliced) run(t *testing.T) job.Receipt {
	t.Helper()
	var frontier []byte
	for s.slices = 1; s.slices < 1000; s.slices++ {
		s.site.since = 0
		if s.before != nil {
			frontier = s.before(s.slices, frontier)
		}
		s.env.Frontier, _ = ReadFrontier(frontier)
		had := *s.sink
		out, err := Slice(t.Context(), s.src, s.env, s.sink)
		if err != nil {
			t.Fatal(err)
		}
		if !out.Paused {
			return out.Receipt
		}
		s.env.Resumed = true
		if s.lose != nil && s.lose(s.slices) {
			*s.sink = had
			continue
		}
		frontier = out.Frontier
	}
	t.Fatal("the crawl does not end")
	return job.Receipt{}
}

// oddSite has whatever makes a crawl remember something: pages that end at one address,
// postings on the pages of others, gone ones, repeated ones, clashes of ids, a list that
// asks not to be stored.
var oddSite = site(map[string]string{
	"/jobs": `<li><a href=/1>One</a><li><a href=/2>Two</a><li><a href=/1>One again</a><li><a href=/gone>Gone</a>` +
		`<li><a href=/#!/job/1>By a script</a><a class=next href=/jobs2>next</a>`,
	"/jobs2": `<meta name=robots content=noindex><li><a href=/3>Three</a><li><a href=/4>Four</a><li><a href=/2>Two?</a>` +
		`<a class=next href=/jobs3>next</a>`,
	"/jobs3": `<li><a href=/5>Five</a><li><a href=/6>Six</a><li><a href=/7>Seven</a><li><a href=/8>Eight</a>`,
	"/1": `<h1>One</h1><script type="application/ld+json">[{"@type":"JobPosting","title":"One","url":"/1"},` +
		`{"@type":"JobPosting","title":"Five, briefly","url":"/5","description":"short"},` +
		`{"@type":"JobPosting","title":"Nine","url":"/9","description":"nowhere else"}]</script>`,
	"/2": "<h1>Two</h1>", "/3": `<meta name=robots content=noindex><h1>Three</h1>`, "/4": "400 ",
	"/5": "<h1>Five</h1><p>long</p>", "/6": "<h1>Six</h1>", "/7": "<h1>Seven</h1>", "/8": "404 ",
})

const oddHTML = `
sources:
  - name: s
    kind: html
    url: http://BOARD/jobs
    fetch: {delay: 1ns, private: [127.0.0.1]}
    list: {item: li, next: a.next@href, fields: {title: a}}
    detail: {link: a@href}
`

const pagedJSON = `
sources:
  - name: api
    kind: json
    url: "http://BOARD/api?page={page}"
    fetch: {delay: 1ns, private: [127.0.0.1]}
    items: jobs
    columns: {id: id, title: name}
`

func jsonSite(w http.ResponseWriter, r *http.Request) {
	switch n := query(r, "page"); {
	case n == 0 || n > 4:
		http.NotFound(w, r)
	default:
		fmt.Fprintf(w, `{"jobs":[{"id":%d,"name":"Clerk"},{"id":%d,"name":"Cook"},{"id":1,"name":"Guard"}]}`, 2*n, 2*n+1)
	}
}

// sliceables are sources of every kind that can pause.
func sliceables(t *testing.T) map[string]func(most int) *sliced {
	t.Helper()
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	of := func(yaml string, site http.Handler) func(int) *sliced {
		return func(most int) *sliced { return newSliced(t, yaml, site, most) }
	}
	out := map[string]func(int) *sliced{
		"html": of(boardHTML, board), "jsonld": of(boardJSONLD, board), "sitemap": of(boardSitemap, board),
		"feed": of(strings.Replace(boardFeed, "feed.xml\"", "feed.xml\", detail: {fields: {title: .job-title}}", 1), board),
		"json": of(pagedJSON, http.HandlerFunc(jsonSite)), "odd": of(oddHTML, oddSite),
	}
	for _, platform := range []string{"workday", "smartrecruiters", "greenhouse", "teamtailor"} {
		out[platform] = func(most int) *sliced {
			a := &api{total: apis[platform].total, answer: apis[platform].answer, requests: 10}
			return newSliced(t, boardSource(platform), a, most)
		}
	}
	return out
}

// madeID is an id that is made from an address, and so from the server's.
var madeID = regexp.MustCompile(`url-[0-9a-f]+`)

// compareSlices compares a crawl with one that was not disturbed.
func compareSlices(t *testing.T, whole, parts *sliced, want, got job.Receipt) {
	t.Helper()
	without := cmp.Options{
		cmpopts.IgnoreFields(job.Receipt{}, "Started", "Finished", "Waits", "Waited", "Robots"), cmpopts.EquateEmpty(),
	}
	hide := func(s *sliced, texts []string) []string {
		out := make([]string, len(texts))
		for i, text := range texts {
			out[i] = madeID.ReplaceAllString(strings.ReplaceAll(text, s.host, "BOARD"), "")
		}
		return out
	}
	want.Problems, got.Problems = hide(whole, want.Problems), hide(parts, got.Problems)
	if diff := cmp.Diff(want, got, without); diff != "" {
		t.Errorf("the receipt (-undisturbed +slices):\n%s", diff)
	}
	texts := func(s *sliced) (out []string) {
		for _, p := range s.sink.postings {
			out = append(out, fmt.Sprintf("%+v", *p))
		}
		return hide(s, append(out, s.sink.rejected...))
	}
	if diff := cmp.Diff(texts(whole), texts(parts)); diff != "" {
		t.Errorf("what was found (-undisturbed +slices):\n%s", diff)
	}
	if whole.sink.repeated != parts.sink.repeated {
		t.Errorf("%d repeated, want %d", parts.sink.repeated, whole.sink.repeated)
	}
}

// TestSlices crawls in slices of some requests: each page is asked for once, no kept page is
// read again but that of the list in whose midst a slice begins, and what is found and the
// receipt are those of one crawl that nobody disturbed.
func TestSlices(t *testing.T) {
	for name, sliced := range sliceables(t) {
		whole := sliced(0)
		want := whole.run(t)
		if len(whole.sink.postings) == 0 || whole.slices != 1 || want.Failed {
			t.Fatalf("%s: %d slices, %+v", name, whole.slices, want)
		}
		for _, most := range []int{1, 3, 7} {
			t.Run(fmt.Sprint(name, most), func(t *testing.T) {
				s := sliced(most)
				got := s.run(t)
				compareSlices(t, whole, s, want, got)
				if twice := s.site.twice(); len(twice) > 0 || s.site.all != whole.site.all {
					t.Errorf("%d requests, want %d; %v", s.site.all, whole.site.all, twice)
				}
				if s.pages.all >= s.slices || got.Replayed != 0 {
					t.Errorf("%d slices read %d kept pages; %d replayed", s.slices, s.pages.all, got.Replayed)
				}
				if least := whole.site.all / most; name != "odd" && name != "sitemap" && s.slices < least {
					t.Errorf("%d slices, want at least %d", s.slices, least)
				}
			})
		}
	}
}

// TestSlicesLost loses what slices leave, as where their process is killed: no page is asked
// for again, and what is found is the same.
func TestSlicesLost(t *testing.T) {
	for name, sliced := range sliceables(t) {
		t.Run(name, func(t *testing.T) {
			whole, s := sliced(0), sliced(3)
			want := whole.run(t)
			s.lose = func(n int) bool { return n%3 == 2 }
			got := s.run(t)
			if name != "odd" { // a page that fails is asked for again
				if twice := s.site.twice(); len(twice) > 0 {
					t.Errorf("asked for again: %v", twice)
				}
				got.Bytes, got.Statuses = want.Bytes, want.Statuses // those of lost slices are lost
				got.Replayed = want.Replayed
				compareSlices(t, whole, s, want, got)
			}
			if len(s.sink.postings) != len(whole.sink.postings) || got.Complete != want.Complete {
				t.Errorf("%d postings, want %d; %+v", len(s.sink.postings), len(whole.sink.postings), got)
			}
		})
	}
}

// TestNoFrontier goes on where there is a frontier that can't be read, by what is kept.
func TestNoFrontier(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"none":            func([]byte) []byte { return nil },
		"another version": func(f []byte) []byte { return append([]byte{frontierForm + 1}, f[1:]...) },
		"damaged":         func(f []byte) []byte { return append(f[:len(f)/2:len(f)/2], "damaged"...) },
		"a byte":          func(f []byte) []byte { return f[:1] },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSliced(t, oddHTML, oddSite, 3)
			n := 0
			s.before = func(slice int, f []byte) []byte {
				if slice != 3 {
					return f
				}
				n, *s.sink = s.pages.all, gather{}
				return change(f)
			}
			got := s.run(t)
			if got.Failed || got.Replayed < 4 || s.pages.all-n < 4 || len(s.sink.postings) != 7 {
				t.Errorf("%d postings, %d kept pages read: %+v", len(s.sink.postings), s.pages.all-n, got)
			}
		})
	}
}

// TestStoppedSlice stops a crawl in the midst of a request, and goes on with it: what the
// receipt of the first one says is not in the second one, which counts its pages as kept.
func TestStoppedSlice(t *testing.T) {
	for name, sliced := range sliceables(t) {
		t.Run(name, func(t *testing.T) {
			whole, s := sliced(0), sliced(0)
			want := whole.run(t)
			ctx, stop := context.WithCancel(t.Context())
			site, n := s.site.Handler, 0
			s.site.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/robots.txt" {
					n++
				}
				if n == 2 {
					stop()
				}
				site.ServeHTTP(w, r)
			})
			first, err := Slice(ctx, s.src, s.env, s.sink)
			if err != nil || whole.site.all > 2 && (!first.Receipt.CutOff || first.Paused) {
				t.Fatalf("%+v: %v", first, err)
			}
			if first.Frontier == nil {
				return // it is one page
			}
			s.env.Resumed, s.env.Told = true, true
			if s.env.Frontier, err = ReadFrontier(first.Frontier); err != nil {
				t.Fatal(err)
			}
			second, err := Slice(t.Context(), s.src, s.env, s.sink)
			if err != nil {
				t.Fatal(err)
			}
			r := second.Receipt
			if r.Replayed == 0 || r.Bytes+first.Receipt.Bytes != want.Bytes || r.Started.Before(first.Receipt.Finished) {
				t.Errorf("%+v after %+v", r, first.Receipt)
			}
			r.Replayed, r.Bytes, r.Statuses = 0, want.Bytes, want.Statuses
			compareSlices(t, whole, s, want, r)
			if twice := s.site.twice(); len(twice) > 0 {
				t.Errorf("asked for again: %v", twice)
			}
		})
	}
}

// TestFrontierSize says how long a frontier is.
func TestFrontierSize(t *testing.T) {
	const postings = 10_000
	c := &crawl{
		src: &config.Source{Kind: config.KindHTML}, env: Env{Now: time.Now}, get: &getter{},
		met: map[hash]likeness{}, visited: map[hash]visit{},
	}
	c.at.begin("http://x/jobs")
	for i := range postings {
		p := job.Posting{URL: fmt.Sprintf("http://x/%d", i), Title: fmt.Sprint("Clerk ", i%100), Company: "Acme", Description: fmt.Sprint(i)}
		c.met[hashOf(p.URL)], c.visited[hashOf(p.URL)] = likenessOf(&p, p.URL), visit{Title: digestOf(p.Title)}
	}
	const each = 16 + 5*8 + 16 + 2*8
	if n := len(c.frontier()); n > postings*each+4000 {
		t.Errorf("%d bytes", n)
	}
}
