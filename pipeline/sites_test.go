package pipeline

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
)

// trouble is what is wrong with a site on one day.
type trouble int

const (
	fine        trouble = iota
	forbidden           // 403 for all
	tooMany             // 429
	broken              // 500
	away                // 404 for all, once
	emptied             // a list without postings
	cutPaging           // only the first page, which says that it is all
	cutBody             // a body that ends too soon
	robots              // robots.txt forbids all
	pagesBroken         // the pages of postings answer 500
	pagesGone           // the pages of postings answer 404
	troubles
)

// offer is one posting of a site.
type offer struct {
	id, title string
	removed   bool
	until     int64 // milliseconds since 1970; 0 where it says nothing
	missed    int   // how many crawls without troubles came and did not find it
	order     int
}

// shown reports an offer that its site shows, and that is not over.
func (o *offer) shown(now int64) bool { return !o.removed && (o.until == 0 || now < o.until) }

// site is a site of the year.
type site struct {
	source  config.Source
	offers  map[string]*offer
	every   int // days between crawls
	today   trouble
	off     bool // for good: switched off, or no longer crawled
	crawled bool // today
	healthy bool // the crawl came to its end, without troubles
	asked   func()
}

const (
	kinds      = 4
	feedLength = 12
)

// newSites makes sites of every kind on addresses of their own.
func newSites(t *testing.T, random *rand.Rand) []*site {
	t.Helper()
	var out []*site
	for i := range 40 {
		s := newSite(t, i, i%kinds)
		s.every = 1 + i%3
		for range 12 + random.IntN(10) {
			s.add(random, 0)
		}
		out = append(out, s)
	}
	return out
}

// newSite makes a site of a kind, the i-th.
func newSite(t *testing.T, i, kind int) *site {
	t.Helper()
	s := &site{offers: map[string]*offer{}, asked: func() {}}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.7.%d:0", i+1))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(s)
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.source = config.Source{
		Name: fmt.Sprintf("site-%02d", i), Pages: 50,
		Fetch: config.Fetch{Private: []string{address.Hostname()}, Timeout: config.Duration(5 * time.Second), MaxBytes: 1 << 20},
	}
	s.kind(kind, server.URL)
	return s
}

// kind says how a site is read.
func (s *site) kind(kind int, address string) {
	src := &s.source
	switch kind {
	case 0, 1:
		src.Kind, src.URL = config.KindJSON, address+"/jobs?page={page}"
		src.Items, src.Total = "items", "total"
		src.Columns = config.Columns{"id": {"id"}, "title": {"title"}, "location": {"place"}, "valid_through": {"until"}}
		src.Authoritative = kind == 0
	case 2:
		src.Kind, src.URL = config.KindJSONLD, address+"/list?page=1"
		src.List.Next = config.Field{Select: "a[rel=next]", Attr: "href"}
		src.Detail.Link = config.Field{Select: "a.job", Attr: "href"}
	default:
		src.Kind, src.URL = config.KindFeed, address+"/feed.xml"
	}
}

// patience is how many crawls without troubles may miss a posting that is still open.
func (s *site) patience() int {
	const slack = 3 // a crawl is compared with two others, and the one before may have been in trouble
	if s.source.Authoritative {
		return 1 + slack
	}
	return mostMisses + slack
}

// reaches reports an offer that a crawl comes to.
func (s *site) reaches(o *offer) bool {
	return s.source.Kind != config.KindFeed || slices.Contains(s.list(), o)
}

// live lets a day pass.
func (s *site) live(random *rand.Rand, day int) {
	s.healthy = false
	s.today = fine
	if day < days-calm && random.IntN(4) == 0 {
		s.today = trouble(1 + random.IntN(int(troubles)-1))
	}
	switch s.source.Name {
	case "site-08", "site-09": // switched off for good
		if s.off = day > days/2; s.off {
			s.today = away
		}
	case "site-12": // no longer crawled
		s.source.Disabled = day > days/2
		s.off = s.source.Disabled
	case "site-13", "site-14": // mended
		if day == days/3 {
			s.source.Pages = 60
		}
	}
	for _, o := range s.sorted() {
		switch {
		case !o.removed && len(s.list()) > 10 && random.IntN(60) == 0:
			o.removed = true
		case o.removed && o.until == 0 && random.IntN(150) == 0:
			o.removed = false
		}
	}
	for random.IntN(4) == 0 || len(s.list()) < 10 {
		s.add(random, day)
	}
}

