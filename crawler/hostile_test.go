package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
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

var hostiles = []hostile{
	// robots.txt
	{does: "robots.txt forbids the list", pages: map[string]string{"/robots.txt": "User-agent: *\nDisallow: /", "/jobs": oneJob, "/1": job1}, says: "robots.txt does not allow"},
	{does: "robots.txt forbids one posting", pages: map[string]string{"/robots.txt": "User-agent: jobsieve\nDisallow: /1", "/jobs": twoJobs, "/1": job1, "/2": job2}, read: 1, rejected: "robots", says: "complete"},
	{does: "robots.txt forbids what a page redirects to", pages: map[string]string{"/robots.txt": "User-agent: *\nDisallow: /2", "/jobs": oneJob, "/2": job2}, serve: redirect("/1", "/2"), rejected: "robots", says: "complete"},
	{does: "robots.txt is answered 500", pages: map[string]string{"/robots.txt": "500 ", "/jobs": oneJob, "/1": job1}, says: "robots.txt could not be had"},
	{does: "robots.txt is answered 429", pages: map[string]string{"/robots.txt": "429 ", "/jobs": oneJob, "/1": job1}, says: "robots.txt could not be had"},
	{does: "robots.txt is answered 403, which is the site's way to say that it has none", pages: map[string]string{"/robots.txt": "403 ", "/jobs": oneJob, "/1": job1}, read: 1, says: "complete"},
	{does: "the connection breaks at robots.txt", pages: map[string]string{"/jobs": oneJob, "/1": job1}, serve: at("/robots.txt", hangUp), says: "robots.txt could not be had"},
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
	{does: "a captcha stands where the list was", pages: map[string]string{"/jobs": `<form><div class="g-recaptcha"></div></form>`}, says: "it shows a captcha, which is not for programs"},
	{does: "a challenge of a content network stands there", pages: map[string]string{"/jobs": `<title>Just a moment...</title><p>Checking your browser`}, says: "it shows a captcha"},
	{does: "a login form stands there", pages: map[string]string{"/jobs": `<form><input name=u><input type=password></form>`}, says: "it shows a login form, which is not for programs"},
	{does: "the list is a shell that a script fills", pages: map[string]string{"/jobs": `<div id=root></div><script src=/app.js></script>`}, says: "it shows nothing without running its scripts"},
	{does: "a captcha stands where a posting was", pages: map[string]string{"/jobs": twoJobs, "/1": `<div class="h-captcha"></div>`, "/2": job2}, rejected: "fetch_failed", says: "/1: it shows a captcha"},
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
	{does: "the answer is no HTTP", pages: map[string]string{"/jobs": oneJob}, serve: at("/1", garbage), rejected: "fetch_failed", says: "some pages could not be fetched"},
	{does: "the answer never begins", slow: true, pages: map[string]string{}, serve: at("/jobs", silent), says: "no whole answer within 500ms"},
	{does: "the answer comes a byte at a time", slow: true, pages: map[string]string{}, serve: at("/jobs", drip), says: "no whole answer within 500ms"},
	{does: "the answer never ends", pages: map[string]string{}, serve: at("/jobs", endless), says: "the page is larger than max_bytes"},
	{does: "the headers never end", pages: map[string]string{}, serve: at("/jobs", headers), says: "server response headers exceeded"},
	{does: "the answer says that nothing has changed, though it was not asked", pages: map[string]string{"/jobs": twoJobs, "/1": "304 ", "/2": job2}, read: 1, rejected: "fetch_failed", says: "some pages could not be fetched"},
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
	{does: "the compression is none that was offered", pages: map[string]string{"/jobs": oneJob}, serve: header("/jobs", "Content-Encoding", "sdch"), says: `Content-Encoding "sdch"`},
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
	{does: "a sitemap names pages of another host", yaml: hostileSitemap, pages: map[string]string{"/sitemap.xml": `<urlset><url><loc>http://10.0.0.1/1</loc></url><url><loc>/2</loc></url></urlset>`, "/2": job2}, read: 1, says: "1 addresses on other hosts are left out"},

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
	{does: "links of a list differ in what others use to follow visitors", pages: map[string]string{"/jobs": `<li><a href="/view?ref=A1">A</a><li><a href="/view?ref=A2">B</a><li><a href="/view?ref=A3">C</a>`, "/view": "<p>Text"}, read: 3, says: "complete"},
	{does: "a feed gives two postings one id", yaml: hostileFeed, pages: map[string]string{"/feed.xml": `<rss version="2.0"><channel><item><guid>1</guid><title>A</title><link>/1</link></item><item><guid>1</guid><title>B</title><link>/2</link></item></channel></rss>`}, read: 2, says: "1 postings have the id of another one"},
	{does: "a page marks up three postings", yaml: hostileJSONLD, pages: map[string]string{"/jobs": oneJob, "/1": `<script type="application/ld+json">[{"@type":"JobPosting","title":"A","identifier":"1"},{"@type":"JobPosting","title":"B","identifier":"2"},{"@type":"JobPosting","title":"C","identifier":"3"}]</script>`}, read: 3, says: "complete"},
	{does: "a sitemap index names itself", yaml: hostileSitemap, pages: map[string]string{"/sitemap.xml": `<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>`}, says: "no address in"},
	{does: "an API's every page is the same", yaml: hostilePaged, pages: map[string]string{"/v1/companies/a/postings": `{"totalFound": 500, "content": [` + strings.TrimSuffix(strings.Repeat(`{"id":"1","name":"Clerk"},`, 100), ",") + `]}`, "/v1/companies/a/postings/1": `{"id":"1"}`}, read: 1, says: "brought nothing new"},
	{does: "an API says that it has more postings than it gives", yaml: hostilePaged, pages: map[string]string{"/v1/companies/a/postings": `{"totalFound": 50, "content": [{"id":"1","name":"Clerk"}]}`, "/v1/companies/a/postings/1": `{"id":"1"}`}, read: 1, says: "the board says it has 50 postings, 1 were seen"},
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
		does:  "the first request is answered 503, with less than no time to wait",
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
		does: "a sitemap has a < too many in its middle", yaml: hostileSitemap,
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
		does: "a sitemap is a gzip file with a comment behind it", yaml: hostileSitemap,
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

// TestHostileSites crawls sites that do what sites should not, one after the
// other, and wants of each what must become of it; and that all of them together
// take no more than 150 MB. docs/hostile-sites.md is written from what happened.
func TestHostileSites(t *testing.T) {
	stop, peak := watchMemory()
	table := "# Hostile sites\n\nWritten by the tests of package `crawler`, which crawl each of these sites over loopback: what it does, what the crawler did, and the receipt's word for it. Bodies were read up to 300 kB, and where an answer never begins or comes a byte at a time it was waited for half a second.\n\n| | the site | the crawler | the receipt |\n|---|---|---|---|\n"
	for i := range hostiles {
		h := &hostiles[i]
		g := &gather{}
		handler := site(h.pages)
		if h.serve != nil {
			handler = h.serve(handler)
		}
		host := serve(t, handler)
		_, port, _ := net.SplitHostPort(host)
		for path, body := range h.pages {
			h.pages[path] = strings.ReplaceAll(body, "BOARDPORT", port)
		}
		yaml := h.yaml
		if yaml == "" {
			yaml = hostileHTML
		}
		if h.slow {
			yaml = strings.Replace(yaml, "timeout: 20s", "timeout: 500ms", 1)
		}
		r := crawlTest(t, source(t, yaml, host), g)
		said := "complete"
		if !r.Complete {
			said = r.Why
		}
		if !strings.Contains(said, h.says) && len(r.Problems) > 0 {
			said += "; " + r.Problems[0]
		}
		reasons := map[string]bool{}
		for _, what := range g.rejected {
			reason, _, _ := strings.Cut(what, " ")
			reasons[reason] = true
		}
		rejected := strings.Join(sortedKeys(reasons), ", ")
		if len(g.postings) != h.read || rejected != h.rejected || !strings.Contains(said, h.says) {
			t.Errorf("%d. %s: %d postings, rejected %q; %s\nwant %d, %q; %s", i+1, h.does, len(g.postings), rejected, said, h.read, h.rejected, h.says)
		}
		for _, p := range g.postings {
			if len(p.Title) > maxTestTitle || !utf8.ValidString(p.Title) || strings.Contains(p.Title, "root:") {
				t.Errorf("%d. %s: title of %d bytes: %.50q", i+1, h.does, len(p.Title), p.Title)
			}
		}
		table += fmt.Sprintf("| %d | %s | %s | %s |\n", i+1, h.does, did(len(g.postings), g.repeated, g.rejected, r.Waits > 0 && r.Waited > time.Second), strings.ReplaceAll(steady(said, host), "|", "\\|"))
	}
	stop()
	if rise := peak(); rise > 150<<20 {
		t.Errorf("memory rose by %d MB", rise>>20)
	} else {
		t.Logf("%d sites; memory rose by %d MB", len(hostiles), rise>>20)
	}
	const path = "../docs/hostile-sites.md"
	if *update {
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if diff := cmp.Diff(string(want), table); diff != "" || err != nil {
		t.Errorf("%s (-want +got), %v:\n%s", path, err, diff)
	}
}

// maxTestTitle is the longest title that is taken, in bytes.
const maxTestTitle = 200_000

// did tells what the crawler did.
func did(read, repeated int, rejected []string, waited bool) string {
	parts := []string{"read nothing"}
	switch {
	case read == 1:
		parts[0] = "read 1 posting"
	case read > 1:
		parts[0] = fmt.Sprintf("read %d postings", read)
	}
	counts := map[string]int{}
	for _, what := range rejected {
		reason, _, _ := strings.Cut(what, " ")
		counts[reason]++
	}
	for _, reason := range sortedKeys(counts) {
		parts = append(parts, fmt.Sprintf("rejected %d as `%s`", counts[reason], reason))
	}
	if repeated > 0 {
		parts = append(parts, fmt.Sprintf("met %d again", repeated))
	}
	if waited {
		parts = append(parts, "waited")
	}
	return strings.Join(parts, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var unsteady = regexp.MustCompile(`(127\.0\.0\.1|\[::1\]|localhost):\d+|\d\d:\d\d UTC`)

// steady takes out of a text what is another each time.
func steady(s, host string) string {
	s, _, _ = strings.Cut(strings.ReplaceAll(s, host, "HOST"), ": dial tcp")
	return unsteady.ReplaceAllString(s, "…")
}

// watchMemory watches how much memory the process has; peak gives by how much
// it rose.
func watchMemory() (stop func(), peak func() uint64) {
	read := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64() - s[1].Value.Uint64()
	}
	first := read()
	highest := first
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			highest = max(highest, read())
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-ended }, func() uint64 { return highest - first }
}

// What sites do.

func at(path string, h http.HandlerFunc) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == path {
				h(w, r)
				return
			}
			site.ServeHTTP(w, r)
		}
	}
}

