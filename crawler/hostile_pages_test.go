package crawler

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// hostileMarkup reads the JobPosting of each page of a sitemap.
var hostileMarkup = strings.Replace(hostileSitemap, ", detail: {fields: {title: h1}}", "", 1)

// markup is a site of one page, which hostileMarkup reads.
func markup(body string) map[string]string {
	return map[string]string{"/sitemap.xml": urlset("/1"), "/1": body}
}

// closing is a list of two postings, of which the first is said to be closed.
func closing(page string) map[string]string {
	return map[string]string{"/jobs": twoJobs, "/1": page, "/2": job2}
}

// status answers a page with a status of its own.
func status(path string, code int) func(http.Handler) http.HandlerFunc {
	return at(path, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		if code != http.StatusNoContent {
			_, _ = io.WriteString(w, job1)
		}
	})
}

// twins are objects of JSON-LD that name each other twice, thirty times over.
func twins() string {
	var all strings.Builder
	for i := range 30 {
		fmt.Fprintf(&all, `{"@id":"#%d","a":{"@id":"#%d"},"b":{"@id":"#%[2]d"}},`, i, i+1)
	}
	return fmt.Sprintf(ldOf, `[`+all.String()+`{"@type":"JobPosting","title":"Clerk","x":{"@id":"#0"}}]`)
}

// sitemapPaths are the paths of so many sitemaps.
func sitemapPaths(n int) (paths []string) {
	for i := range n {
		paths = append(paths, fmt.Sprintf("/sitemap-%d.xml", i))
	}
	return paths
}

const scopeOf = `<div itemscope itemtype="https://schema.org/JobPosting" `

