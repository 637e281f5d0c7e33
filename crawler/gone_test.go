package crawler

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPagesThatLeadAway crawls a list of postings whose pages redirect, and wants
// those gone that do not lead to a page about them.
func TestPagesThatLeadAway(t *testing.T) {
	cases := []struct {
		link, to string
		gone     bool
	}{
		{"/jobs/101", "/", true},
		{"/jobs/102", "/?utm_source=closed", true},
		{"/jobs/103", "/jobs", true},
		{"/jobs/104", "/jobs/", true},
		{"/jobs/105", "/jobs?page=1", true},
		{"/jobs/106", "/?expired=106", true},
		{"/jobs/pune/107", "/jobs/pune", true},
		{"/jobs/108", "/login?next=/jobs/108", true},
		{"/jobs/109", "/search", true},
		{"/jobs/110", "/en/", true},
		{"/jobs/111", "/job-expired", true},
		{"/jobs/112", "/jobs/112/closed", true},
		{"/show?id=113", "/show", true},
		{"/jobs/114", "/careers.html", true},
		{"/jobs/115", "/jobs/116", true}, // that is listed itself
		{"/jobs/117", "/offers", true},   // as 118
		{"/jobs/118", "/offers", true},
		{"/jobs/119", "meta /", true},
		{"/jobs/telecaller-pune", "/jobs/cook-delhi", true},
		{"/jobs/telecaller-120", "/jobs/bpo-jobs-in-pune", true},
		{"/jobs/telecaller-121", "/telecaller-jobs-in-pune", true},
		{"/jobs/122", "/sorry", true},
		{"/jobs/123", "/oops.html", true},
		{"/jobs/124", "/jobs-search?q=bpo", true},
		{"/jobs/125", "/current-vacancies", true},
		{"/jobs/nurse-126", "/careers/acme", true},
		{"/jobs/driver-127", "/marked/welder-128", true},
		{"/careers/chef-pune", "/openings/chef", false},
		{"/j/a", "/show?id=301", false},
		{"/j/b", "/show?id=302", false},
		{"/jobs/209-old-name", "/jobs/209-new-name", false},
		{"/jobs/data-operator", "/jobs/data-entry-operator-pune", false},
		{"/track?u=welder", "/marked/welder-210", false},
		{"/jobs/116", "", false},
		{"/jobs/201", "/jobs/201-clerk", false},
		{"/jobs/202", "/jobs/202/", false},
		{"/jobs/203/clerk", "/jobs/203", false},
		{"/jobs/204/apply", "/jobs/204", false},
		{"/r?to=205", "/postings/99205", false},
		{"/jobs/206", "/jobs/206/closed-loop-engineer", false},
		{"/jobs/207", "/?p=207", false},
		{"/jobs/data-entry/apply", "/jobs/data-entry", false},
		{"/jobs/208", "/offer/clerk", false}, // no other leads there, and it has the title
	}
	var list strings.Builder
	to, want := map[string]string{}, []string{}
	for _, tt := range cases {
		to[tt.link] = tt.to
		fmt.Fprintf(&list, "<li><a href=%q>%s</a>", tt.link, titleOf(tt.link))
		if tt.gone {
			want = append(want, "gone "+tt.link)
		}
	}
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := r.URL.RequestURI()
		meta, isMeta := strings.CutPrefix(to[at], "meta ")
		switch {
		case at == "/robots.txt":
			http.NotFound(w, r)
		case at == "/jobs":
			fmt.Fprint(w, list.String())
		case isMeta:
			fmt.Fprintf(w, `<meta http-equiv="Refresh" content="0; URL='%s'"><h1>Moved</h1>`, meta)
		case to[at] != "":
			w.Header().Set("Location", to[at])
			w.WriteHeader(http.StatusFound)
		case at == "/offer/clerk":
			fmt.Fprint(w, "<h1>Title /jobs/208</h1><p>Salary 3 LPA")
		case strings.HasPrefix(at, "/marked/"):
			fmt.Fprintf(w, ldOf+"<h1>Welder</h1>", `{"@type":"JobPosting","title":"Welder"}`)
		default:
			fmt.Fprintf(w, "<h1>%s</h1><p>Salary 9 LPA", titleOf(at))
		}
	}))
	g := &gather{}
	r := crawlTest(t, source(t, plainHTML, host), g)
	for i := range g.rejected {
		g.rejected[i] = strings.Replace(g.rejected[i], "http://"+host, "", 1)
	}
	slices.Sort(g.rejected)
	slices.Sort(want)
	if diff := cmp.Diff(want, g.rejected); diff != "" || len(g.postings)+len(want) != len(cases) || !r.Complete {
		t.Errorf("%d postings of %d: %+v\n%s", len(g.postings), len(cases), r, diff)
	}
}