// first does it the first time alone.
func first(path string, h http.HandlerFunc) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		done := false
		return at(path, func(w http.ResponseWriter, r *http.Request) {
			if !done {
				done = true
				h(w, r)
				return
			}
			site.ServeHTTP(w, r)
		})(site)
	}
}

func redirect(from, to string) func(http.Handler) http.HandlerFunc {
	return at(from, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	})
}

// allTo redirects every posting.
func allTo(to string) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if len(r.URL.Path) == len("/1") {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			site.ServeHTTP(w, r)
		}
	}
}

func header(path, name, value string) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		return at(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(name, value)
			site.ServeHTTP(w, r)
		})(site)
	}
}

func retryAfter(status int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(status)
	}
}

func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte("<"))
		_ = http.NewResponseController(w).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

func endless(w http.ResponseWriter, _ *http.Request) {
	filler := bytes.Repeat([]byte("# all work and no play\n"), 1000)
	for range 100_000 {
		if _, err := w.Write(filler); err != nil {
			return
		}
	}
}

func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100000")
	_, _ = io.WriteString(w, "<h1>On")
}

func raw(w http.ResponseWriter, write func(io.Writer)) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	write(conn)
	_ = conn.Close()
}

func garbage(w http.ResponseWriter, _ *http.Request) {
	raw(w, func(c io.Writer) { _, _ = io.WriteString(c, "\x00\x01\x02 what?\r\n\r\n") })
}

