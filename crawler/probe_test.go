package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/internal/sharedtest"
	"jobsieve/sampleboard"
)

func probeTest(t *testing.T, address string) (*Found, error) {
	t.Helper()
	env := Env{Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler), Sleep: func(context.Context, time.Duration) error { return nil }}
	return Probe(t.Context(), address, env, config.Fetch{Delay: 1, Timeout: config.Duration(5 * time.Second), MaxBytes: 1 << 20, Private: []string{"127.0.0.1"}})
}

// what tells what a probe found, on one line.
func what(f *Found, err error) string {
	if err != nil {
		return err.Error()
	}
	s := &f.Source
	parts := []string{string(s.Kind)}
	for _, part := range []string{s.Platform, s.Account, s.Site, s.State, s.Items, s.List.Item, s.Match} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if !s.Detail.Link.IsZero() {
		parts = append(parts, s.Detail.Link.Select)
	}
	n := 0
	if f.Preview != nil {
		n = len(f.Preview.Postings)
	}
	return fmt.Sprintf("%s: %d", strings.Join(parts, " "), n)
}

// TestProbe looks at pages of every kind.
func TestProbe(t *testing.T) {
	const posting = `<script type="application/ld+json">{"@type":"JobPosting","title":"Clerk"}</script>`
	var asked []string
	pages := map[string]string{
		"/offers":       `<head><link rel=alternate type="application/rss+xml" href=/feed.xml></head><p>We are hiring.`,
		"/feed.xml":     `<rss version="2.0"><channel><title>Jobs</title><item><title>Clerk</title><link>/jobs/1-clerk</link></item></channel></rss>`,
		"/news":         `<head><link rel=alternate type="application/rss+xml" href=/news.xml></head><p>News.`,
		"/news.xml":     `<rss version="2.0"><channel><title>News</title><item><title>We moved</title><link>/news/1</link></item></channel></rss>`,
		"/ld":           `<ul class=jobs><li><a href=/jobs/one-1>One</a><li><a href=/jobs/two-2>Two</a><li><a href=/jobs/three-3>Three</a></ul>`,
		"/all":          `<ul class=jobs><li><a href=/jobs/one-1>One</a><li><a href=/jobs/two-2>Two</a></ul>`,
		"/jobs/one-1":   posting,
		"/jobs/two-2":   strings.Replace(posting, "Clerk", "Typist", 1),
		"/jobs/three-3": "<p>Closed",
		"/menu":         `<ul><li><a href=/home>Home</a><li><a href=/jobs>Jobs</a><li><a href=/contact>Contact</a></ul>`,
		"/wall":         `<form><input type=password></form>`,
		"/api":          `{"data": {"jobs": [{"id": 1, "title": "Clerk", "location": "Pune"}], "departments": [{"id": 1, "name": "Sales"}]}}`,
		"/api-other":    `{"users": [{"id": 1, "name": "Asha"}]}`,
		"/sitemap.xml":  `<sitemapindex><sitemap><loc>/pages.xml</loc></sitemap><sitemap><loc>/jobs.xml</loc></sitemap></sitemapindex>`,
		"/jobs.xml":     `<urlset><url><loc>/about</loc></url><url><loc>/jobs/one-1</loc></url><url><loc>/jobs/two-2</loc></url></urlset>`,
		"/robots.txt":   "User-agent: *\nDisallow: /secret\nSitemap: http://BOARD/sitemap.xml",
		"/secret":       posting,
		"/state":        `<script>window.app = {"jobs": [{"title": "Clerk", "city": "Pune", "slug": "a"}, {"title": "Typist", "city": "Pune", "slug": "b"}]}</script>`,
	}
	inner := site(pages)
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		inner.ServeHTTP(w, r)
	}))
	pages["/robots.txt"] = strings.ReplaceAll(pages["/robots.txt"], "BOARD", host)
	for path, want := range map[string]string{
		"/feed.xml":    "feed: 1",
		"/offers":      "feed: 1",
		"/ld":          "html .jobs > li a: 3",
		"/jobs/one-1":  "sitemap /jobs/.: 2",
		"/sitemap.xml": "sitemap /jobs/.: 2",
		"/news":        "sitemap /jobs/.: 2",
		"/api":         "json data.jobs: 1",
		"/api-other":   "no list in it looks like postings",
		"/state":       "json window.app jobs: 2",
		"/all":         "jsonld .jobs > li a: 2",
		"/menu":        "sitemap /jobs/.: 2",
		"/secret":      "robots.txt does not allow",
		"/none":        "answered 404",
	} {
		asked = nil
		if got := what(probeTest(t, "http://"+host+path)); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		times := map[string]int{}
		for _, a := range asked {
			if times[a]++; times[a] > 1 {
				t.Errorf("%s: asked for %s %d times", path, a, times[a])
			}
		}
	}
	pages["/robots.txt"] = ""
	if got := what(probeTest(t, "http://"+host+"/wall")); !strings.Contains(got, "it shows a login form") {
		t.Error(got)
	}
	if got := what(probeTest(t, "ftp://"+host)); !strings.Contains(got, "expected the address of a page") {
		t.Error(got)
	}
	if got := what(Probe(t.Context(), "https://careers.example.org", Env{}, config.Fetch{})); !strings.Contains(got, "no contact is set") {
		t.Error(got)
	}
}

