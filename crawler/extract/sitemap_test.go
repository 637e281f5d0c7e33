package extract

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	namespace = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`
	images    = `xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"`
)

// gzipped compresses texts, each as a gzip member.
func gzipped(t *testing.T, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, text := range texts {
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestSitemaps reads sitemaps of every kind. What is expected are the paths of
// the pages, those of sitemaps with "+" before them, and a part of the fault.
func TestSitemaps(t *testing.T) {
	plain := "<urlset><url><loc>https://e.example/1</loc></url><url><loc>https://e.example/2</loc></url></urlset>"
	utf16 := encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), `<?xml version="1.0" encoding="utf-16"?>`+plain)
	var many strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&many, "<url><loc>/job-%d</loc></url>", i)
	}
	long := gzipped(t, "<urlset>"+many.String())
	for _, tt := range []struct{ name, body, want, fault string }{
		{"without a namespace", plain, "/1 /2", ""},
		{
			"with a prefix",
			`<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"><sm:url><sm:loc>` +
				`/1</sm:loc><sm:lastmod>x</sm:lastmod></sm:url></sm:urlset>`, "/1 x", "",
		},
		{
			"an older namespace",
			`<urlset xmlns="http://www.google.com/schemas/sitemap/0.84"><url><loc>/1</loc></url></urlset>`, "/1", "",
		},
		{
			"a namespace over https",
			`<urlset xmlns="https://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/1</loc></url></urlset>`, "/1", "",
		},
		{"a namespace of nobody", `<urlset xmlns="urn:x"><url><loc>/1</loc></url></urlset>`, "/1", ""},
		{"namespaces on the entries alone", `<urlset><url ` + namespace + `><loc>/1</loc></url></urlset>`, "/1", ""},
		{"a prefix that is declared nowhere", `<s:urlset><s:url><s:loc>/1</s:loc></s:url></s:urlset>`, "/1", ""},
		{
			"images after the address",
			`<urlset ` + namespace + " " + images + `><url><loc>/1</loc><image:image><image:loc>/a.png</image:loc></image:image></url></urlset>`,
			"/1", "",
		},
		{
			"images before it",
			`<urlset ` + namespace + " " + images + `><url><image:image><image:loc>/a.png</image:loc></image:image><loc>/1</loc></url></urlset>`,
			"/1", "",
		},
		{
			"an image right in the entry",
			`<urlset ` + namespace + " " + images + `><url><image:loc>/a.png</image:loc><loc>/1</loc><image:loc>/b.png</image:loc></url></urlset>`,
			"/1", "",
		},
		{
			"an image's prefix is declared nowhere",
			`<urlset ` + namespace + `><url><loc>/1</loc><image:image><image:loc>/a.png</image:loc></image:image></url></urlset>`,
			"/1", "",
		},
		{
			"an image without a prefix",
			`<urlset><url><loc>/1</loc><image><loc>/a.png</loc></image></url></urlset>`, "/1", "",
		},
		{
			"images declared where they stand",
			`<urlset ` + namespace + `><url><loc>/1</loc><image xmlns="http://www.google.com/schemas/sitemap-image/1.1"><loc>` +
				`/a.png</loc></image></url></urlset>`, "/1", "",
		},
		{
			"dates of others",
			`<urlset ` + namespace + ` xmlns:n="urn:n"><url><loc>/1</loc><lastmod>a</lastmod><n:lastmod>b</n:lastmod><n:news>` +
				`<lastmod>c</lastmod></n:news></url></urlset>`, "/1 a", "",
		},
		{
			"other languages",
			`<urlset ` + namespace + ` xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>/1</loc><xhtml:link rel="alternate" ` +
				`hreflang="hi" href="/hi/1"/></url></urlset>`, "/1", "",
		},
		{"nothing in it", `<urlset ` + namespace + `/>`, "", ""},
		{"in capitals", `<URLSET><URL><LOC>/1</LOC></URL></URLSET>`, "/1", ""},

		{
			"spaces, CDATA, entities",
			"<urlset><url><loc>\n  <![CDATA[/1?a=1&b=2]]>\t</loc></url><url><loc>" +
				"/2?a=1&amp;b=2&#x26;c=3</loc></url></urlset>", "/1?a=1&b=2 /2?a=1&b=2&c=3", "",
		},
		{"a comment in the address", "<urlset><url><loc>/1<!-- x -->2</loc></url></urlset>", "/12", ""},
		{"an address over two lines", "<urlset><url><loc>/jobs/\n\t1</loc></url></urlset>", "/jobs/1", ""},
		{"a bare &", "<urlset><url><loc>/1?a=1&b=2</loc></url><url><loc>/2</loc></url></urlset>", "/1?a=1&b=2 /2", ""},
		{
			"the same host, otherwise written",
			"<urlset><url><loc>https://E.example.:443/1</loc></url></urlset>", "//E.example.:443/1", "",
		},
		{
			"an address of another host",
			"<urlset><url><loc>https://f.example/1</loc></url><url><loc>https://e.example:8443/1</loc>" +
				"</url></urlset>", "2 foreign", "",
		},
		{
			"two addresses in one entry",
			"<urlset><url><loc>/1</loc><lastmod>a</lastmod><loc>/2</loc></url></urlset>", "/1 a /2", "",
		},
		{"an entry that is not closed", "<urlset><url><loc>/1</loc><url><loc>/2</loc></url></urlset>", "/1 /2", ""},
		{"an address that is not closed", "<urlset><url><loc>/1</url><url><loc>/2</loc></url></urlset>", "/1 /2", ""},

		{
			"an index",
			`<sitemapindex ` + namespace + `><sitemap><loc>/a.xml</loc><lastmod>2026-03-01</lastmod></sitemap></sitemapindex>`,
			"+/a.xml 2026-03-01", "",
		},
		{
			"pages and sitemaps in one",
			`<urlset><url><loc>/1</loc></url><sitemap><loc>/a.xml</loc></sitemap><url><loc>/2</loc>` +
				`</url></urlset>`, "/1 /2 +/a.xml", "",
		},

		{"cut in an address", plain[:strings.Index(plain, "/2<")+2], "/1", "line 1: unexpected EOF"},
		{"cut behind an address", strings.TrimSuffix(plain, "</url></urlset>"), "/1 /2", "unexpected EOF"},
		{
			"a bad byte beside",
			"<urlset><url><loc>/1</loc><x>\xff</x></url><url><loc>/2</loc></url></urlset>", "/1 /2", "",
		},
		{
			"a bad byte in an address",
			"<urlset><url><loc>/1</loc></url>\n<url><loc>/2\xff</loc></url><url><loc>/3</loc></url></urlset>", "/1 /3", `line 2: the address "/2`,
		},
		{"a < alone", "<urlset><url><loc>/1</loc><x>1 < 2</x></url><url><loc>/2</loc></url></urlset>", "/1 /2", ""},
		{
			"a < in an address",
			"<urlset><url><loc>/1</loc></url><url><loc>/2?a<b</loc></url><url><loc>/3</loc></url></urlset>", "/1 /3", "damaged",
		},
		{
			"an element in an address",
			"<urlset><url><loc>/1</loc></url><url><loc>/2<b>3</b></loc></url><url><loc>/3</loc></url></urlset>", "/1 /3", "there is an element in the address",
		},
		{
			"a quote that never ends",
			`<urlset><url><loc>/1</loc><x y="></x></url><url><loc>/2</loc></url></urlset>`, "/1 /2", "damaged",
		},
		{
			"a comment that never ends",
			`<urlset><url><loc>/1</loc></url><!-- <url><loc>/2</loc></url></urlset>`, "/1 /2", "damaged",
		},
		{
			"an end too many",
			"<urlset><url><loc>/1</loc></url></urlset></urlset><url><loc>/2</loc></url>", "/1 /2", "unexpected end element",
		},
		{
			"with a prefix, after a fault",
			`<s:urlset xmlns:s="urn:s" xmlns:i="urn:i"><s:url><s:loc>/1</s:loc><a b="></s:url><s:url>` +
				`<s:loc>/2</s:loc><i:loc>/i</i:loc></s:url></s:urlset>`, "/1 /2", "damaged",
		},
		{
			"an address that is none",
			"<urlset><url><loc>http://[x/1</loc></url><url><loc>/2</loc></url></urlset>", "/2", `"http://[x/1" is not an address`,
		},
		{
			"nested too deep",
			"<urlset><url><loc>/1</loc>" + strings.Repeat("<x>", 200) + "</url><url><loc>/2</loc></url></urlset>", "/1 /2", "nested more than 100 deep",
		},
		{
			"a web page",
			"<!DOCTYPE html><html><body>Not found</body></html>", "", "is not a sitemap: expected a urlset, a sitemapindex, RSS, Atom or one address per line: its " +
				"first element is <html>",
		},
		{"nothing at all", "", "", "is not a sitemap"},
		{"JSON", `{"a": 1}`, "", "is not a sitemap"},

		{"UTF-16", utf16, "/1 /2", ""},
		{"called UTF-16 though it is UTF-8", `<?xml version="1.0" encoding="UTF-16"?>` + plain, "/1 /2", ""},
		{
			"Latin-1",
			encode(t, charmap.ISO8859_1, `<?xml version="1.0" encoding="ISO-8859-1"?><urlset><url><loc>/caf`+"é"+`</loc></url></urlset>`),
			"/caf%C3%A9", "",
		},
		{"XML 1.1", `<?xml version="1.1"?>` + plain, "/1 /2", ""},
		{"gzip", gzipped(t, plain), "/1 /2", ""},
		{"gzip of two members", gzipped(t, plain[:40], plain[40:]), "/1 /2", ""},
		{"gzip, cut", long[:len(long)/2], "/job-0 /job-1 ...", "it is cut off"},
		{"gzip of UTF-16", gzipped(t, utf16), "/1 /2", ""},

		{"a text", "https://e.example/1\nhttps://e.example/2\n", "/1 /2", ""},
		{
			"a text with a mark and other line ends",
			"\uFEFFhttps://e.example/1\r\n\r\n  HTTPS://e.example/2 \rhttps://f.example/3", "/1 /2 1 foreign", "",
		},
		{
			"a text in UTF-16",
			encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "https://e.example/1\nhttps://e.example/2"), "/1 /2",
			"",
		},
		{
			"a text with another line",
			"https://e.example/1\nsoon\nhttps://e.example/2", "/1 /2", `line 2: "soon" is not an address`,
		},
		{
			"RSS",
			`<?xml version="1.0"?><rss version="2.0"><channel><link>/</link><item><link>/1</link></item>` +
				`<item><link>https://f.example/2</link></item></channel></rss>`, "/1 1 foreign", "",
		},
		{
			"Atom",
			`<!-- x --><feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link ` +
				`rel="enclosure" href="/x"/><link href="/1"/></entry></feed>`, "/1", "",
		},
		{
			"Atom in UTF-16",
			encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), `<?xml version="1.0" encoding="UTF-16"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>`+
				`<link href="/1"/></entry></feed>`), "/1", "",
		},
	} {
		f, err := Sitemap(&url.URL{Scheme: "https", Host: "e.example", Path: "/sitemap.xml"}, []byte(tt.body))
		got := strings.ReplaceAll(summary(f), "https://e.example", "")
		if want, ok := strings.CutSuffix(tt.want, "..."); ok {
			got, tt.want = got[:min(len(got), len(want))], want
		}
		if diff := cmp.Diff(tt.want, strings.ReplaceAll(got, "https:", "")); diff != "" {
			t.Errorf("%s: %v\n%s", tt.name, err, diff)
		}
		if tt.fault == "" && err != nil || tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.fault)
		}
	}
}

