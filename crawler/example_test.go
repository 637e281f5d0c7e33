package crawler

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jobsieve/config"
)

// exampleSites are sites of ours in the forms that the disabled sources of
// sources.example.yaml read, by their path and query.
var exampleSites = map[string]map[string]string{
	"acme-avature": {
		"/careers/SearchJobs/": `<article class="article article--result"><h3><a class="link" href="/careers/JobDetail/Caller/7">Caller</a></h3>
			<span class="list-item-location">Pune, India</span></article>
			<a class="pagination__item paginationNextLink" href="/careers/SearchJobs/?jobOffset=6">Next</a>`,
		"/careers/SearchJobs/?jobOffset=6": `<article class="article article--result"><h3><a class="link" href="/careers/JobDetail/Clerk/8">Clerk</a></h3></article>`,
		"/careers/JobDetail/Caller/7":      `<h1>Caller</h1><article class="article article--details">Answer calls.</article>`,
		"/careers/JobDetail/Clerk/8":       `<h1>Clerk</h1><article class="article article--details">Answer calls.</article>`,
	},
	"acme-jobvite": {
		"/acme/jobs": `<table class="jv-job-list"><tr><th>Title</th></tr>
			<tr><td class="jv-job-list-name"><a href="/acme/job/o7Xyz">Caller</a></td><td class="jv-job-list-location">Pune, India</td></tr></table>`,
		"/acme/job/o7Xyz": `<h2>Caller</h2><div class="jv-job-detail-description"><h3>Description</h3>Answer calls.</div>`,
	},
	"acme-freshteam": {
		"/jobs": `<a href="/jobs/a-B_9/caller" class="heading" data-portal-title="caller" data-portal-location="Pune, India">
			<div class="job-title">Caller</div><div class="job-desc">Short</div></a><a href="/jobs">All jobs</a>`,
		"/jobs/a-B_9/caller": `<script type="application/ld+json">{"@type": "JobPosting", "title": "Caller", "description": "Answer calls.",
			"datePosted": "2026-07-24 10:33:44 UTC"}</script>`,
	},
	"acme-icims-site": {
		"/api/jobs?page=1&limit=100": `{"totalCount": 1, "jobs": [{"data": {"slug": "8214", "title": "Caller", "full_location": "Pune, Maharashtra, India",
			"description": "<p>Answer calls.</p>", "responsibilities": "", "hiring_organization": "Acme", "posted_date": "2026-11-02T00:00:00+0000"}}]}`,
	},
	"acme-taleo": {
		"/phg02/ats/servlet/Rss?org=ACME&cws=38": `<rss version="2.0" xmlns:taleo="urn:x"><channel><title>Acme Job Feed</title><item>
			<title>Caller</title><link>http://BOARD/phg02/ats/careers/requisition.jsp?org=ACME&amp;cws=38&amp;rid=7</link>
			<description>Answer calls.</description><taleo:location>Pune, India</taleo:location></item></channel></rss>`,
	},
	"timesjobs-bpo": {
		"/search/api/v1/search/jobs/list 1": `{"totalPages": 1.0, "jobs": [{"jobId": 7, "title": "Caller", "company": "Acme", "location": "Pune, India",
			"description": "Answer calls.", "postDate": "2026-11-02", "expiryDate": "2099-12-31", "lowSalary": -1, "jobDetailUrl": "http://BOARD/job/7"}]}`,
		"/search/api/v1/search/jobs/list 2": `{"totalPages": 1.0, "jobs": []}`,
	},
	"shine-bpo": {
		"/job-search/bpo-jobs?sort=1": `<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {"initialState": {"jsrp": {"searchresult": {"data":
			{"count": 1, "results": [{"id": 7, "jJT": "Caller", "jCName": "Acme", "jLoc": ["Pune", "India"], "jJD": "<p>Answer calls.</p>", "jSal": "Rs 2.0 - 3 Lakh/Yr"}]}}}}}}}</script>`,
	},
	"instahyre": {
		"/sitemap.xml":      `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://BOARD/sitemap-jobs.xml</loc></sitemap></sitemapindex>`,
		"/sitemap-jobs.xml": `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://BOARD/job-7-caller-at-acme-pune/</loc></url><url><loc>http://BOARD/bpo-jobs/</loc></url></urlset>`,
		"/job-7-caller-at-acme-pune/": `<script type="application/ld+json">{"@type": "JobPosting", "title": "Customer care executive", "description": "Answer calls.",
			"jobLocation": [{"address": {"addressLocality": "Pune", "addressCountry": "IN"}}], "hiringOrganization": {"name": "Acme"}}</script>`,
	},
}

// exampleSite serves pages by path and query, and by the number of the page that a body
// asks for.
func exampleSite(pages map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := r.URL.RequestURI()
		if r.Method == http.MethodPost {
			body, _ := io.ReadAll(r.Body)
			_, page, _ := strings.Cut(string(body), `"page": "`)
			at += " " + page[:1]
		}
		body, ok := pages[at]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, strings.ReplaceAll(body, "BOARD", r.Host))
	})
}

// TestExampleSources reads sites of ours by the disabled sources of sources.example.yaml:
// each reads what it is for, to its end.
func TestExampleSources(t *testing.T) {
	c, err := config.Load("../sources.example.yaml", config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for i := range c.Sources {
		src := &c.Sources[i]
		pages, ok := exampleSites[src.Name]
		if !ok {
			if src.Disabled && src.Kind != config.KindATS {
				t.Errorf("%s: no site of ours has its form", src.Name)
			}
			continue
		}
		read++
		u, err := url.Parse(src.URL)
		if err != nil {
			t.Fatal(err)
		}
		u.Scheme, u.Host = "http", serve(t, exampleSite(pages))
		src.URL, src.Fetch.Delay, src.Fetch.Private = u.String(), 1, []string{"127.0.0.1"}
		g := &gather{}
		r := crawlTest(t, src, g)
		if len(g.postings) == 0 || !r.Complete || len(g.rejected) > 0 {
			t.Errorf("%s: %d postings, rejected %v, receipt %+v", src.Name, len(g.postings), g.rejected, r)
			continue
		}
		if p := g.postings[0]; p.Title == "" || !strings.Contains(p.Description, "Answer calls.") || !strings.Contains(p.Location, "Pune") {
			t.Errorf("%s: %+v", src.Name, p)
		}
	}
	if read != len(exampleSites) {
		t.Errorf("%d of %d sites were read", read, len(exampleSites))
	}
}
