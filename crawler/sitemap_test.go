package crawler

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

// urlset writes a sitemap of pages, each "path" or "path date".
func urlset(pages ...string) string { return entries("urlset", "url", pages) }

// indexOf writes an index of sitemaps.
func indexOf(maps ...string) string { return entries("sitemapindex", "sitemap", maps) }

func entries(root, element string, of []string) string {
	var b strings.Builder
	for _, e := range of {
		loc, date, _ := strings.Cut(e, " ")
		fmt.Fprintf(&b, "<%s><loc>%s</loc><lastmod>%s</lastmod></%s>", element, loc, date, element)
	}
	return "<" + root + ">" + b.String() + "</" + root + ">"
}

// asked serves pages, each posting a page of its own, and notes what is asked
// for besides robots.txt.
func asked(t *testing.T, pages map[string]string) (host string, paths *[]string) {
	t.Helper()
	paths = new([]string)
	return serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		*paths = append(*paths, r.URL.Path)
		body, ok := pages[r.URL.Path]
		if !ok {
			body = "<h1>Job " + r.URL.Path + "</h1>"
		}
		site(map[string]string{r.URL.Path: body}).ServeHTTP(w, r)
	})), paths
}

// TestSitemaps wants all sitemaps read, one by one, and then the pages that changed last
// first.
func TestSitemaps(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages map[string]string
		asked string // paths, in order
		why   string // part of it; empty where all was read
	}{
		{"one that names a page twice", map[string]string{"/sitemap.xml": urlset("/1 2026-01-01", "/2 2026-01-03", "/3", "/2 2026-01-02")}, "/sitemap.xml /2 /1 /3",
			""},
		{"an index", map[string]string{
			"/sitemap.xml": indexOf("/a 2026-01-01", "/b 2026-02-01"), "/a": urlset("/1"), "/b": urlset("/2", "/3"),
		}, "/sitemap.xml /b /a /2 /3 /1", ""},
		{"a page in two sitemaps", map[string]string{"/sitemap.xml": indexOf("/a", "/b"), "/a": urlset("/1"), "/b": urlset("/1")},
			"/sitemap.xml /a /b /1", ""},
		{"indexes in a circle", map[string]string{
			"/sitemap.xml": indexOf("/a", "/sitemap.xml", "/b"), "/a": indexOf("/sitemap.xml", "/a", "/b"), "/b": urlset("/1"),
		}, "/sitemap.xml /a /b /1", ""},
		{"a sitemap that is gone", map[string]string{
			"/sitemap.xml": indexOf("/a", "/b"), "/a": "404 ", "/b": urlset("/1"),
		}, "/sitemap.xml /a /b /1", "some sitemaps could not be fetched"},
		{"a sitemap that is none", map[string]string{
			"/sitemap.xml": indexOf("/a", "/b"), "/a": "<html>", "/b": urlset("/1"),
		}, "/sitemap.xml /a /b /1", "some sitemaps could not be read"},
		{"a sitemap that is damaged", map[string]string{
			"/sitemap.xml": "<urlset><url><loc>/1</loc></url><url><loc>/2", "/b": urlset("/1"),
		}, "/sitemap.xml /1", "some sitemaps could not be read"},
		{"a sitemap by which the site sends the crawler away", map[string]string{
			"/sitemap.xml": indexOf("/a", "/b"), "/a": "429 ", "/b": urlset("/1"),
		}, "/sitemap.xml /a /a /a /a", "/a answered 429"},
		{"a text", map[string]string{"/sitemap.xml": "http://BOARD/1\nhttp://BOARD/2"}, "/sitemap.xml /1 /2", ""},
	} {
		host, paths := asked(t, tt.pages)
		for path, body := range tt.pages {
			tt.pages[path] = strings.ReplaceAll(body, "BOARD", host)
		}
		g := &gather{}
		r := crawlTest(t, source(t, hostileSitemap, host), g)
		if diff := cmp.Diff(tt.asked, strings.Join(*paths, " ")); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
		if twice := strings.Contains(tt.name, "twice") || strings.Contains(tt.name, "in two"); (g.repeated == 1) != twice {
			t.Errorf("%s: %d repeated", tt.name, g.repeated)
		}
		whole := r.Complete && r.End == job.EndWhole && r.Expected != nil && *r.Expected == len(g.postings)
		if tt.why == "" && !whole || tt.why != "" && (r.Expected != nil || r.End != "" || !strings.Contains(r.Why, tt.why)) {
			t.Errorf("%s: %d postings, receipt %+v", tt.name, len(g.postings), r)
		}
	}
}

// TestLookAtSitemaps reads no more sitemaps than the few postings want that are looked at.
func TestLookAtSitemaps(t *testing.T) {
	host, paths := asked(t, map[string]string{
		"/sitemap.xml": indexOf("/a", "/b"), "/a": urlset("/1", "/2", "/3", "/4"), "/b": urlset("/5"),
	})
	env := Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	p, err := Look(t.Context(), source(t, hostileSitemap, host), env, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(*paths, " "); got != "/sitemap.xml /a /1" || len(p.Postings) != 1 {
		t.Errorf("asked for %s, %d postings", got, len(p.Postings))
	}
}

// TestSitemapsEnd crawls sites whose sitemaps never end.
func TestSitemapsEnd(t *testing.T) {
	for _, tt := range []struct {
		name  string
		index func(path string) string
		most  int // sitemaps that may be asked for
		why   string
	}{
		{"each leads to the next", func(path string) string { return indexOf(path + "x") }, maxNested + 1, "more than 5 deep"},
		{"one leads to 600", func(path string) string {
			var maps []string
			for i := range 600 {
				if path != "/sitemap.xml" {
					return urlset()
				}
				maps = append(maps, fmt.Sprintf("%s-%d", path, i))
			}
			return indexOf(maps...)
		}, maxSitemaps, "stopped after 500 sitemaps"},
	} {
		n := 0
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/robots.txt":
			case "/1":
				fmt.Fprint(w, "<h1>Job</h1>")
			default:
				n++
				fmt.Fprint(w, strings.Replace(tt.index(r.URL.Path), ">", "><url><loc>/1</loc></url>", 1))
			}
		}))
		g := &gather{}
		r := crawlTest(t, source(t, hostileSitemap, host), g)
		if n > tt.most || len(g.postings) != 1 || r.Complete || !strings.Contains(r.Why, tt.why) {
			t.Errorf("%s: %d sitemaps, %d postings: %s", tt.name, n, len(g.postings), r.Why)
		}
	}
}

// TestProbeOfAnIndexThatNamesItself ends.
func TestProbeOfAnIndexThatNamesItself(t *testing.T) {
	host, paths := asked(t, map[string]string{"/jobs.xml": indexOf("/jobs.xml")})
	if found, err := probeTest(t, "http://"+host+"/jobs.xml"); err == nil {
		t.Errorf("found %+v, asked for %v", found, *paths)
	}
}