func (s *site) add(random *rand.Rand, day int) {
	n := len(s.offers) + 1
	o := &offer{id: strconv.Itoa(n), title: fmt.Sprintf("Clerk %d", n), order: n}
	if random.IntN(5) == 0 && s.source.Kind != config.KindFeed {
		o.until = time.Date(2026, 1, 1+day+20+random.IntN(40), 10, 0, 0, 0, time.UTC).UnixMilli()
	}
	s.offers[o.id] = o
}

func (s *site) sorted() []*offer {
	var out []*offer
	for _, o := range s.offers {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b *offer) int { return b.order - a.order })
	return out
}

// list is what the site shows, the newest first.
func (s *site) list() (out []*offer) {
	for _, o := range s.sorted() {
		if !o.removed && (s.source.Kind != config.KindFeed || len(out) < feedLength) {
			out = append(out, o)
		}
	}
	return out
}

// count counts, after a crawl without troubles, what it missed since that was last shown.
func (s *site) count() {
	list := s.list()
	for _, o := range s.offers {
		switch {
		case slices.Contains(list, o):
			o.missed = 0
		case s.healthy && s.crawled:
			o.missed++
		}
	}
}

// ServeHTTP answers as the site does today.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked()
	if r.URL.Path == "/robots.txt" {
		if s.today == robots {
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
			return
		}
		http.NotFound(w, r)
		return
	}
	if status := map[trouble]int{forbidden: 403, tooMany: 429, broken: 500, away: 404}[s.today]; status > 0 {
		w.WriteHeader(status)
		return
	}
	if s.today == cutBody {
		w.Header().Set("Content-Length", "100000")
	}
	id, isPage := strings.CutPrefix(r.URL.Path, "/job/")
	switch {
	case isPage:
		s.page(w, s.offers[id])
	case r.URL.Path == "/jobs":
		s.json(w, r)
	case r.URL.Path == "/list":
		s.html(w, r)
	default:
		s.feed(w)
	}
}

// part gives a page of the list, and how many postings the site says there are.
func (s *site) part(r *http.Request) (part []*offer, total int, more bool) {
	list := s.list()
	if s.today == emptied {
		return nil, 0, false
	}
	size := max(4, len(list)/3)
	n, err := strconv.Atoi(r.FormValue("page"))
	if err != nil || (n-1)*size >= len(list) {
		return nil, len(list), false
	}
	part = list[(n-1)*size : min(n*size, len(list))]
	if s.today == cutPaging {
		return part, len(part), false
	}
	return part, len(list), n*size < len(list)
}

func (s *site) json(w http.ResponseWriter, r *http.Request) {
	part, total, _ := s.part(r)
	var items []string
	for _, o := range part {
		until := "null"
		if o.until > 0 {
			until = strconv.Quote(time.UnixMilli(o.until).UTC().Format(time.RFC3339))
		}
		const item = `{"id": %q, "title": %q, "place": %q, "until": %s}`
		items = append(items, fmt.Sprintf(item, "n-"+o.id, o.title, []string{"Pune", "London"}[o.order%2], until))
	}
	fmt.Fprintf(w, `{"total": %d, "items": [%s]}`, total, strings.Join(items, ", "))
}

func (s *site) html(w http.ResponseWriter, r *http.Request) {
	part, _, more := s.part(r)
	for _, o := range part {
		fmt.Fprintf(w, "<a class=job href=/job/%s>%s</a>\n", o.id, o.title)
	}
	if n, err := strconv.Atoi(r.FormValue("page")); more && err == nil {
		fmt.Fprintf(w, "<a rel=next href='/list?page=%d'>more</a>", n+1)
	}
}

func (s *site) page(w http.ResponseWriter, o *offer) {
	switch {
	case s.today == pagesBroken:
		w.WriteHeader(http.StatusInternalServerError)
	case s.today == pagesGone, o == nil, o.removed:
		w.WriteHeader(http.StatusNotFound)
	default:
		until := ""
		if o.until > 0 {
			until = fmt.Sprintf(`,"validThrough":%q`, time.UnixMilli(o.until).UTC().Format(time.RFC3339))
		}
		fmt.Fprintf(w, `<title>%s</title><script type="application/ld+json">{"@type":"JobPosting","title":%[1]q,`+
			`"identifier":"n-%s","description":"Type forms, number %[2]s."%s}</script>`, o.title, o.id, until)
	}
}

func (s *site) feed(w http.ResponseWriter) {
	fmt.Fprint(w, "<rss><channel>")
	for _, o := range s.list() {
		fmt.Fprintf(w, "<item><title>%s</title><guid>n-%s</guid></item>", o.title, o.id)
	}
	fmt.Fprint(w, "</channel></rss>")
}