// titleOf makes a title of an address: of its words, where it has some.
func titleOf(link string) string {
	last := link[strings.LastIndexByte(link, '/')+1:]
	if _, to, ok := strings.Cut(last, "u="); ok {
		last = to + "-"
	}
	if words := strings.Trim(last, "-0123456789"); strings.Contains(last, "-") && words != "" {
		return strings.ReplaceAll(words, "-", " ")
	}
	return "Title " + link
}

// TestPagesThatSayNothing wants a posting rejected, and the crawl incomplete, where
// its page says nothing; what is stored of it stays.
func TestPagesThatSayNothing(t *testing.T) {
	const list = `<li><a href=/1>One</a><li><a href=/2>Two</a>`
	for name, tt := range map[string]struct {
		status        int
		page, fields  string
		rejected, why string
	}{
		"an empty page":        {200, " ", "", "fetch_failed", "could not be fetched"},
		"202":                  {202, job1, "", "fetch_failed", "could not be fetched"},
		"204":                  {204, "", "", "fetch_failed", "could not be fetched"},
		"203":                  {203, job1, "", "", ""},
		"a shell":              {200, "<div id=app></div><script src=/a.js></script>", "", "fetch_failed", "say nothing"},
		"maintenance":          {200, "<h1>Under maintenance</h1><p>Back soon.", "", "fetch_failed", "say nothing"},
		"JSON":                 {200, `{"error": "busy"}`, "", "unreadable", "say nothing"},
		"a PDF":                {200, "%PDF-1.7\n1 0 obj", "", "unreadable", "say nothing"},
		"other markup":         {200, "<div>One</div>", "", "unreadable", "say nothing"},
		"a captcha":            {200, "<div class=g-recaptcha></div>", "", "fetch_failed", "captcha"},
		"a field it may lack":  {200, "<div>One</div>", "salary: .pay", "", ""},
		"a title that says so": {200, "<h1>Maintenance Engineer</h1><p>Text", "", "", ""},
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/jobs":
				fmt.Fprint(w, list)
			case "/1":
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.page)
			case "/2":
				fmt.Fprint(w, job2+"<b class=pay>9</b>")
			default:
				http.NotFound(w, r)
			}
		}))
		src := plainHTML
		if tt.fields != "" {
			src = regexp.MustCompile(`(detail:.*fields: \{)[^}]*`).ReplaceAllString(src, "${1}"+tt.fields)
		}
		g := &gather{}
		r := crawlTest(t, source(t, src, host), g)
		reason := ""
		if len(g.rejected) > 0 {
			reason, _, _ = strings.Cut(g.rejected[0], " ")
		}
		if reason != tt.rejected || r.Complete != (tt.why == "") || !strings.Contains(r.Why, tt.why) {
			t.Errorf("%s: rejected %v: %+v", name, g.rejected, r)
		}
	}
}

// TestRobotsOfPostingsFail wants a crawl incomplete whose postings stand on a host
// of which robots.txt could not be fetched.
func TestRobotsOfPostingsFail(t *testing.T) {
	other := serve(t, site(map[string]string{"/robots.txt": "500 ", "/1": job1}))
	g := &gather{}
	_, r := readTitles(t, plainHTML, map[string]string{"/jobs": fmt.Sprintf("<li><a href=http://%s/1>One</a>", other)}, g)
	if len(g.rejected) != 1 || !strings.HasPrefix(g.rejected[0], "fetch_failed") || r.Complete || len(r.Problems) == 0 {
		t.Errorf("rejected %v: %+v", g.rejected, r)
	}
}

// TestHeldPostings wants a posting handed on whose link leads to an address that
// says nothing, where no other leads there, and however many there are.
func TestHeldPostings(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := strings.Trim(r.URL.Path, "/"); {
		case path == "sitemap.xml":
			fmt.Fprint(w, "<urlset>")
			for i := range 2 * maxHeld {
				fmt.Fprintf(w, "<url><loc>/r/%d</loc></url>", i)
			}
			fmt.Fprint(w, "<url><loc>/r/same</loc></url><url><loc>/r/same2</loc></url></urlset>")
		case strings.HasPrefix(path, "r/same"):
			http.Redirect(w, r, "/about-us", http.StatusFound)
		case strings.HasPrefix(path, "r/"):
			http.Redirect(w, r, "/jobs/"+strings.Repeat("x", len(path))+string('a'+rune(len(r.URL.Path)*3%26))+strings.Map(func(d rune) rune { return d + 'a' - '0' }, path[2:]), http.StatusFound)
		case path == "robots.txt":
			http.NotFound(w, r)
		default:
			fmt.Fprintf(w, "<h1>%s</h1>", path)
		}
	}))
	g := &gather{}
	r := crawlTest(t, source(t, hostileSitemap, host), g)
	if len(g.postings) != 2*maxHeld || len(g.rejected) != 2 || !r.Complete {
		t.Errorf("%d postings, rejected %v: %+v", len(g.postings), g.rejected, r)
	}
}

