package crawler

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// The kinds of source of the hostile sites. Bodies are read up to 300 kB.
const (
	hostileFetch   = `fetch: {delay: 1ms, timeout: 20s, max_bytes: 300000, private: [127.0.0.1]}`
	hostileHTML    = "sources:\n  - name: s\n    kind: html\n    url: http://BOARD/jobs\n    pages: 20\n    " + hostileFetch + "\n    list: {item: li, next: \"a.next@href\", fields: {title: a}}\n    detail: {link: \"a@href\", fields: {title: h1, description: p}}\n"
	hostileSitemap = "sources:\n  - {name: s, kind: sitemap, url: \"http://BOARD/sitemap.xml\", " + hostileFetch + ", detail: {fields: {title: h1}}}\n"
	hostileFeed    = "sources:\n  - {name: s, kind: feed, url: \"http://BOARD/feed.xml\", " + hostileFetch + "}\n"
	hostileBoard   = "sources:\n  - {name: s, kind: ats, platform: recruitee, account: a, url: \"http://BOARD\", " + hostileFetch + "}\n"
	hostilePaged   = "sources:\n  - {name: s, kind: ats, platform: smartrecruiters, account: a, url: \"http://BOARD\", " + hostileFetch + "}\n"
	hostileJSONLD  = "sources:\n  - name: s\n    kind: jsonld\n    url: http://BOARD/jobs\n    " + hostileFetch + "\n    detail: {link: \"a@href\"}\n"
)

// one is a page that leads to one posting, two to two.
const (
	oneJob  = `<li><a href=/1>One</a>`
	twoJobs = oneJob + `<li><a href=/2>Two</a>`
	job1    = `<h1>One</h1><p>Text`
	job2    = `<h1>Two</h1><p>Text`
)

// hostile is a site that does one thing that sites should not, or that asks a
// crawler to stay away, and what must become of a crawl of it.
type hostile struct {
	does  string
	yaml  string            // hostileHTML where it is empty
	slow  bool              // half a second is waited for an answer
	pages map[string]string // "404 " and the like is a status
	serve func(site http.Handler) http.HandlerFunc

	read     int    // postings
	rejected string // the reasons, each once
	says     string // what the receipt must say
}

// hostiles are all sites, in the order of the page.
var hostiles = slices.Concat(hostileSites, hostileLists, hostilePages)