func headers(w http.ResponseWriter, _ *http.Request) {
	raw(w, func(c io.Writer) {
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for i := range 100_000 {
			if _, err := fmt.Fprintf(c, "X-%d: %s\r\n", i, strings.Repeat("x", 1000)); err != nil {
				return
			}
		}
	})
}

// bomb answers 100 MB of zeros, compressed.
func bomb(path, encoding string, packer func(io.Writer) io.WriteCloser) func(http.Handler) http.HandlerFunc {
	return func(site http.Handler) http.HandlerFunc {
		var packed bytes.Buffer
		zeros := make([]byte, 1<<20)
		z := packer(&packed)
		for range 100 {
			_, _ = z.Write(zeros)
		}
		_ = z.Close()
		return at(path, func(w http.ResponseWriter, _ *http.Request) {
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			_, _ = w.Write(packed.Bytes())
		})(site)
	}
}

// packed compresses a text with gzip.
func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}

// doubling serves sitemaps that each lead to a page and to two other sitemaps.
func doubling(http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
		case "/1":
			fmt.Fprint(w, job1)
		default:
			fmt.Fprintf(w, `<urlset><url><loc>/1</loc></url><sitemap><loc>%[1]sa</loc></sitemap><sitemap><loc>%[1]sb</loc></sitemap></urlset>`, r.URL.Path)
		}
	}
}

// cookies serves eight postings, and sets cookies on each page.
func cookies(http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := range 50 {
			w.Header().Add("Set-Cookie", fmt.Sprintf("c%d%s=%s; Path=/", i, strings.ReplaceAll(r.URL.Path, "/", "-"), strings.Repeat("x", 4000)))
		}
		switch r.URL.Path {
		case "/robots.txt":
		case "/jobs":
			fmt.Fprint(w, links(8))
		default:
			fmt.Fprint(w, "<h1>Job "+r.URL.Path+"</h1>")
		}
	}
}

func links(n int) (s string) {
	for i := range n {
		s += fmt.Sprintf("<li><a href=/%d>x</a>", i+1)
	}
	return s
}

var laughs = func() string {
	s := `<!DOCTYPE x [<!ENTITY l0 "ha">`
	for i := range 30 {
		s += fmt.Sprintf(`<!ENTITY l%d "&l%d;&l%d;">`, i+1, i, i)
	}
	return s + `]><urlset><url><loc>/&l30;</loc></url></urlset>`
}()
