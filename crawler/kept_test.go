package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// memory keeps answers, as the ledger does.
type memory map[string]Answer

func (m memory) Keep(_ context.Context, request string, a *Answer) error {
	if had, ok := m[request]; ok && a.Status == http.StatusNotModified {
		had.Status, had.Asked = a.Status, a.Asked
		m[request] = had
		return nil
	}
	m[request] = *a
	return nil
}

func (m memory) Last(_ context.Context, request string) (Answer, bool, error) {
	a, ok := m[request]
	return a, ok && len(a.Body) > 0, nil
}

func (m memory) Kept(_ context.Context, request string) (Answer, bool, error) {
	a, ok := m[request]
	return a, ok, nil
}

// TestKeptPages stops a crawl, goes on with it, and reads its pages again: each
// page is asked for once, and every way gives the same postings.
func TestKeptPages(t *testing.T) {
	fetched := map[string]int{}
	ctx, stop := context.WithCancel(t.Context())
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fetched[r.URL.Path]++
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/jobs":
			fmt.Fprint(w, `<li><a href="/1">One</a><li><a href="/2">Two</a><li><a href="/gone">Gone</a><li><a href="/4">Four</a>`)
		case "/2":
			stop()
			fmt.Fprint(w, "<h1>Two</h1>")
		case "/gone":
			http.NotFound(w, r)
		default:
			fmt.Fprintf(w, "<h1>Job %s</h1>", r.URL.Path)
		}
	}))
	pages := memory{}
	src := source(t, plainHTML, host)
	read := func(ctx context.Context, change func(*Env)) (titles string, g *gather) {
		t.Helper()
		g = &gather{}
		env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Pages: pages}
		change(&env)
		r, err := Crawl(ctx, src, env, g)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range g.postings {
			titles += p.Title + ", "
		}
		return fmt.Sprintf("%scut off %v, complete %v, replayed %d", titles, r.CutOff, r.Complete, r.Replayed), g
	}
	const all = "Job /1, Two, Job /4, "
	if got, _ := read(ctx, func(*Env) {}); got != "Job /1, Two, cut off true, complete false, replayed 0" {
		t.Error(got)
	}
	if got, _ := read(t.Context(), func(e *Env) { e.Resumed = true }); got != all+"cut off false, complete true, replayed 3" {
		t.Error(got)
	}
	for path, n := range fetched {
		if n != 1 && path != "/robots.txt" {
			t.Errorf("%s was fetched %d times", path, n)
		}
	}
	asked := len(fetched)
	clear(fetched)
	got, g := read(t.Context(), func(e *Env) { e.Offline = true })
	if got != all+"cut off false, complete true, replayed 5" || len(fetched) != 0 || asked != 6 {
		t.Errorf("%s; asked for %v", got, fetched)
	}
	if diff := cmp.Diff([]string{"gone http://" + host + "/gone"}, g.rejected); diff != "" {
		t.Error(diff)
	}
	delete(pages, requestOf(http.MethodGet, "http://"+host+"/4", nil))
	if got, g := read(t.Context(), func(e *Env) { e.Offline = true }); !strings.Contains(got, "complete false") || len(g.rejected) != 2 {
		t.Errorf("%s, rejected %v", got, g.rejected)
	}
}

// TestNoIndexIsNotKept wants nothing kept of pages that ask not to be stored.
func TestNoIndexIsNotKept(t *testing.T) {
	host := serve(t, site(map[string]string{
		"/jobs": `<meta name=robots content=noindex><li>Shantabai<a href=/1>One</a><li><a href=/2>Two</a>`,
		"/1":    `<meta name=robots content=none><h1>Shantabai</h1>`, "/2": "<h1>Two</h1>",
	}))
	pages, g := memory{}, &gather{}
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Pages: pages}
	for _, resumed := range []bool{false, true} {
		env.Resumed = resumed
		if r, err := Crawl(t.Context(), source(t, plainHTML, host), env, g); err != nil || !r.Complete {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, a := range pages {
		if strings.Contains(string(a.Body), "Shantabai") {
			t.Errorf("kept: %s", a.Body)
		}
	}
	if len(g.postings) != 2 || len(g.rejected) != 2 || len(pages) != 3 {
		t.Errorf("%d postings, rejected %v, %d pages", len(g.postings), g.rejected, len(pages))
	}
}

// TestKeysAreNotTold reads an API that wants a key and fails: neither receipt
// nor kept pages show it.
func TestKeysAreNotTold(t *testing.T) {
	pages := memory{}
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/2") {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		fmt.Fprint(w, `{"count": 99, "results": [`+strings.TrimSuffix(strings.Repeat(`{"id":"1","title":"Clerk"},`, 50), ",")+`]}`)
	}))
	src := source(t, strings.Replace(boardSource("adzuna"), "api_key: k", "api_id: an-id, api_key: 's3cret&+'", 1), host)
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Pages: pages}
	r, err := Crawl(t.Context(), src, env, &gather{})
	if err != nil || !r.Failed || strings.Contains(fmt.Sprintf("%+v %+v", r, pages), "s3cret") || !strings.Contains(r.Why, "answered 403") {
		t.Errorf("%+v\n%+v\n%v", r, pages, err)
	}
}