// TestClosedPostings wants postings gone whose pages say that they are closed.
func TestClosedPostings(t *testing.T) {
	g := &gather{}
	titles, r := readTitles(t, plainHTML, map[string]string{
		"/jobs": links(4),
		"/1":    job1,
		"/2":    `<h1>Two</h1><div class="alert">This job is no longer accepting applications</div><p>Text`,
		"/3":    `<h1>Three</h1><p>Open until the position is filled. Applications close on 5 Dec.`,
		"/4":    `<h1>चार</h1><b>यह नौकरी अब उपलब्ध नहीं है</b><p>Text`,
	}, g)
	if got := strings.Join(titles, " "); got != "One Three" || len(g.rejected) != 2 || !r.Complete {
		t.Errorf("%s, rejected %v: %+v", got, g.rejected, r)
	}
}

const ldOf = `<script type="application/ld+json">%s</script>`

// TestSeveralPostingsOnAPage wants each JobPosting of a page handed on or
// counted.
func TestSeveralPostingsOnAPage(t *testing.T) {
	ld := func(blocks ...string) string {
		var s strings.Builder
		for _, b := range blocks {
			fmt.Fprintf(&s, ldOf, `{"@type":"JobPosting",`+b+`}`)
		}
		return s.String()
	}
	const two = `<url><loc>/jobs/1</loc></url><url><loc>/jobs/2</loc></url>`
	for name, tt := range map[string]struct {
		urls, page, second string
		want               string
		repeated           int
	}{
		"ids":                      {page: ld(`"title":"A","identifier":"1"`, `"title":"B","identifier":"2"`, `"title":"C","identifier":"3"`), want: "A B C"},
		"no ids":                   {page: ld(`"title":"A"`, `"title":"B"`, `"title":"A","jobLocation":"Pune"`), want: "A A B"},
		"a graph":                  {page: fmt.Sprintf(ldOf, `{"@graph":[{"@type":"JobPosting","title":"A"},{"@type":"JobPosting","title":"B"}]}`), want: "A B"},
		"one id for all":           {page: ld(`"title":"A","identifier":"acme"`, `"title":"B","identifier":"acme"`), want: "A B"},
		"the page's own address":   {page: ld(`"title":"A","identifier":"1","url":"/jobs/1"`, `"title":"B","identifier":"2","url":"/jobs/1"`), want: "A B"},
		"addresses of their own":   {page: ld(`"title":"A","url":"/jobs/7"`, `"title":"B","url":"/jobs/8"`), want: "A B"},
		"the same twice":           {page: ld(`"title":"A","identifier":"1"`, `"title":"A","identifier":"1"`), want: "A"},
		"an id for two places":     {page: ld(`"title":"A","identifier":"9","jobLocation":"Pune"`, `"title":"A","identifier":"9","jobLocation":"Delhi"`), want: "A", repeated: 1},
		"others without text":      {page: ld(`"title":"B","url":"/jobs/2"`, `"title":"A","url":"/jobs/1"`), want: "A", repeated: 1},
		"others with text":         {page: ld(`"title":"B","url":"/jobs/2","description":"b"`, `"title":"A","url":"/jobs/1"`), want: "A B"},
		"others with their page":   {urls: two, page: ld(`"title":"B","url":"/jobs/2","description":"b"`, `"title":"A","url":"/jobs/1"`), second: ld(`"title":"B, whole","url":"/jobs/2"`), want: "A B, whole", repeated: 1},
		"the id is in the address": {page: ld(`"title":"B","identifier":"2","description":"b"`, `"title":"A","identifier":"1"`), want: "A B"},
	} {
		urls := tt.urls
		if urls == "" {
			urls = `<url><loc>/jobs/1</loc></url>`
		}
		g := &gather{}
		yaml := strings.Replace(hostileSitemap, ", detail: {fields: {title: h1}}", "", 1)
		titles, r := readTitles(t, yaml, map[string]string{"/sitemap.xml": "<urlset>" + urls + "</urlset>", "/jobs/1": tt.page, "/jobs/2": tt.second}, g)
		if got := strings.Join(titles, " "); got != tt.want || g.repeated != tt.repeated || !r.Complete || len(g.rejected) > 0 {
			t.Errorf("%s: %s, %d repeated, want %s, %d; %v, %+v", name, got, g.repeated, tt.want, tt.repeated, g.rejected, r)
		}
	}
}
