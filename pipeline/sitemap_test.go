package pipeline

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/job"
)

// bigSite is a site whose pages an index of gzipped sitemaps leads to.
type bigSite struct {
	pages   []int                  // the numbers of those that are listed
	part    int                    // how many a sitemap lists; 0 for 10,000
	lastMod func(i int) string     // of a page; nil for none
	text    func(i int) string     // that a page says; nil for its number
	id      string                 // that all pages state; empty where each states its own
	refuse  func(path string) bool // answers 404
	lists   bool                   // page 0 lists the postings of pages 1 and 2
	moved   string                 // where page 0 leads to; empty where it does not

	sitemaps int   // that were asked for
	asked    []int // pages that were asked for
	stop     func()
	stopAt   int // calls stop after so many pages
}

func (s *bigSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, isPage := strings.CutPrefix(r.URL.Path, "/job/")
	switch {
	case r.URL.Path == "/robots.txt":
	case s.moved != "" && number == "0":
		http.Redirect(w, r, s.moved, http.StatusFound)
	case r.URL.Path == "/offers/clerk":
		s.page(w, r, 0)
	case isPage:
		i, err := strconv.Atoi(number)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		s.page(w, r, i)
	default:
		s.sitemaps++
		s.sitemap(w, r)
	}
}

func (s *bigSite) page(w http.ResponseWriter, r *http.Request, i int) {
	s.asked = append(s.asked, i)
	if s.stop != nil && len(s.asked) == s.stopAt {
		s.stop()
	}
	if s.refuse != nil && s.refuse(r.URL.Path) {
		http.NotFound(w, r)
		return
	}
	if s.lists && i == 0 {
		fmt.Fprint(w, `<script type="application/ld+json">[`+
			`{"@type":"JobPosting","title":"Clerk 1","url":"/job/1","description":"Type forms."},`+
			`{"@type":"JobPosting","title":"Clerk 2","url":"/job/2","description":"Type forms."}]</script>`)
		return
	}
	text := fmt.Sprint("number ", i)
	if s.text != nil {
		text = s.text(i)
	}
	fmt.Fprintf(w, `<script type="application/ld+json">{"@type":"JobPosting","title":"Clerk %d",`+
		`"identifier":%q,"description":"Type forms, %s."}</script>`, i, cmp.Or(s.id, fmt.Sprint("n-", i)), text)
}

func (s *bigSite) sitemap(w http.ResponseWriter, r *http.Request) {
	if s.refuse != nil && s.refuse(r.URL.Path) {
		http.NotFound(w, r)
		return
	}
	parts := slices.Collect(slices.Chunk(s.pages, cmp.Or(s.part, 10_000)))
	if r.URL.Path == "/sitemap.xml" {
		fmt.Fprint(w, "<sitemapindex>")
		for i := range parts {
			fmt.Fprintf(w, "<sitemap><loc>/part/%d.xml.gz</loc></sitemap>", i)
		}
		fmt.Fprint(w, "</sitemapindex>")
		return
	}
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/part/%d.xml.gz", &n); err != nil || n >= len(parts) {
		http.NotFound(w, r)
		return
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, "<urlset>")
	for _, i := range parts[n] {
		fmt.Fprintf(z, "<url><loc>/job/%d</loc>", i)
		if s.lastMod != nil {
			fmt.Fprintf(z, "<lastmod>%s</lastmod>", s.lastMod(i))
		}
		fmt.Fprint(z, "</url>")
	}
	fmt.Fprint(z, "</urlset>")
	if err := z.Close(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(b.Bytes())
}

// numbers are 0 to n-1.
func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// bigLine is a line with a site, whose clock the test sets.
type bigLine struct {
	*bigSite
	line *Line
	src  config.Source
	now  time.Time
}

func newBigLine(t *testing.T, site *bigSite, pages int) *bigLine {
	t.Helper()
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	b := &bigLine{bigSite: site, line: boardLine(t), now: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)}
	b.line.Now = func() time.Time { return b.now }
	b.src = config.Source{
		Name: "big", Kind: config.KindSitemap, URL: server.URL + "/sitemap.xml", Match: "/job/", Pages: pages,
		Fetch: config.Fetch{
			Private: []string{address.Hostname()}, Timeout: config.Duration(5 * time.Second), MaxBytes: 8 << 20,
		},
	}
	return b
}