// TestProbeOfLinkedBoard looks at pages that lead to a board on a platform, or embed
// one, which is taken though it can't be tried here.
func TestProbeOfLinkedBoard(t *testing.T) {
	at, _ := url.Parse("https://www.example.org/careers")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for body, want := range map[string]string{
		`<a href="https://jobs.lever.co/other/1">A friend's</a><iframe src="https://boards.greenhouse.io/embed/job_board?for=acme"></iframe><a href="https://boards.greenhouse.io/acme/jobs/1">Clerk</a><a href="/about">About</a>`: "ats greenhouse acme: 0",
		`<div id="khembedjobs"></div><script src="https://acme.keka.com/careers/api/embedjobs/js/7e2f830e-7500-440f-992f-5013e438f8b4"></script>`:                                                                                   "ats keka acme: 0",
		`<a href="https://acmecareers.peoplestrong.com/">Openings</a>`:                                                                             "ats peoplestrong acmecareers: 0",
		`<script>rec_embed_js.load({widget_id: "list", page_name: "Careers", site: "https://acme.zohorecruit.in", brand_color: "#000"});</script>`: "ats zoho acme: 0",
		`<iframe id="icims_content_iframe" src="https://careers-acme.icims.com/jobs/search?ss=1&in_iframe=1"></iframe>`:                            "ats icims careers-acme: 0",
		`<meta http-equiv=refresh content="0; url=https://jobs.lever.co/acme"><p>One moment`:                                                       "ats lever acme: 0",
		`<link rel=canonical href="https://jobs.lever.co/acme"><a href="/about">About</a>`:                                                         "ats lever acme: 0",
		`<iframe data-src="https://jobs.lever.co/acme"></iframe>`:                                                                                  "ats lever acme: 0",
		`<script>load({"board":"https:\/\/jobs.lever.co\/acme?a=1\u0026b=2", "at": '//example.org/x'})</script><a href=/x>X</a>`:                   "ats lever acme: 0",
		`<script>location = "https://jobs.lever.co/acme"</script>`:                                                                                 "ats lever acme: 0",
	} {
		doc, err := extract.NewPage(at, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		p := &prober{ctx: ctx, env: Env{Contact: "me@example.org", Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
		if !p.linkedBoard(doc) || what(p.found, nil) != want || p.found.Trouble == "" {
			t.Errorf("%s: %+v", body, p.found)
		}
	}
}

// TestProbeOfOwnAddress takes a board at an address of the employer's own where it can
// be read, and looks on where it can't.
func TestProbeOfOwnAddress(t *testing.T) {
	for _, tt := range []struct {
		answers http.Handler
		want    string
		tried   int
	}{
		{&api{total: 3, answer: successFactorsAPI.answer}, "ats successfactors: 3", 0},
		{http.NotFoundHandler(), "", 1},
	} {
		b := ats.Board{Platform: "successfactors", Base: "http://" + serve(t, tt.answers), Own: true}
		p := &prober{ctx: t.Context(), env: Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
		p.fetch = config.Fetch{Delay: 1, Timeout: config.Duration(5 * time.Second), MaxBytes: 1 << 20, Private: []string{"127.0.0.1"}}
		taken, got := p.board(b, "its address"), ""
		if p.found != nil {
			got = what(p.found, nil)
		}
		if taken != (tt.want != "") || got != tt.want || len(p.tried) != tt.tried {
			t.Errorf("%q, want %q; tried %q", got, tt.want, p.tried)
		}
	}
}

// TestProbeOfBoardsPage takes the board that a page at an employer's own host belongs to, by
// what it loads, where it can be read.
func TestProbeOfBoardsPage(t *testing.T) {
	feed := &api{total: 3, answer: successFactorsAPI.answer}
	pages := site(map[string]string{
		"/":     `<link rel=stylesheet href=/platform/css/j2w/min/site.css><a href=/about>About</a>`,
		"/news": `<img src="https://rmkcdn.successfactors.com/a/logo.png"><a href="https://rmkcdn.successfactors.com/a.pdf">News`,
	})
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sitemal.xml" {
			feed.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	}))
	for path, want := range map[string]string{"/": "ats successfactors: 3", "/news": "nothing on"} {
		if got := what(probeTest(t, "http://"+host+path)); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestProbeByRobots takes the one board whose sitemap robots.txt names, though its host
// shows nothing; of several it tells where they are.
func TestProbeByRobots(t *testing.T) {
	for robots, want := range map[string]string{
		"Sitemap: https://acme.wd5.myworkdayjobs.com/Acme_Careers/siteMap.xml": "ats workday acme Acme_Careers: 0",
		"Sitemap: https://acme.wd5.myworkdayjobs.com/One/siteMap.xml\nSitemap: https://acme.wd5.myworkdayjobs.com/Two/siteMap.xml": "" +
			"robots.txt names the sitemaps of 2 boards, such as https://acme.wd5.myworkdayjobs.com/One/siteMap.xml, https",
		"Sitemap: https://example.org/sitemap.xml": "answered 404",
	} {
		host := serve(t, site(map[string]string{"/robots.txt": robots}))
		if got := what(probeTest(t, "http://"+host+"/")); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", robots, got, want)
		}
	}
}

// TestProbeOfSampleBoard looks at a whole board.
func TestProbeOfSampleBoard(t *testing.T) {
	board, err := sampleboard.NewBoard()
	if err != nil {
		t.Fatal(err)
	}
	host := serve(t, board)
	for path, want := range map[string]string{"/jobs": "html li.job h2 a: 5", "/feed.xml": "feed: 5", "/sitemap.xml": "sitemap /jobs/.: 5"} {
		if got := what(probeTest(t, "http://"+host+path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestProbeOfSavedPages looks at the saved pages of real boards.
func TestProbeOfSavedPages(t *testing.T) {
	host := serve(t, savedSite(filepath.Join(sharedtest.Dir(t), "data")))
	for file, want := range map[string]string{
		"html/nithinkonda/timesjobs.html":                        "html li.joblistli: 5",
		"html/nithinkonda/internshala.html":                      "html div.individual_internship: 5",
		"html/nithinkonda/shine.html":                            "json __NEXT_DATA__ props.pageProps.initialState.jsrp.searchresult.data.results: 5",
		"html/nithinkonda/apna_jobs.html":                        "json __NEXT_DATA__ props.pageProps.jobs: 5",
		"html/addanki-virinchi/naukri_list_cards_only.html":      "html article.jobTuple: 5",
		"html/addanki-virinchi/naukri_job_detail_main_only.html": "it is that of one posting",
		"html/js-shell-negative/naukri_shell.html":               "without running its scripts",
		"html/jobseek/jobylon_mcdonalds_se.html":                 "json JBL.embed_v2['jobs']: 5",
		"html/jobseek/peoplestrong_larsen_toubro.html":           "no similar elements lead to postings",
		"html/jobseek/jsonld_meta_software_engineer.html":        "it is that of one posting",
		"html/jobseek/decathlon_talentclue_jobpage.html":         "was recognised as postings",
		"ats/careerkit/hrmdirect.html":                           "html tr.ReqRowClick: 2",
		"ats/careerkit/icims.html":                               "ats icims careers-wipfli: 0",
		"ats/careerkit/jobvite.html":                             "html tr: 2",
		"ats/careerkit/paylocity.html":                           "json window.pageData Jobs: 2",
		"ats/careerkit/phenom.html":                              "json phApp.ddo eagerLoadRefineSearch.data.jobs: 2",
		"ats/careerkit/recruitee.json":                           "json offers: 2",
		"feeds/careerkit/neogov.xml":                             "feed: 2",
		"feeds/turingschool/weworkremotely_programming_2015.rss": "feed: 5",
	} {
		if got := what(probeTest(t, "http://"+host+"/"+file)); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
	}
}

// TestProbeOfUnreadPlatform looks at pages that lead to a platform that is known and not
// read: what could not be found is told with what to do.
func TestProbeOfUnreadPlatform(t *testing.T) {
	host := serve(t, site(map[string]string{
		"/link":   `<p>Join us <a href="https://acme.taleo.net/careersection/2/jobsearch.ftl">now</a>`,
		"/frame":  `<iframe src="https://acme.turbohire.co/careerpage/1"></iframe><iframe src="https://acme.turbohire.co/careerpage/2"></iframe>`,
		"/script": `<script>fetch("https:\/\/public.zwayam.com\/jobs\/search")</script>`,
		"/read":   `<a href="https://acme.taleo.net/x">Alumni</a><script>window.app = {"jobs": [{"title": "Clerk", "city": "Pune", "slug": "a"}, {"title": "Typist", "city": "Pune", "slug": "b"}]}</script>`,
		"/none":   `<p>Join us`,
	}))
	for path, want := range map[string]string{
		"/link":   "https://acme.taleo.net/careersection/2/jobsearch.ftl is on Oracle Taleo, and is not read: its lists are drawn by a script",
		"/frame":  "https://acme.turbohire.co/careerpage/1 is on TurboHire, and is not read",
		"/script": "https://public.zwayam.com/jobs/search is on Zwayam, and is not read: a source of kind json",
		"/read":   "json window.app jobs: 2",
		"/none":   "nothing on",
	} {
		got := what(probeTest(t, "http://"+host+path))
		if !strings.Contains(got, want) || strings.Count(got, "and is not read") > 1 {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