var hostileSites = []hostile{
	// robots.txt
	{does: "robots.txt forbids the list", pages: map[string]string{"/robots.txt": "User-agent: *\nDisallow: /", "/jobs": oneJob, "/1": job1}, says: "robots.txt does not allow"},
	{does: "robots.txt forbids one posting", pages: map[string]string{"/robots.txt": "User-agent: jobsieve\nDisallow: /1", "/jobs": twoJobs, "/1": job1, "/2": job2}, read: 1, rejected: "robots", says: "complete"},
	{does: "robots.txt forbids what a page redirects to", pages: map[string]string{"/robots.txt": "User-agent: *\nDisallow: /2", "/jobs": oneJob, "/2": job2}, serve: redirect("/1", "/2"), rejected: "robots", says: "complete"},
	{does: "robots.txt is answered 500", pages: map[string]string{"/robots.txt": "500 ", "/jobs": oneJob, "/1": job1}, says: "robots.txt could not be fetched"},
	{does: "robots.txt is answered 429", pages: map[string]string{"/robots.txt": "429 ", "/jobs": oneJob, "/1": job1}, says: "robots.txt could not be fetched"},
	{does: "robots.txt is answered 403, which is the site's way to say that it has none", pages: map[string]string{"/robots.txt": "403 ", "/jobs": oneJob, "/1": job1}, read: 1, says: "complete"},
	{does: "the connection breaks at robots.txt", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: at("/robots.txt", hangUp), says: "robots.txt could not be fetched"},
	{does: "robots.txt never ends", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: at("/robots.txt", endless), read: 1, says: "complete"},
	{does: "robots.txt redirects for ever", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: redirect("/robots.txt", "/robots.txt"), read: 1, says: "complete"},
	{does: "robots.txt asks for 45 s between requests", pages: map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: 45", "/jobs": oneJob, "/1": job1}, read: 1, says: "asks for 45s between requests"},
	{does: "a page says noindex", pages: map[string]string{"/jobs": twoJobs, "/1": `<meta name=robots content="noindex, nofollow">` + job1, "/2": job2}, read: 1, rejected: "noindex", says: "complete"},
	{does: "a page says noindex in its headers", pages: map[string]string{"/jobs": twoJobs, "/1": job1, "/2": job2}, serve: header("/1", "X-Robots-Tag", "noindex"), read: 1, rejected: "noindex", says: "complete"},

	{does: "the list says noindex, and has a posting without a page of its own", pages: map[string]string{"/jobs": `<meta name=robots content="noindex, follow">` + oneJob + "<li><a>Two</a>", "/1": job1}, read: 1, rejected: "noindex", says: "complete"},

	// blocks
	{does: "the list is answered 403", pages: map[string]string{"/jobs": "403 "}, says: "answered 403 Forbidden: the site does not want to be read"},
	{does: "the list is answered 401", pages: map[string]string{"/jobs": "401 "}, says: "answered 401"},
	{does: "the list is answered 451", pages: map[string]string{"/jobs": "451 "}, says: "answered 451"},
	{does: "a posting is answered 403", pages: map[string]string{"/jobs": twoJobs + `<li><a href=/3>`, "/1": job1, "/2": "403 ", "/3": job2}, read: 1, says: "/2 answered 403"},
	{does: "every request is answered 429", pages: map[string]string{"/jobs": "429 "}, says: "answered 429"},
	{does: "the first request is answered 429, with how long to wait", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: first("/jobs", retryAfter(http.StatusTooManyRequests, "2")), read: 1, says: "complete"},
	{does: "the first request is answered 503, with a date until when to wait", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: first("/jobs", func(w http.ResponseWriter, r *http.Request) {
		retryAfter(http.StatusServiceUnavailable, time.Now().Add(3*time.Second).UTC().Format(http.TimeFormat))(w, r)
	}), read: 1, says: "complete"},
	{does: "the first request is answered 503, with an hour to wait", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: first("/jobs", retryAfter(http.StatusServiceUnavailable, "3600")), says: "it asks to be left alone for 1h0m0s"},
	{does: "a captcha is where the list was", pages: map[string]string{"/jobs": `<form><div class="g-recaptcha"></div></form>`}, says: "it shows a captcha, which is not for programs"},
	{does: "a challenge of a content network is there", pages: map[string]string{"/jobs": `<title>Just a moment...</title><p>Checking your browser`}, says: "it shows a captcha"},
	{does: "a login form is there", pages: map[string]string{"/jobs": `<form><input name=u><input type=password></form>`}, says: "it shows a login form, which is not for programs"},
	{does: "the list is a shell that a script fills", pages: map[string]string{"/jobs": `<div id=root></div><script src=/app.js></script>`}, says: "it shows nothing without running its scripts"},
	{does: "a captcha is where a posting was", pages: map[string]string{"/jobs": twoJobs, "/1": `<div class="h-captcha"></div>`, "/2": job2}, rejected: "fetch_failed", says: "/1: it shows a captcha"},
	{does: "the markup has changed", pages: map[string]string{"/jobs": `<div class=card><a href=/1>One</a></div>`}, says: "the site's markup may have changed"},

	// gone postings
	{does: "a posting leads to the home page", pages: map[string]string{"/jobs": twoJobs, "/": "<h1>Welcome</h1><p>Salary 9 LPA", "/2": job2}, serve: redirect("/1", "/"), read: 1, rejected: "gone", says: "complete"},
	{does: "a posting leads to the list", pages: map[string]string{"/jobs": twoJobs, "/2": job2}, serve: redirect("/1", "/jobs?closed=1"), read: 1, rejected: "gone", says: "complete"},
	{does: "a posting's page sends its reader on to the home page", pages: map[string]string{"/jobs": twoJobs, "/1": `<meta http-equiv=refresh content="0;url=/">` + job1, "/2": job2}, read: 1, rejected: "gone", says: "complete"},
	{does: "a posting's page says that it takes no more applications", pages: map[string]string{"/jobs": twoJobs, "/1": "<div class=alert>We are no longer accepting applications.</div>" + job1, "/2": job2}, read: 1, rejected: "gone", says: "complete"},
	{does: "a posting's page says so in Hindi", pages: map[string]string{"/jobs": twoJobs, "/1": "<b>यह भर्ती बंद हो चुकी है</b>" + job1, "/2": job2}, read: 1, rejected: "gone", says: "complete"},
	{does: "a posting says when it will close, and that something else is closed", pages: map[string]string{"/jobs": oneJob, "/1": "<p>Applications close on 5 Dec. The office is closed on Sundays. Open until the position is filled." + job1}, read: 1, says: "complete"},
	{does: "the pages of all postings lead to a login", pages: map[string]string{"/jobs": links(8), "/login": `<h1>Sign in</h1><input type=password>`}, serve: allTo("/login"), rejected: "gone", says: "8 of 8 pages of postings lead to a login"},

	// broken and slow servers
	{does: "every posting is answered 500", pages: map[string]string{"/jobs": links(8), "/1": "500 ", "/2": "500 ", "/3": "500 ", "/4": "500 ", "/5": "500 ", "/6": job1}, rejected: "fetch_failed", says: "failed 5 pages in a row, and is left alone until"},
	{does: "one posting is answered 500", pages: map[string]string{"/jobs": twoJobs, "/1": "500 ", "/2": job2}, read: 1, rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "a posting is gone", pages: map[string]string{"/jobs": twoJobs, "/1": "410 ", "/2": job2}, read: 1, rejected: "gone", says: "complete"},
	{does: "the first answer is cut", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: first("/1", cut), read: 1, says: "complete"},
	{does: "every answer is cut", pages: map[string]string{"/jobs": oneJob}, serve: at("/1", cut), rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "the answer is not HTTP", pages: map[string]string{"/jobs": oneJob}, serve: at("/1", garbage), rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "the answer never begins", slow: true, pages: map[string]string{}, serve: at("/jobs", silent), says: "no whole answer within 500ms"},
	{does: "the answer comes a byte at a time", slow: true, pages: map[string]string{}, serve: at("/jobs", drip), says: "no whole answer within 500ms"},
	{does: "the answer never ends", pages: map[string]string{}, serve: at("/jobs", endless), says: "the page is larger than max_bytes"},
	{does: "the headers never end", pages: map[string]string{}, serve: at("/jobs", headers), says: "server response headers exceeded"},
	{does: "the answer says that nothing has changed, without being asked", pages: map[string]string{"/jobs": twoJobs, "/1": "304 ", "/2": job2}, read: 1, rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "the answer is 206, a part of the page", pages: map[string]string{"/jobs": twoJobs, "/2": job2}, serve: at("/1", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusPartialContent)
		_, _ = io.WriteString(w, job1)
	}), read: 1, rejected: "fetch_failed", says: "some pages could not be fetched"},

	// bombs
	{does: "gzip swells to 100 MB", serve: bomb("/jobs", "gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }), says: "the page is larger than max_bytes"},
	{does: "br swells to 100 MB", serve: bomb("/jobs", "br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }), says: "the page is larger than max_bytes"},
	{does: "zstd swells to 100 MB", serve: bomb("/jobs", "zstd", func(w io.Writer) io.WriteCloser {
		z, _ := zstd.NewWriter(w)
		return z
	}), says: "the page is larger than max_bytes"},
	{does: "a compressed sitemap swells to 100 MB", yaml: hostileSitemap, serve: bomb("/sitemap.xml", "", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }), says: "the page is larger than max_bytes"},
	{does: "the compression is not one that was offered", pages: map[string]string{"/jobs": oneJob}, serve: header("/jobs", "Content-Encoding", "sdch"), says: `Content-Encoding "sdch"`},
	{does: "elements are nested 30,000 deep", pages: map[string]string{"/jobs": strings.Repeat("<div>", 30_000) + oneJob, "/1": job1}, says: "open stack of elements exceeds 512 nodes"},
	{does: "JSON-LD is nested 100,000 deep", yaml: hostileJSONLD, pages: map[string]string{"/jobs": oneJob, "/1": `<script type="application/ld+json">` + strings.Repeat("[", 100_000) + `</script>`}, rejected: "unreadable", says: "some pages of postings say nothing"},
	{does: "a sitemap's entities double thirty times", yaml: hostileSitemap, pages: map[string]string{"/sitemap.xml": laughs}, rejected: "gone", says: "complete"},
	{does: "a feed includes a file of the machine that reads it", yaml: hostileFeed, pages: map[string]string{"/feed.xml": `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>`}, read: 1, says: "complete"},
	{does: "a title is 250 kB long", pages: map[string]string{"/jobs": oneJob, "/1": "<h1>" + strings.Repeat("A", 250_000)}, read: 1, says: "complete"},

	// addresses
	{does: "a page redirects to itself", pages: map[string]string{"/jobs": oneJob}, serve: redirect("/1", "/1"), rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "a page redirects to where clouds keep their keys", pages: map[string]string{"/jobs": oneJob}, serve: redirect("/1", "http://169.254.169.254/latest/meta-data/"), rejected: "fetch_failed", says: "169.254.169.254 is a private address"},
	{does: "a page redirects to a file", pages: map[string]string{"/jobs": oneJob}, serve: redirect("/1", "file:///etc/passwd"), rejected: "fetch_failed", says: "redirects to file:///etc/passwd, which is not on the web"},
	{does: "a link leads into the network of the machine", pages: map[string]string{"/jobs": `<li><a href="http://10.0.0.1/1">One</a>`}, rejected: "fetch_failed", says: "10.0.0.1 is a private address"},
	{does: "a link leads to this machine by a name that was not allowed", pages: map[string]string{"/jobs": `<li><a href="http://localhost:BOARDPORT/1">One</a>`, "/1": job1}, rejected: "fetch_failed", says: "localhost is a private address"},
	{does: "links lead to scripts, mail and data", pages: map[string]string{"/jobs": `<li><a href="javascript:alert(1)">One</a><li><a href="mailto:a@b.c">Two</a><li><a href="data:text/html,x">Three</a><li><a href=/4>Four</a>`, "/4": job1}, read: 4, says: "complete"},
	{does: "the base of its links is another host", pages: map[string]string{"/jobs": `<base href="http://10.0.0.1/">` + oneJob, "/1": job1}, read: 1, says: "complete"},
	{does: "a sitemap names pages of another host", yaml: hostileSitemap, pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>http://10.0.0.1/1</loc></url><url><loc>/2</loc></url></urlset>`, "/2": job2}, read: 1, says: "1 address on other hosts left out"},

	// traps
	{does: "there is always a next list page", serve: func(http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/jobs") {
				fmt.Fprintf(w, `<li><a href="/job%s">One</a><a class=next href="%s1">next</a>`, r.URL.Path, r.URL.Path)
				return
			}
			fmt.Fprint(w, strings.Replace(job1, "One", r.URL.Path, 1))
		}
	}, read: 20, says: "stopped after 20 list pages, as pages says"},
	{does: "the next list page is the same", pages: map[string]string{"/jobs": oneJob + `<a class=next href=/jobs>next</a>`, "/1": job1}, read: 1, says: "which was read already"},
	{does: "every list page shows the same posting", pages: map[string]string{"/jobs": oneJob + `<a class=next href=/b>next</a>`, "/b": oneJob + `<a class=next href=/c>next</a>`, "/c": oneJob, "/1": job1}, read: 1, says: "complete"},
	{does: "a list page links to one posting 5,000 times", pages: map[string]string{"/jobs": strings.Repeat(oneJob, 5000), "/1": job1}, read: 1, says: "complete"},
	{does: "a script leads to the next list page", pages: map[string]string{"/jobs": oneJob + `<a class=next href="javascript:go(2)">next</a>`, "/1": job1}, read: 1, says: "a script leads to the next list page"},
	{does: "links of a list differ in what others use to track visitors", pages: map[string]string{"/jobs": `<li><a href="/view?ref=A1">A</a><li><a href="/view?ref=A2">B</a><li><a href="/view?ref=A3">C</a>`, "/view": "<p>Text"}, read: 3, says: "complete"},
	{does: "a feed gives two postings one id", yaml: hostileFeed, pages: map[string]string{"/feed.xml": `<rss version="2.0"><channel><item><guid>1</guid><title>A</title><link>/1</link></item><item><guid>1</guid><title>B</title><link>/2</link></item></channel></rss>`}, read: 2, says: "1 posting with the id of another one"},
	{does: "a page marks up three postings", yaml: hostileJSONLD, pages: map[string]string{"/jobs": oneJob, "/1": `<script type="application/ld+json">[{"@type":"JobPosting","title":"A","identifier":"1"},{"@type":"JobPosting","title":"B","identifier":"2"},{"@type":"JobPosting","title":"C","identifier":"3"}]</script>`}, read: 3, says: "complete"},
	{does: "a sitemap index names itself", yaml: hostileSitemap, pages: map[string]string{"/sitemap.xml": `<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>`}, says: "no address in"},
	{does: "an API's every page is the same", yaml: hostilePaged, pages: map[string]string{"/v1/companies/a/postings": `{"totalFound": 500, "content": [` + strings.TrimSuffix(strings.Repeat(`{"id":"1","name":"Clerk"},`, 100), ",") + `]}`, "/v1/companies/a/postings/1": `{"id":"1"}`}, read: 1, says: "brought nothing new"},
	{does: "an API says that it has more postings than it gives", yaml: hostilePaged, pages: map[string]string{"/v1/companies/a/postings": `{"totalFound": 50, "content": [{"id":"1","name":"Clerk"}]}`, "/v1/companies/a/postings/1": `{"id":"1"}`}, read: 1, says: "the board says it has 50 postings, 1 was seen"},
	{does: "an API answers a web page", yaml: hostileBoard, pages: map[string]string{"/api/offers/": "<h1>Under maintenance</h1>"}, says: "the answer is not the JSON that this platform gives"},

	// politeness
	{
		does:  "robots.txt has a delay between two agents, and then forbids all",
		pages: map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: 1\nUser-agent: other\nDisallow: /", "/jobs": oneJob},
		says:  "robots.txt does not allow",
	},
	{
		does:  "robots.txt asks for 1e300 s between requests",
		pages: map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: 1e300", "/jobs": oneJob},
		says:  "wants 8760h0m0s between requests",
	},
	{
		does:  "robots.txt asks for an infinite time between requests",
		pages: map[string]string{"/robots.txt": "User-agent: *\nCrawl-delay: inf", "/jobs": oneJob},
		says:  "wants 8760h0m0s between requests",
	},
	{
		does:  "robots.txt is a web page",
		pages: map[string]string{"/robots.txt": "<html><p>Disallow: nothing</html>", "/jobs": oneJob, "/1": job1},
		read:  1, says: "complete",
	},
	{
		does:  "robots.txt redirects to a file",
		pages: map[string]string{"/jobs": oneJob, "/1": job1},
		serve: redirect("/robots.txt", "file:///etc/passwd"),
		read:  1, says: "complete",
	},
	{
		does:     "a posting is answered 503, with three hundred years to wait",
		pages:    map[string]string{"/jobs": twoJobs, "/2": job2},
		serve:    at("/1", retryAfter(http.StatusServiceUnavailable, "10000000000")),
		rejected: "fetch_failed", says: "asks to be left alone for 8760h0m0s (Retry-After)",
	},
	{
		does:  "the first request is answered 503, with a negative time to wait",
		pages: map[string]string{"/jobs": oneJob, "/1": job1},
		serve: first("/jobs", retryAfter(http.StatusServiceUnavailable, "-10")),
		read:  1, says: "complete",
	},
	{
		does:  "the answer is compressed a thousand times over",
		pages: map[string]string{"/jobs": oneJob},
		serve: header("/jobs", "Content-Encoding", strings.Repeat("gzip,", 1000)),
		says:  "compressed more than 3 times over",
	},
	{
		does:  "each page sets fifty cookies of 4 kB",
		pages: map[string]string{},
		serve: cookies, read: 8, says: "complete",
	},

	// sitemaps
	{
		does: "a sitemap names the images of its pages", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<urlset xmlns:i="urn:image"><url><loc>/1</loc><i:image><i:loc>/a.png</i:loc></i:image></url></urlset>`, "/1": job1},
		read:  1, says: "complete",
	},
	{
		does: "a sitemap is cut off", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>/1</loc></url><url><loc>/2`, "/1": job1},
		read:  1, says: "some sitemaps could not be read",
	},
	{
		does: "a sitemap has one < too many in the middle", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>/1</loc></url><url><loc>/a<b</loc></url><url><loc>/2</loc></url></urlset>`, "/1": job1, "/2": job2},
		read:  2, says: "some sitemaps could not be read",
	},
	{
		does: "a sitemap breaks 10,000 times", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>/1</loc></url>` + strings.Repeat("<url></x><!-- ", 10_000), "/1": job1},
		read:  1, says: "some sitemaps could not be read",
	},
	{
		does: "a sitemap's elements are nested 30,000 deep", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>/1</loc></url>` + strings.Repeat("<x>", 30_000), "/1": job1},
		read:  1, says: "some sitemaps could not be read",
	},
	{
		does: "a sitemap is a text", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": "http://127.0.0.1:BOARDPORT/1\r\nhttp://127.0.0.1:BOARDPORT/2", "/1": job1, "/2": job2},
		read:  2, says: "complete",
	},
	{
		does: "a sitemap is a feed", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": `<rss version="2.0"><channel><item><link>/1</link></item></channel></rss>`, "/1": job1},
		read:  1, says: "complete",
	},
	{
		does: "a sitemap is a gzip file with a comment after it", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": packed(`<urlset><url><loc>/1</loc></url></urlset>`) + "<!-- 0.5 s -->", "/1": job1},
		read:  1, says: "complete",
	},
	{
		does: "each sitemap is an index that names two others", yaml: hostileSitemap,
		serve: doubling, read: 1, says: "indexes lead to indexes more than 5 deep",
	},

	// texts
	{does: "a posting has no title", pages: map[string]string{"/jobs": `<li><a href=/1></a>` + `<li><a href=/2>Two</a>`, "/1": "<p>Text", "/2": job2}, read: 1, rejected: "no_title", says: "a posting without a title"},
	{does: "texts hold commands for terminals and invalid bytes", pages: map[string]string{"/jobs": oneJob, "/1": "<h1>One\x1b[2J\x00\xff</h1>"}, read: 1, says: "complete"},
	{does: "the page says that it is UTF-8, and is windows-1252", pages: map[string]string{"/jobs": oneJob, "/1": "<meta charset=utf-8><h1>Caf\xe9</h1>"}, read: 1, says: "complete"},
}