// TestNotModified crawls a source twice, the second time changed as each case
// says. The posting's own page answers 304 where it is asked whether it has
// changed; the posting is read from both of its pages all the same.
func TestNotModified(t *testing.T) {
	const list, own = `<li><a href="/1">One</a> <b>9,000</b>`, "<h1>One</h1><s>2 days ago</s><p>Text <i>Pune</i>"
	now := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		yaml, list, moved string
		keep              string // of the pages
		drop              bool   // what was kept of the page
		want              string
	}{
		"nothing":                     {want: "One 9,000  Text Pune; 1 not modified; written 0s"},
		"the list":                    {list: strings.Replace(list, "9,000", "12,000", 1), want: "One 12,000  Text Pune; 1 not modified; written 0s"},
		"the source has a field more": {yaml: ", location: i", want: "One 9,000 Pune Text Pune; 1 not modified; written 0s"},
		"the body is not kept":        {drop: true, want: "One 9,000  Text Pune; 0 not modified; written 24h0m0s"},
		"no pages are kept":           {keep: ", keep_pages: 0s", want: "One 9,000  Text Pune; 0 not modified; written 24h0m0s"},
		"the address leads elsewhere": {moved: "/one", want: "Two 9,000  ; 0 not modified; written 24h0m0s"},
	} {
		pages, moved := memory{}, ""
		at, body := now, list
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/jobs":
				fmt.Fprint(w, body)
			case r.URL.Path == "/1" && moved != "":
				http.Redirect(w, r, moved, http.StatusFound)
			case r.Header.Get("If-None-Match") == `"v1"`:
				w.WriteHeader(http.StatusNotModified)
			case r.URL.Path == "/1":
				w.Header().Set("ETag", `"v1"`)
				fmt.Fprint(w, own)
			case r.URL.Path == "/one":
				fmt.Fprint(w, "<h1>Two</h1>")
			default:
				http.NotFound(w, r)
			}
		}))
		text := strings.Replace(plainHTML, "title: a}", "title: a, salary: b}", 1)
		text = strings.Replace(text, "description: p", "description: p, posted: s", 1)
		text = strings.Replace(text, "delay: 1ms", "delay: 1ms"+tt.keep, 1)
		got := ""
		for range 2 {
			g := &gather{}
			env := Env{Version: "test", Now: func() time.Time { return at }, Log: slog.New(slog.DiscardHandler), Pages: pages}
			r, err := Crawl(t.Context(), source(t, text, host), env, g)
			if err != nil || len(g.postings) != 1 || !r.Complete {
				t.Fatalf("%s: %d postings, %+v: %v", name, len(g.postings), r, err)
			}
			p := g.postings[0]
			got = fmt.Sprintf("%s %s %s %s; %d not modified; written %s", p.Title, p.Salary, p.Location, p.Description, r.NotModified, g.sights[0].Written.Sub(now))
			if !g.sights[0].Seen.Equal(at) {
				t.Errorf("%s: seen at %s", name, g.sights[0].Seen)
			}
			at, moved = now.Add(24*time.Hour), tt.moved
			if tt.list != "" {
				body = tt.list
			}
			text = strings.Replace(text, "description: p", "description: p"+tt.yaml, 1)
			if tt.drop {
				delete(pages, requestOf(http.MethodGet, "http://"+host+"/1", nil))
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestPartOfAPage wants an answer of 206, which was not asked for, not taken for
// the page.
func TestPartOfAPage(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/jobs":
			fmt.Fprint(w, twoJobs)
		case "/1":
			w.Header().Set("Content-Range", "bytes 0-10/90000")
			w.WriteHeader(http.StatusPartialContent)
			fmt.Fprint(w, job1)
		case "/2":
			fmt.Fprint(w, job2)
		default:
			http.NotFound(w, r)
		}
	}))
	pages, g := memory{}, &gather{}
	r, err := Crawl(t.Context(), source(t, plainHTML, host), Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Pages: pages}, g)
	if err != nil || len(g.postings) != 1 || len(g.rejected) != 1 || r.Complete || len(pages) != 2 {
		t.Errorf("%d postings, rejected %v, %d pages, %+v: %v", len(g.postings), g.rejected, len(pages), r, err)
	}
}