// crawl crawls the site once, a time after the crawl before. It gives the receipt, and the
// pages that were asked for.
func (b *bigLine) crawl(ctx context.Context, t *testing.T, after time.Duration) (job.Receipt, []int) {
	t.Helper()
	b.now = b.now.Add(after)
	b.asked, b.sitemaps = nil, 0
	r, err := b.line.crawl(ctx, &b.src)
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Sitemap; !r.AddUp() || s != nil && s.Listed != s.Asked+s.Unchanged+s.Again+s.Empty+s.Later {
		t.Errorf("it does not add up: %+v, %+v", r, s)
	}
	return r, b.asked
}

// oldMod is a lastmod that differs from page to page, before all crawls.
func oldMod(i int) string {
	return time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC).Format(time.RFC3339)
}

const day = 24 * time.Hour

// TestSitemapInParts reads 1000 pages, 300 in a crawl, and then what changes.
func TestSitemapInParts(t *testing.T) {
	changed := map[int]string{}
	site := &bigSite{pages: numbers(1000), lastMod: func(i int) string {
		if at, ok := changed[i]; ok {
			return at
		}
		return oldMod(i)
	}}
	b := newBigLine(t, site, 300)
	met := map[int]bool{}
	for n, want := range []struct{ asked, unchanged, later, crawls int }{
		{300, 0, 700, 3}, {300, 300, 400, 2}, {300, 600, 100, 1}, {100, 900, 0, 0}, {0, 1000, 0, 0},
	} {
		r, asked := b.crawl(t.Context(), t, time.Hour)
		s := r.Sitemap
		if len(asked) != want.asked || s.Asked != want.asked || s.Unchanged != want.unchanged || s.Later != want.later || s.LaterNew != want.later || s.Crawls != want.crawls {
			t.Errorf("crawl %d: %d pages asked for, %+v, want %+v", n+1, len(asked), s, want)
		}
		if r.Complete != (want.later == 0) || !r.Listed || r.CutOff || b.sitemaps != 2 || r.Seen != s.Asked+s.Unchanged {
			t.Errorf("crawl %d: %+v, %d sitemaps", n+1, r, b.sitemaps)
		}
		for _, i := range asked {
			if met[i] {
				t.Errorf("crawl %d asks for page %d again", n+1, i)
			}
			met[i] = true
		}
	}
	r, asked := b.crawl(t.Context(), t, 2*day)
	if len(asked) != 20 || r.Sitemap.Sampled != 20 || r.Unchanged != 1000 || !r.Complete {
		t.Errorf("days later: %d pages asked for, %+v", len(asked), r)
	}
	b.src.Pages = 2
	for _, tt := range []struct{ changed, added, want []int }{
		{[]int{777}, nil, []int{777}},
		{[]int{778, 779}, []int{2000}, []int{2000, 778}},
		{nil, nil, []int{779}},
	} {
		for _, i := range tt.changed {
			changed[i] = b.now.Add(time.Hour).Format(time.RFC3339)
		}
		site.pages = append(site.pages, tt.added...)
		r, asked := b.crawl(t.Context(), t, 3*time.Hour)
		if n := len(tt.want); len(asked) < n || !slices.Equal(asked[:n], tt.want) || r.Sitemap.Sampled != len(asked)-n {
			t.Errorf("%+v: %v, %+v", tt, asked, r.Sitemap)
		}
	}
}

// TestSitemapOfManyPages reads two parts of 100,000 pages.
func TestSitemapOfManyPages(t *testing.T) {
	site := &bigSite{pages: numbers(100_000), lastMod: oldMod}
	b := newBigLine(t, site, 500)
	for n, wantUnchanged := range []int{0, 500} {
		r, asked := b.crawl(t.Context(), t, time.Hour)
		if len(asked) != 500 || b.sitemaps != 11 || r.New != 500 || r.Sitemap.Unchanged != wantUnchanged || r.Sitemap.Listed != 100_000 {
			t.Errorf("crawl %d: %d pages, %d sitemaps, %+v", n+1, len(asked), b.sitemaps, r.Sitemap)
		}
	}
}