// summary writes what a sitemap holds.
func summary(f SitemapFile) string {
	var parts []string
	for _, e := range f.Pages {
		parts = append(parts, strings.TrimSpace(e.URL+" "+e.LastMod))
	}
	for _, e := range f.Sitemaps {
		parts = append(parts, strings.TrimSpace("+"+e.URL+" "+e.LastMod))
	}
	if f.Foreign > 0 {
		parts = append(parts, fmt.Sprintf("%d foreign", f.Foreign))
	}
	return strings.Join(parts, " ")
}

// TestFaultsOfSitemapsAreCheap reads sitemaps that break everywhere: the work
// is bounded by the length of the text.
func TestFaultsOfSitemapsAreCheap(t *testing.T) {
	for name, part := range map[string]string{
		"comments that never end": "<url><!-- ", "CDATA that never ends": "<url><![CDATA[ ", "quotes that never end": `<url a='<url b=" `,
		"ends too many": "</x><url>",
	} {
		s := &sitemap{page: &Page{URL: &url.URL{Scheme: "https", Host: "e.example"}}}
		x := &sitemapXML{sitemap: s, text: []byte("<urlset>" + strings.Repeat(part, 200_000))}
		if read := x.all(); read > 6*len(x.text)+2<<20 {
			t.Errorf("%s: %d bytes were read of %d", name, read, len(x.text))
		}
	}
}

func TestIsSitemap(t *testing.T) {
	for body, want := range map[string]bool{
		"<urlset>": true, `<s:sitemapindex xmlns:s="x">`: true, "\uFEFFhttps://e.example/1\nhttps://e.example/2": true,
		gzipped(t, "<urlset/>"): true,
		encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<urlset >"): true,
		"<html>": false, "": false, "<rss>": false, "see https://e.example/": false, "{}": false,
	} {
		if got := IsSitemap([]byte(body)); got != want {
			t.Errorf("%.40q: %v", body, got)
		}
	}
}
