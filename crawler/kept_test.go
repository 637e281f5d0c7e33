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

// memory keeps answers.
type memory map[string]Answer

func (m memory) Keep(_ context.Context, request string, a *Answer) error {
	m[request] = *a
	return nil
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
