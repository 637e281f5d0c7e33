package extract

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
)

func TestHTMLText(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain text", "plain text"},
		{"AT&amp;T", "AT&T"},
		{"<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"},
		{"<ul><li>First</li><li>Second</li></ul>", "- First\n- Second"},
		{"<b>Bo</b>ld <i>and</i> more", "Bold and more"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"x<script>alert(1)</script>y<style>z</style>", "xy"},
		{"  spaces \n\t fold  ", "spaces \n\t fold"},
		{"<p>  spaces \n\t fold  </p>", "spaces fold"},
		{"कॉल<br/>सेंटर", "कॉल\nसेंटर"},
	}
	for _, tt := range tests {
		if got := HTMLText(tt.in); got != tt.want {
			t.Errorf("HTMLText(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func page(t *testing.T, body string) *Page {
	t.Helper()
	p, err := NewPage(&url.URL{Scheme: "https", Host: "jobs.example.org", Path: "/a/b"}, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func TestJobPostings(t *testing.T) {
	const plain = `{"@context":"https://schema.org","@type":"JobPosting","title":"Clerk &amp; typist","identifier":{"@type":"PropertyValue","value":"7"},
		"hiringOrganization":{"name":"Acme"},"description":"<p>One</p><ul><li>Two</li></ul>","datePosted":"2026-01-02","url":"/jobs/7","totalJobOpenings":3,
		"jobLocation":[{"address":{"addressLocality":["Pune","Thane"],"addressRegion":"MH","addressCountry":{"name":"IN"}}}],"jobLocationType":"TELECOMMUTE",
		"experienceRequirements":{"monthsOfExperience":24},"skills":["Excel","Typing"],"baseSalary":{"currency":"INR","value":{"value":15000}}}`
	want := job.Posting{
		ID: "7", URL: "https://jobs.example.org/jobs/7", Title: "Clerk & typist", Company: "Acme", Location: "Remote | Pune, Thane, MH, IN", Experience: "24 months",
		Salary: `{"currency":"INR","value":{"value":15000}}`, Skills: "Excel, Typing", Description: "One\n- Two", Posted: "2026-01-02", Openings: "3",
	}
	for name, body := range map[string]string{
		"alone": ld(plain), "in a graph": ld(`{"@graph":[{"@type":"Organization"},` + plain + `]}`), "in a list": ld("[" + plain + "]"),
		"a full type": ld(strings.Replace(plain, `"JobPosting"`, `["http://schema.org/JobPosting"]`, 1)), "beside a broken block": ld("{") + ld(plain),
		"in an item list": ld(`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":` + plain + `}]}`),
	} {
		got, err := page(t, body).JobPostings()
		if len(got) != 1 || (err != nil) != (name == "beside a broken block") {
			t.Errorf("%s: %d postings: %v", name, len(got), err)
			continue
		}
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatElseAJobPostingSays(t *testing.T) {
	got, err := page(t, ld(`{"@type":"JobPosting","title":"Clerk","description":"<p>Answer calls. Night shift.</p>","workHours":"Night shift","qualifications":["Typing","Excel"],
		"educationRequirements":{"@type":"EducationalOccupationalCredential","credentialCategory":"bachelor degree"},"employmentType":["FULL_TIME"],"validThrough":"2026-12-31","directApply":true}`)).JobPostings()
	want := job.Posting{Title: "Clerk", Description: "Answer calls. Night shift.\nQualifications: Typing, Excel\nEducation: bachelor degree", Extra: []job.Member{
		{Key: "employmentType", Value: []byte(`["FULL_TIME"]`)}, {Key: "validThrough", Value: []byte(`"2026-12-31"`)}, {Key: "directApply", Value: []byte("true")},
	}}
	if err != nil || len(got) != 1 {
		t.Fatal(len(got), err)
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	later := want
	later.Extra = []job.Member{want.Extra[0], {Key: "validThrough", Value: []byte(`"2027-01-31"`)}, want.Extra[2]}
	if string(later.Hash(false)) != string(want.Hash(false)) {
		t.Error("a later validThrough makes another version")
	}
}

func TestNoIndex(t *testing.T) {
	for body, want := range map[string]bool{
		`<meta name="robots" content="noindex,follow">`: true, `<meta name="ROBOTS" content="None">`: true, `<meta name="jobsieve" content="noindex">`: true,
		`<meta name="robots" content="index">`: false, `<meta name="googlebot" content="noindex">`: false, ``: false,
	} {
		if got := page(t, body).NoIndex(); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func TestSitemap(t *testing.T) {
	at := &url.URL{Scheme: "https", Host: "jobs.example.org", Path: "/sitemap.xml"}
	f, err := Sitemap(at, []byte(`<urlset xmlns="x"><url><loc> https://jobs.example.org/1 </loc><lastmod>2026-01-02</lastmod></url><url><loc>https://evil.example/2</loc></url><url><loc>javascript:alert(1)</loc></url></urlset>`))
	if diff := cmp.Diff(SitemapFile{Pages: []SitemapEntry{{"https://jobs.example.org/1", "2026-01-02"}}, Foreign: 1}, f); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	f, err = Sitemap(at, []byte(`<sitemapindex><sitemap><loc>https://jobs.example.org/s1.xml</loc></sitemap></sitemapindex>`))
	if len(f.Sitemaps) != 1 || err != nil {
		t.Errorf("%+v %v", f, err)
	}
}

func TestFeed(t *testing.T) {
	at := &url.URL{Scheme: "https", Host: "jobs.example.org"}
	got, err := Feed(at, []byte(`<rss version="2.0" xmlns:j="http://x"><channel><item><guid>7</guid><title>Clerk</title><link>/7</link><j:company>Acme</j:company><pubDate>Mon, 02 Feb 2026 10:00:00 IST</pubDate><description>&lt;p&gt;One&lt;/p&gt;</description></item></channel></rss>`))
	if err != nil || len(got) != 1 {
		t.Fatalf("%d postings: %v", len(got), err)
	}
	want := job.Posting{ID: "7", URL: "https://jobs.example.org/7", Title: "Clerk", Company: "Acme", Description: "One", Posted: "Mon, 02 Feb 2026 10:00:00 IST"}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	if _, err := Feed(at, []byte("<html>")); err == nil || !strings.Contains(err.Error(), "is not a feed") {
		t.Errorf("got %v", err)
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(ld(`{"@type":"JobPosting","title":1,"jobLocation":[[]],"baseSalary":[]}`)))
	f.Add([]byte(`<meta name=robots content=noindex><base href="//x">`))
	f.Add([]byte(`<div id=a itemscope itemtype="https://schema.org/JobPosting" itemref="a b"><b itemprop=title>x</b></div><i id=b itemprop=url>y</i>`))
	f.Add([]byte(`<div typeof="s:JobPosting"><b property="s:title">x</b><p rel="s:jobLocation" typeof="s:Place"><b property="s:name">y</b></div>`))
	f.Add([]byte(ld(`[{"@id":"#a","name":{"@id":"#a"}},{"@type":"JobPosting","Title":1e999,"hiringOrganization":{"@id":"#a"}}]`)))
	f.Add([]byte(`<script>d = {a: 'b', "c": [1,]}; e = 1</script><li class=job data-id=1><h2><a href=/jobs/1>A</a></h2><p class=city>B</p><li class=job data-id=2><h2><a href=/jobs/2>C</a></h2><p class=city>D</p>`))
	at := &url.URL{Scheme: "https", Host: "jobs.example.org"}
	f.Fuzz(func(_ *testing.T, body []byte) {
		p, err := NewPage(at, body)
		if err != nil {
			return
		}
		_, _ = p.JobPostings()
		p.NoIndex()
		p.Wall()
		p.GuessList()
		p.GuessState()
		p.State("d")
	})
}

func FuzzFeeds(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><title>x</title></item></channel></rss>`))
	f.Add([]byte(`<urlset><url><loc>http://x/1</loc></url></urlset>`))
	f.Add([]byte(`<rss><item><title>a <b c &x; <![CDATA[</title></item><item a><link/><guid>http://x/1</guid></item>`))
	f.Add([]byte(`<jobs><job><locations><location><city>x</city></location></locations><salary><min>1</min></salary></job>`))
	f.Add([]byte(`{"version":"jsonfeed","items":[{"id":1,"tags":["a"]},{"title":"b"`))
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1252"?><urlset><url><loc>http://x/1</loc></url></urlset>`))
	at := &url.URL{Scheme: "https", Host: "jobs.example.org"}
	f.Fuzz(func(_ *testing.T, body []byte) {
		_, _ = Feed(at, body)
		_, _ = Sitemap(at, body)
	})
}

// TestLinks wants the addresses that a page names: in elements, and in its own scripts.
func TestLinks(t *testing.T) {
	at, _ := url.Parse("https://example.org/careers")
	p, err := NewPage(at, []byte(`<a href="/jobs">Jobs</a><a href="https://a.example/1">One</a><script src="/app.js"></script>
		<script>embed({site: "https://b.example", also: 'https://a.example/1', more: "see https://d.example"})</script>
		<script type="application/json">{"at": "https://e.example"}</script>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"https://example.org/app.js", "https://example.org/jobs", "https://a.example/1"}
	if diff := cmp.Diff(want, p.Links()); diff != "" {
		t.Error(diff)
	}
	want = []string{"https://b.example", "https://a.example/1", "https://d.example", "https://e.example"}
	if diff := cmp.Diff(want, p.ScriptLinks()); diff != "" {
		t.Errorf("in scripts: %s", diff)
	}
}
