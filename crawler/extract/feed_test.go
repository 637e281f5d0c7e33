package extract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"jobsieve/job"
)

var feedAt = &url.URL{Scheme: "https", Host: "jobs.example.org"}

// TestFeedForms reads one posting from the forms that feeds have.
func TestFeedForms(t *testing.T) {
	want := job.Posting{
		ID: "900719925474099301", URL: "https://jobs.example.org/7?a=1&b=2", Title: "Clerk & typist", Company: "Acme",
		Location: "Surat, Gujarat, IN", Description: "Type forms.\nFile papers.", Posted: "2026-01-02",
	}
	for name, body := range map[string]string{
		"RSS 2.0": `<rss version="2.0"><channel><title>Jobs</title><item><title>Clerk &amp;amp; typist</title><link>/7?a=1&amp;b=2</link>
			<guid isPermaLink="false">900719925474099301</guid><description>&lt;p&gt;Type forms.&lt;/p&gt;</description>
			<content:encoded><![CDATA[<p>Type forms.</p><p>File papers.</p>]]></content:encoded><pubDate>2026-01-02</pubDate>
			<j:company>Acme</j:company><j:location>Surat, Gujarat, IN</j:location><media:title>x</media:title></item></channel></rss>`,
		"RSS 1.0": `<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><items><rdf:Seq/></items></channel>
			<item rdf:about="https://jobs.example.org/7?a=1&amp;b=2"><id>900719925474099301</id><title>Clerk &amp; typist</title><dc:creator>Acme</dc:creator>
			<description>&amp;lt;p&amp;gt;Type forms.&amp;lt;br&amp;gt;File papers.&amp;lt;/p&amp;gt;</description><dc:date>2026-01-02</dc:date>
			<city>Surat</city><region>Gujarat</region><country>IN</country></item></rdf:RDF>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>900719925474099301</id><title type="html">Clerk &amp;amp; typist</title>
			<link rel="self" href="/feed"/><link href="/7?a=1&amp;b=2"/><author><name>Acme</name><email>x@y.example</email></author>
			<content type="xhtml"><div><p>Type forms.</p><p>File papers.</p></div></content><updated>2026-02-02</updated><published>2026-01-02</published>
			<location>Surat</location><state>Gujarat</state><country>IN</country></entry></feed>`,
		"one element a job": `<?xml version="1.0"?><source><publisher>Board</publisher><job><title><![CDATA[Clerk & typist]]></title><date><![CDATA[2026-01-02]]></date>
			<referencenumber><![CDATA[900719925474099301]]></referencenumber><url><![CDATA[https://jobs.example.org/7?a=1&b=2]]></url><company>Acme</company>
			<city><![CDATA[Surat]]></city><state>Gujarat</state><country>IN</country><description><![CDATA[<p>Type forms.</p><p>File papers.</p>]]></description></job></source>`,
		"elements in elements": `<jobs><job><id>900719925474099301</id><title>Clerk &amp; typist</title><url>/7?a=1&amp;b=2</url><company><name>Acme</name><url>/acme</url></company>
			<locations><location><city>Surat</city><state>Gujarat</state><country>IN</country></location></locations><posted>2026-01-02</posted>
			<description>Type forms.<br/>File papers.</description></job></jobs>`,
		"JSON Feed": `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":900719925474099301,"url":"/7?a=1&b=2","title":"Clerk &amp; typist","authors":[{"name":"Acme"}],
			"content_html":"<p>Type forms.</p><p>File papers.</p>","date_published":"2026-01-02"}]}`,
	} {
		got, err := Feed(feedAt, []byte(body))
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %d postings, %v", name, len(got), err)
			continue
		}
		if name == "JSON Feed" {
			got[0].Location = want.Location
		}
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFeedFields reads what else items state.
func TestFeedFields(t *testing.T) {
	for _, c := range []struct{ in, field, want string }{
		{`<guid>https://jobs.example.org/j/1</guid>`, "url", "https://jobs.example.org/j/1"},
		{`<guid isPermaLink="true">https://jobs.example.org/j/1</guid><link/>`, "url", "https://jobs.example.org/j/1"},
		{`<guid isPermaLink="false">https://jobs.example.org/j/1</guid>`, "url", ""},
		{`<guid>tag:1</guid><link>javascript:alert(1)</link>`, "url", ""},
		{`<author>hr@acme.example (Acme)</author>`, "company", "Acme"},
		{`<author>hr@acme.example</author>`, "company", ""},
		{`<dc:creator>admin</dc:creator><x:employer>Acme &amp;amp; Co</x:employer>`, "company", "Acme & Co"},
		{`<salary>&amp;#8377;15,000 a month</salary>`, "salary", "₹15,000 a month"},
		{`<salary><min>15,000</min><currency>INR</currency><period>MONTH</period></salary>`, "salary",
			`{"@type":"MonetaryAmount","currency":"INR","value":{"@type":"QuantitativeValue","minValue":"15,000","unitText":"MONTH"}}`},
		{`<from>2026-01-01</from><to>2026-02-01</to>`, "salary", ""},
		{`<category>BPO</category><category term="Voice"/><category>BPO</category>`, "skills", "BPO, Voice"},
		{`<location>Surat</location><location>Indore</location><country>IN</country>`, "location", "Surat | Indore | India"},
		{`<location>Surat, Gujarat, India</location><state>Gujarat</state><country>India</country>`, "location", "Surat, Gujarat, India"},
		{`<remotetype>Fully remote</remotetype><country>IN</country>`, "location", "Fully remote | India"},
		{`<remote>true</remote><city>Surat</city>`, "location", "Remote | Surat"},
		{`<remote>false</remote><city>Surat</city>`, "location", "Surat"},
		{`<expirationdate>2026-03-01</expirationdate><jobtype>fulltime</jobtype>`, "extra", `employmentType="fulltime" validThrough="2026-03-01"`},
	} {
		got, err := Feed(feedAt, []byte(`<rss xmlns:dc="d" xmlns:x="x"><channel><item><title>Clerk</title>`+c.in+`</item></channel></rss>`))
		if err != nil || len(got) != 1 {
			t.Fatalf("%s: %d postings, %v", c.in, len(got), err)
		}
		p := got[0]
		var extra []string
		for _, m := range p.Extra {
			extra = append(extra, m.Key+"="+string(m.Value))
		}
		is := map[string]string{"url": p.URL, "company": p.Company, "salary": p.Salary, "skills": p.Skills, "location": p.Location, "extra": strings.Join(extra, " ")}
		if is[c.field] != c.want {
			t.Errorf("%s: %s %q, want %q", c.in, c.field, is[c.field], c.want)
		}
	}
}

// TestFaultsOfFeeds wants all items but those that a fault spoils, and the fault told:
// as a flaw where nothing is lost.
func TestFaultsOfFeeds(t *testing.T) {
	item := func(title string) string { return "<item><title>" + title + "</title><link>/x</link></item>" }
	rss := func(items ...string) string { return "<rss><channel>" + strings.Join(items, "") + "</channel></rss>" }
	for _, c := range []struct {
		name, body, titles string
		flaw               bool
	}{
		{"a bare <", rss(item("Age < 30"), item("B")), "Age < 30|B", true},
		{"a bare &", rss(item("A & B &co"), item("B")), "A & B &co|B", true},
		{"an unknown reference", rss(item("A &bar; b"), item("B")), "A &bar; b|B", true},
		{"a reference to a control character", rss(item("A&#7;"), item("B")), "A\uFFFD|B", true},
		{"a bad byte", rss(item("Caf\xe9"), item("B")), "Café|B", true},
		{"a bad byte among good ones", rss(item("नौ\xe9"), item("B")), "नौ\uFFFD|B", true},
		{"a tag that is none", rss(item("C++ <T> work"), item("B")), "C++ <T> work|B", false},
		{"a < before letters", rss(item("a <b c"), item("B")), "a <b c|B", false},
		{"an end that is missing", rss("<item><title>A<link>/x</link></item>", item("B")), "A|B", false},
		{"an end too many", rss("<item></b><title>A</title></item>", item("B")), "A|B", false},
		{"an item without an end", rss("<item><title>A</title>", item("B")), "A|B", false},
		{"the last item without an end", rss(item("A"), "<item><title>B</title>"), "A|B", false},
		{"CDATA without an end", rss("<item><title>A</title><description><![CDATA[x</description></item>", item("<![CDATA[B]]>")), "A|B", false},
		{"two attributes without a value", rss("<item a b><title>A</title></item>", item("B")), "A|B", false},
		{"cut in an item", "<rss><channel>" + item("A") + item("B") + "<item><title>C", "A|B", false},
		{"cut between items", "<rss><channel>" + item("A") + item("B"), "A|B", false},
		{"cut in a tag", "<rss><channel>" + item("A") + item("B") + "<item><tit", "A|B", false},
		{"a JSON Feed, cut", `{"version":"https://jsonfeed.org/version/1","items":[{"title":"A"},{"title":"B"},{"title":"C`, "A|B", false},
		{"jobs, cut", "<jobs><job><title>A</title></job><job><title>B</title></job><job><ti", "A|B", false},
		{"entries, with a fault", "<feed><entry><title>A</b></title></entry><entry><title>B</title></entry></feed>", "A|B", false},
	} {
		got, err := Feed(feedAt, []byte(c.body))
		var titles []string
		for _, p := range got {
			titles = append(titles, p.Title)
		}
		var flaw *FlawError
		if err == nil || errors.As(err, &flaw) != c.flaw || strings.Join(titles, "|") != c.titles {
			t.Errorf("%s: %q, %v", c.name, titles, err)
		}
	}
}

// TestFeedsThatAreRight are told of no fault.
func TestFeedsThatAreRight(t *testing.T) {
	const items = `<rss><channel><item><title>नौकरी &nbsp;&rsquo; é</title></item><item/></channel></rss>`
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	for name, body := range map[string]string{
		"plain":               items,
		"a mark":              "\uFEFF" + `<?xml version="1.0" encoding="utf-8"?>` + items,
		"UTF-16":              encode(t, little, `<?xml version="1.0" encoding="UTF-16"?>`+items),
		"UTF-16, big-endian":  encode(t, big, items),
		"called UTF-16":       `<?xml version="1.0" encoding="UTF-16"?>` + items,
		"windows-1252":        encode(t, charmap.Windows1252, `<?xml version="1.0" encoding="windows-1252"?><rss><item><title>é</title></item><item/></rss>`),
		"a type":              `<!DOCTYPE rss [<!ENTITY a "b">]>` + items,
		"XML 1.1":             `<?xml version="1.1"?>` + items,
		"an item in a text":   `<rss><item><title>é</title><description><![CDATA[<item><title>x</title></item>]]></description></item><item/></rss>`,
		"an item in comments": `<rss><!-- <item> --><item><title>é</title></item><item/></rss>`,
	} {
		got, err := Feed(feedAt, []byte(body))
		if err != nil || len(got) != 2 || !strings.HasSuffix(got[0].Title, "é") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for _, body := range []string{"", "x", "{}", `{"items":[]}`, "[]", "<html><body><rss>", "<!doctype html><p>x", "<urlset><url/></urlset>", "<a>", "<"} {
		if got, err := Feed(feedAt, []byte(body)); err == nil || !strings.Contains(err.Error(), "is not a feed") {
			t.Errorf("%q: %v, %v", body, got, err)
		}
	}
	for _, body := range []string{"<rss/>", "<rss><channel/></rss>", "<feed></feed>", `{"version":"https://jsonfeed.org/version/1","items":[]}`} {
		if got, err := Feed(feedAt, []byte(body)); err != nil || len(got) != 0 {
			t.Errorf("%q: %v, %v", body, got, err)
		}
	}
}

// TestFeedsAreBounded reads what grows where each fault is looked at again.
func TestFeedsAreBounded(t *testing.T) {
	const n = 20_000
	for _, part := range []string{"<![CDATA[", "<b ", "<a>", "</a>", "<item>", "&", "&x;", "<!--", "<title>", "<item a"} {
		body := "<rss><channel><item><title>x</title>" + strings.Repeat(part, n) + "</item></channel></rss>"
		if _, err := Feed(feedAt, []byte(body)); err == nil {
			t.Errorf("%s: no fault is told", part)
		}
	}
	deep := "<rss><item><title>x</title>" + strings.Repeat("<a>", n) + strings.Repeat("</a>", n) + "</item></rss>"
	if got, err := Feed(feedAt, []byte(deep)); err != nil || len(got) != 1 || got[0].Title != "x" {
		t.Errorf("%s, %v", fmt.Sprint(len(got)), err)
	}
}

// TestPagesOfFeeds finds the address of the next page, and none in an item.
func TestPagesOfFeeds(t *testing.T) {
	for body, want := range map[string]string{
		`{"version":"https://jsonfeed.org/version/1","next_url":"/2","items":[{"title":"A"}]}`: "https://jobs.example.org/2",
		`{"version":"https://jsonfeed.org/version/1","items":[{"title":"A","next_url":"/2"}]}`: "",
		`<feed><link rel="self" href="/1"/><link rel="next" href="/2"/><entry/></feed>`:        "https://jobs.example.org/2",
		`<feed><entry><link rel="next" href="/2"/></entry></feed>`:                             "",
		`<rss xmlns:atom="a"><channel><link>/x</link><item/><atom:link href="/2?a=1&amp;b=2" rel="Next"/></channel></rss>`: "https://jobs." +
			"example.org/2?a=1&b=2",
		`<rss><channel><link rel="prev-archive" href="/2"/><item/></channel></rss>`: "",
	} {
		postings, next, err := FeedPage(feedAt, []byte(body))
		if err != nil || len(postings) != 1 || next != want {
			t.Errorf("%s: %d postings, next %q, %v", body, len(postings), next, err)
		}
	}
}

// TestFeedsOfGzip reads a feed that is packed, and what stands before where one is cut.
func TestFeedsOfGzip(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = fmt.Fprint(w, "<rss><channel>") // a buffer takes all
	for i := range 500 {
		_, _ = fmt.Fprintf(w, "<item><title>%d</title></item>", i*i*i)
	}
	_, _ = fmt.Fprint(w, "</channel></rss>")
	_ = w.Close()
	if got, err := Feed(feedAt, b.Bytes()); err != nil || len(got) != 500 {
		t.Errorf("whole: %d postings, %v", len(got), err)
	}
	got, err := Feed(feedAt, b.Bytes()[:b.Len()*2/3])
	if err == nil || !strings.Contains(err.Error(), "the gzip file is damaged: it is cut off") || len(got) < 50 {
		t.Errorf("cut: %d postings, %v", len(got), err)
	}
}