var hostilePages = []hostile{
	// robots.txt
	{
		does: "robots.txt has a sitemap between two agents, and then forbids all",
		pages: map[string]string{
			"/robots.txt": "User-agent: *\nSitemap: https://h/s.xml\nUser-agent: other\nDisallow: /", "/jobs": oneJob,
		},
		says: "robots.txt does not allow",
	},
	{
		does:  "robots.txt forbids all to an agent that only begins with *",
		pages: map[string]string{"/robots.txt": "User-agent: *Press*\nDisallow: /", "/jobs": oneJob, "/1": job1},
		read:  1, says: "complete",
	},
	{
		does:  "robots.txt is misspelt",
		pages: map[string]string{"/robots.txt": "useragent: *\nDissallow: /jobs", "/jobs": oneJob},
		says:  "robots.txt does not allow",
	},
	{
		does:  "robots.txt ends its lines with carriage returns",
		pages: map[string]string{"/robots.txt": "User-agent: *\rDisallow: /jobs\r", "/jobs": oneJob},
		says:  "robots.txt does not allow",
	},
	{
		does: "robots.txt forbids the list after 400 kB of comments",
		pages: map[string]string{
			"/robots.txt": strings.Repeat("# filler\n", 45_000) + "User-agent: *\nDisallow: /jobs", "/jobs": oneJob,
		},
		says: "robots.txt does not allow",
	},
	{
		does:  "robots.txt redirects to a file that forbids the list",
		pages: map[string]string{"/r": "User-agent: *\nDisallow: /jobs", "/jobs": oneJob},
		serve: redirect("/robots.txt", "/r"), says: "robots.txt does not allow",
	},

	// compressed answers, and addresses
	{
		does:  "bytes follow the end of a compressed page",
		pages: map[string]string{"/jobs": packed(oneJob) + "<!-- 0.5 s -->", "/1": job1},
		serve: header("/jobs", "Content-Encoding", "gzip"), read: 1, says: "complete",
	},
	{
		does:  "a compressed page is cut off",
		pages: map[string]string{"/jobs": packed(oneJob)[:20]},
		serve: header("/jobs", "Content-Encoding", "gzip"), says: "decompress gzip",
	},
	{
		does:  "the compression is not the one that is named",
		pages: map[string]string{"/jobs": oneJob},
		serve: header("/jobs", "Content-Encoding", "zstd"), says: "decompress zstd",
	},
	{
		does:     "a link leads into the network of the machine, by an address of IPv6",
		pages:    map[string]string{"/jobs": `<li><a href="http://[::ffff:10.0.0.1]/1">One</a>`},
		rejected: "fetch_failed", says: "is a private address",
	},

	// gone postings
	{
		does:  "a posting leads to another one of the list",
		pages: map[string]string{"/jobs": twoJobs, "/2": job2},
		serve: redirect("/1", "/2"), read: 1, rejected: "gone", says: "complete",
	},
	{
		does:  "two postings lead to one page",
		pages: map[string]string{"/jobs": twoJobs, "/offers": "<h1>Our offers</h1>"},
		serve: allTo("/offers"), rejected: "gone", says: "complete",
	},
	{
		does:  "a posting leads to a search",
		pages: map[string]string{"/jobs": twoJobs, "/search": "<h1>3 jobs</h1>", "/2": job2},
		serve: redirect("/1", "/search?q=one"), read: 1, rejected: "gone", says: "complete",
	},
	{
		does:  "a posting leads to a login",
		pages: map[string]string{"/jobs": twoJobs, "/login": `<h1>Sign in</h1><input type=password>`, "/2": job2},
		serve: redirect("/1", "/login?next=/1"), read: 1, rejected: "gone", says: "complete",
	},
	{
		does:  "a posting leads to an address that says that it has expired",
		pages: map[string]string{"/jobs": twoJobs, "/job-expired": "<h1>Look at these</h1>", "/2": job2},
		serve: redirect("/1", "/job-expired"), read: 1, rejected: "gone", says: "complete",
	},
	{
		does:  "a posting has moved, and its new page is about it",
		pages: map[string]string{"/jobs": twoJobs, "/offer/one": job1, "/2": job2},
		serve: redirect("/1", "/offer/one"), read: 2, says: "complete",
	},
	{
		does:  "a posting's title says that it is closed",
		pages: closing("<h1>[CLOSED] One</h1><p>Text"), read: 1, rejected: "gone", says: "complete",
	},
	{
		does:  "a badge says that a posting is closed",
		pages: closing("<h1>One</h1><span class=badge>Closed</span><p>Text"), read: 1, rejected: "gone",
		says: "complete",
	},
	{
		does:  "a posting's page says so in Hinglish",
		pages: closing("<h1>One</h1><div class=msg>Yeh bharti band ho chuki hai</div><p>Text"), read: 1,
		rejected: "gone", says: "complete",
	},
	{
		does:  "a hidden element says so",
		pages: closing("<h1>One</h1><div hidden>This job has expired</div><p>Text"), read: 2, says: "complete",
	},
	{
		does:  "a badge of a similar job says so",
		pages: closing("<h1>One</h1><p>Text</p><div class=similar-jobs>Two <span class=badge>Closed</span></div>"),
		read:  2, says: "complete",
	},

	// pages that say nothing
	{
		does:  "a posting's page is empty",
		pages: closing(" "), read: 1, rejected: "fetch_failed", says: "some pages could not be fetched",
	},
	{
		does:  "a posting's page is answered 202",
		pages: closing(""),
		serve: status("/1", http.StatusAccepted), read: 1, rejected: "fetch_failed",
		says: "some pages could not be fetched",
	},
	{
		does:  "a posting's page is answered 204",
		pages: closing(""),
		serve: status("/1", http.StatusNoContent), read: 1, rejected: "fetch_failed",
		says: "some pages could not be fetched",
	},
	{
		does:  "a posting's page is a shell that a script fills",
		pages: closing("<div id=app></div><script src=/a.js></script>"), read: 1, rejected: "fetch_failed",
		says: "some pages of postings say nothing",
	},
	{
		does:  "a posting's page says that the site is under maintenance",
		pages: closing("<h1>Under maintenance</h1><p>Back soon."), read: 1, rejected: "fetch_failed",
		says: "some pages of postings say nothing",
	},
	{
		does:  "a posting's page is JSON",
		pages: closing(`{"error": "busy"}`), read: 1, rejected: "unreadable",
		says: "some pages of postings say nothing",
	},
	{
		does:  "a posting's page is a PDF",
		pages: closing("%PDF-1.7\n1 0 obj"), read: 1, rejected: "unreadable",
		says: "some pages of postings say nothing",
	},
	{
		does:  "the markup of one posting's page has changed",
		pages: closing("<div>One</div>"), read: 1, rejected: "unreadable",
		says: "some pages of postings say nothing",
	},

	// ids
	{
		does: "all postings of a list have one address", yaml: cardsHTML,
		pages: map[string]string{"/jobs": card("", "A", "/apply") + card("", "B", "/apply")}, read: 2,
		says: "1 posting with the id of another one",
	},
	{
		does: "a list gives an id twice, with another title", yaml: cardsHTML,
		pages: map[string]string{"/jobs": card("7", "A", "/jobs/123") + card("7", "B", "/jobs/123")}, read: 1,
		says: "under another title or link",
	},
	{
		does: "the pages of a list's postings are shown by a script", yaml: pagesHTML,
		pages: map[string]string{"/jobs": card("", "A", "/#/job/1") + card("", "B", "/#/job/2")}, read: 2,
		says: "shown by a script",
	},

	// markup
	{
		does: "two blocks of JSON-LD use one name for two places", yaml: hostileMarkup,
		pages: markup(fmt.Sprintf(ldOf+ldOf, `{"@id":"#at","name":"Goa"}`,
			`[{"@type":"JobPosting","title":"Clerk","jobLocation":{"@id":"#at"}},{"@id":"#at","name":"Surat"}]`)),
		read: 1, says: "complete",
	},
	{
		does: "a posting of JSON-LD names itself as its employer's parent", yaml: hostileMarkup,
		pages: markup(fmt.Sprintf(ldOf,
			`{"@id":"#a","@type":"JobPosting","title":"Clerk","hiringOrganization":{"name":"Acme","parent":{"@id":"#a"}}}`)),
		read: 1, says: "complete",
	},
	{
		does: "objects of JSON-LD name each other twice, thirty times over", yaml: hostileMarkup,
		pages: markup(twins()), read: 1, says: "complete",
	},
	{
		does: "JSON-LD has line breaks in its texts, and a comma too many", yaml: hostileMarkup,
		pages: markup(fmt.Sprintf(ldOf, `{"@type":"JobPosting","title":"Clerk","description":"Answer`+"\n"+`calls.",}`)),
		read:  1, says: "complete",
	},
	{
		does: "microdata refers to itself", yaml: hostileMarkup,
		pages: markup(`<div id=x>` + scopeOf + `itemref="x y"><b itemprop=title>Clerk</b></div></div>` +
			`<p id=y itemprop=hiringOrganization itemscope itemref="x y">`),
		read: 1, says: "complete",
	},
	{
		does: "a long text stands in four hundred properties of a posting", yaml: hostileMarkup,
		pages: markup(scopeOf + `><b itemprop=title>Clerk</b>` + strings.Repeat("<div itemprop=description>", 400) +
			strings.Repeat("work ", 5_000)),
		read: 1, says: "complete",
	},

	// sitemaps
	{
		does: "a sitemap index names 600 sitemaps", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": indexOf(sitemapPaths(600)...), "/1": job1},
		serve: emptySitemaps, read: 1, says: "stopped after 500 sitemaps",
	},
	{
		does: "sitemap indexes name each other", yaml: hostileSitemap,
		pages: map[string]string{
			"/sitemap.xml": indexOf("/a", "/b"), "/a": indexOf("/sitemap.xml", "/a", "/b"), "/b": urlset("/1"), "/1": job1,
		},
		read: 1, says: "complete",
	},
	{
		does: "a page is in two sitemaps", yaml: hostileSitemap,
		pages: map[string]string{
			"/sitemap.xml": indexOf("/a", "/b"), "/a": urlset("/1"), "/b": urlset("/1"), "/1": job1,
		},
		read: 1, says: "complete",
	},
	{
		does: "one sitemap of two is gone", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": indexOf("/a", "/b"), "/b": urlset("/1"), "/1": job1}, read: 1,
		says: "some sitemaps could not be fetched",
	},
	{
		does: "one sitemap of two is a web page", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": indexOf("/a", "/b"), "/a": "<html>", "/b": urlset("/1"), "/1": job1},
		read:  1, says: "some sitemaps could not be read",
	},
	{
		does: "one sitemap of two is answered 429", yaml: hostileSitemap,
		pages: map[string]string{"/sitemap.xml": indexOf("/a", "/b"), "/a": "429 ", "/b": urlset("/1"), "/1": job1},
		says:  "/a answered 429",
	},
	{
		does: "a sitemap is in UTF-16", yaml: hostileSitemap,
		pages: map[string]string{
			"/sitemap.xml": utf16Of(`<?xml version="1.0" encoding="UTF-16"?>` + urlset("/1")), "/1": job1,
		},
		read: 1, says: "complete",
	},
	{
		does: "a compressed sitemap is cut off", yaml: hostileSitemap,
		pages: map[string]string{
			"/sitemap.xml": packed("<urlset><url><loc>/1</loc></url>") + packed(urlset("/2"))[:12], "/1": job1,
		},
		read: 1, says: "some sitemaps could not be read",
	},
}

// emptySitemaps serves sitemaps that have nothing, but for the first of them.
func emptySitemaps(site http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/sitemap-0.xml":
			fmt.Fprint(w, urlset("/1"))
		case strings.HasPrefix(r.URL.Path, "/sitemap-"):
			fmt.Fprint(w, urlset())
		default:
			site.ServeHTTP(w, r)
		}
	}
}

// utf16Of writes a text of ASCII in UTF-16, with its mark.
func utf16Of(text string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, c := range []byte(text) {
		b.Write([]byte{c, 0})
	}
	return b.String()
}
