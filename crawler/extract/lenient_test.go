package extract

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestJSONLDAsItIs reads JSON-LD with the faults that real pages have.
func TestJSONLDAsItIs(t *testing.T) {
	const whole = `{"@context":"https://schema.org","@type":"JobPosting","title":"Telecaller","description":"Answer calls.","identifier":"7"}`
	for name, block := range map[string]string{
		"as it should be":         whole,
		"in a list":               `[{"@type":"Organization"},` + whole + `]`,
		"in a graph":              `{"@graph":[` + whole + `]}`,
		"type with its address":   strings.Replace(whole, `"JobPosting"`, `"http://schema.org/JobPosting"`, 1),
		"type with a prefix":      strings.Replace(whole, `"JobPosting"`, `"schema:JobPosting"`, 1),
		"type in a list":          strings.Replace(whole, `"JobPosting"`, `["JobPosting"]`, 1),
		"CDATA":                   "<![CDATA[" + whole + "]]>",
		"CDATA in a comment":      "//<![CDATA[\n" + whole + "\n//]]>",
		"CDATA in another":        "/*<![CDATA[*/" + whole + "/*]]>*/",
		"an HTML comment":         "<!--" + whole + "-->",
		"a raw line break":        strings.Replace(whole, "Answer calls.", "Answer\ncalls.", 1),
		"a raw tab":               strings.Replace(whole, "Answer calls.", "Answer\tcalls.", 1),
		"a comma before }":        strings.Replace(whole, `"7"}`, `"7",}`, 1),
		"a comma before ]":        `[` + whole + `, ]`,
		"an escaped apostrophe":   strings.Replace(whole, "Answer", `Don\'t answer`, 1),
		"an escape of no meaning": strings.Replace(whole, "Answer", `A\nswer \d`, 1),
		"half an escape":          strings.Replace(whole, "Answer", `\u12 answer`, 1),
		"a semicolon at the end":  whole + ";",
		"a byte order mark":       "\uFEFF" + whole,
		"escaped as HTML":         strings.ReplaceAll(whole, `"`, "&quot;"),
		"a control character":     strings.Replace(whole, "Answer", "An\x01swer", 1),
	} {
		u, _ := url.Parse("http://example.org/job")
		p, err := NewPage(u, []byte(`<html><script type="application/ld+json">`+block+`</script></html>`))
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.JobPostings()
		if err != nil || len(got) != 1 || got[0].Title != "Telecaller" || got[0].ID != "7" {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

// TestScriptsState reads the JSON that scripts carry.
func TestScriptsState(t *testing.T) {
	for script, want := range map[string]any{
		`<script id="d" type="application/json">{"a":"1"}</script>`:                          "1",
		`<script>var d = {"a":"1"};</script>`:                                                "1",
		`<script>d.x = {"a":"0"}; if (!d) { d={a: '1', b: [1, 2,], }; d.go() }</script>`:     "1",
		`<script>window.d = {'a': 'it\'s "so"', "b": "}", e: undefined}; other({})</script>`: `it's "so"`,
		`<script>d = {"a": "1"</script>`:                                                     nil,
		`<script>d == {"a": "1"}</script>`:                                                   nil,
		`<p>d = {"a": "1"}</p>`:                                                              nil,
		`<script>var d = JSON.parse('{\x22a\x22:\x22it\'s\u0020\-1\x22}');</script>`:         "it's -1",
		`<script>d = JSON.parse( "{\"a\": \"\uD83D\uDE00\ud83d\\n\"}" )</script>`:            "\U0001F600\uFFFD\n",
		`<script>d = JSON.parse('{"a": "1"}</script>`:                                        nil,
		`<script>oldd = {"a": "no"}; d = {"a": "1"}</script>`:                                "1",
		`<script>d = JSON.parse(text)</script>`:                                              nil,
	} {
		u, _ := url.Parse("http://example.org/job")
		p, err := NewPage(u, []byte(script))
		if err != nil {
			t.Fatal(err)
		}
		if v, ok := p.State("d"); At(v, "a") != want || ok != (want != nil) {
			t.Errorf("%s: %v, %v", script, v, ok)
		}
	}
}

func TestMicrodata(t *testing.T) {
	u, _ := url.Parse("http://example.org/job")
	p, err := NewPage(u, []byte(`<div itemscope itemtype="https://schema.org/JobPosting">
		<h1 itemprop="title">Telecaller</h1><meta itemprop="datePosted" content="2026-11-01">
		<div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">Acme</span></div>
		<div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><div itemprop="address" itemscope>
			<span itemprop="addressLocality">Pune</span>, <span itemprop="addressRegion">Maharashtra</span></div></div>
		<div itemprop="description"><p>Answer calls.</p><p>Sell nothing.</p></div></div>`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.JobPostings()
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	g := got[0]
	if g.Title != "Telecaller" || g.Company != "Acme" || g.Location != "Pune, Maharashtra" || g.Posted != "2026-11-01" || g.Description != "Answer calls.\nSell nothing." {
		t.Errorf("%+v", g)
	}
}

func TestState(t *testing.T) {
	u, _ := url.Parse("http://example.org/jobs")
	p, err := NewPage(u, []byte(`<script id="other">{}</script><script id="__NEXT_DATA__" type="application/json">{"props":{"n":1,}}</script>`))
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := p.State("__NEXT_DATA__"); !ok || v.(map[string]any)["props"].(map[string]any)["n"] != json.Number("1") {
		t.Errorf("%v %v", v, ok)
	}
	if _, ok := p.State("nowhere"); ok {
		t.Error("a state that is not there was found")
	}
}

func FuzzLenientJSON(f *testing.F) {
	f.Add(`{"a":"b\'c",}`)
	f.Add("<![CDATA[[1,2,]]]>;")
	f.Fuzz(func(t *testing.T, s string) {
		if out := mend(unwrap(s)); utf8.ValidString(s) && !utf8.ValidString(out) {
			t.Fatalf("%q became invalid", s)
		}
		_, _ = lenientJSON(s)
	})
}
