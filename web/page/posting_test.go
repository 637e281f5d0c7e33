package page

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"jobsieve/desk"
	"jobsieve/indexer"
	"jobsieve/job"
)

func TestSegments(t *testing.T) {
	at := func(n, start, end int, kind string) mark {
		return mark{N: n, Field: job.FieldTitle, Start: start, End: end, Kind: kind}
	}
	const text = "night shift रात"
	for name, tt := range map[string]struct {
		marks []mark
		want  []segment
	}{
		"none":  {nil, []segment{{Text: text}}},
		"one":   {[]mark{at(1, 0, 5, "for")}, []segment{{"night", "for", []int{1}}, {Text: " shift रात"}}},
		"all":   {[]mark{at(1, 0, len(text), "pay")}, []segment{{text, "pay", []int{1}}}},
		"twice": {[]mark{at(1, 0, 5, "fact"), at(2, 0, 5, "against")}, []segment{{"night", "against", []int{1, 2}}, {Text: " shift रात"}}},
		"one in another": {
			[]mark{at(1, 6, 11, "fact"), at(2, 0, 11, "for")},
			[]segment{{Text: "night ", Kind: "for"}, {"shift", "for", []int{2, 1}}, {Text: " रात"}},
		},
		"overlapping": {
			[]mark{at(1, 0, 8, "undone"), at(2, 6, 11, "signal")},
			[]segment{{Text: "night ", Kind: "undone"}, {"sh", "signal", []int{1}}, {"ift", "signal", []int{2}}, {Text: " रात"}},
		},
		"side by side": {[]mark{at(1, 0, 5, "for"), at(2, 5, 6, "pay")}, []segment{{"night", "for", []int{1}}, {" ", "pay", []int{2}}, {Text: "shift रात"}}},
		"not of the text": {
			[]mark{at(1, -1, 5, "for"), at(2, 3, 99, "for"), at(3, 5, 5, "for"), at(4, 8, 6, "for"), at(5, 13, 15, "for")},
			[]segment{{Text: text}},
		},
	} {
		if diff := cmp.Diff(tt.want, segments(text, tt.marks)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := segments("", nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestReplaced(t *testing.T) {
	for _, tt := range []struct{ text, part, with, want string }{
		{"night shift pune", "pune", "", "night shift "},
		{"in india in", "in", "", " india in"},
		{"indian in", "in", "at", "indian at"},
		{"रात की शिफ्ट", "रात", "", " की शिफ्ट"},
		{"रातें", "रात", "", "रातें"},
		{"a", "", "x", "a"},
	} {
		if got := replaced(tt.text, tt.part, tt.with); got != tt.want {
			t.Errorf("%q without %q: %q, want %q", tt.text, tt.part, got, tt.want)
		}
	}
}

func TestHostOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://jobs.example.org/1": "jobs.example.org", "http://a.example": "a.example", "javascript:alert(1)": "", "data:text/html,x": "",
		"//a.example/1": "", "https://me:pw@a.example/": "", "": "", "https://": "", "JAVASCRIPT://a.example/%0aalert(1)": "", "vbscript:x": "",
	} {
		if got := hostOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// hostile are texts that would do something where they were taken for markup.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea></title><svg onload=alert(1)>`, `' onmouseover='alert(1)`,
	`{{.}}{{template "x"}}`, `<a href="javascript:alert(1)" hx-get="//evil.example">x</a>`, "<!--", `<style>*{display:none}</style>`,
	`<base href=//evil.example>`, "\u202eevil\u202c", "&lt;b&gt;&#x3c;script&#x3e;", `<template><b hx-on:click="alert(1)">`, "`${alert(1)}`",
	`</dd></dl></article></form>`, "%s%d", "a\x00b", ".", "..", "a/b//c", "%2F..%2f", "?q=1#x", "कॉल सेंटर",
}

// TestHostile has postings whose texts are markup, and wants them shown as texts.
func TestHostile(t *testing.T) {
	var postings []job.Posting
	for _, s := range hostile {
		s = strings.ToValidUTF8(s, "")
		postings = append(postings, job.Posting{
			ID: s, Source: "acme", URL: "javascript:alert(1)//" + s, Title: "Telecaller " + s, Company: s, Location: "Pune " + s,
			Salary: "12000 per month " + s, Skills: s, Description: "Answer calls of customers in night shift. Pay Rs 500 registration fee. " + s,
		})
	}
	d, err := deskOf(t.Context(), t.TempDir(), postings)
	if err != nil {
		t.Fatal(err)
	}
	h := New(func() *desk.Desk { return d })
	var to []string
	for _, page := range []string{"/", "/?offset=20"} {
		for _, a := range elements(tree(t, get(t, h, page)), "a") {
			if n := attribute(a, "href"); strings.HasPrefix(n, "/posting") {
				to = append(to, n)
			}
		}
	}
	if len(to) != len(hostile) {
		t.Errorf("%d cards, want %d", len(to), len(hostile))
	}
	for _, url := range append(to, "/", "/pay", "/?text="+strings.Repeat("%3Cb%3E", 3), "/?city=%3Cscript%3E&lang=%22%3E") {
		answer := get(t, h, url)
		if answer.Code != http.StatusOK {
			t.Errorf("%s: %d", url, answer.Code)
		}
		root := tree(t, answer)
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				checkElement(t, url, n)
			}
			if n.Type == html.ElementNode && (n.Data == "img" || n.Data == "template") {
				t.Errorf("%s has <%s>", url, n.Data)
			}
		}
		if n := len(elements(root, "script")); n != 1 {
			t.Errorf("%s has %d scripts", url, n)
		}
	}
}

// TestSightings shows the other postings of a vacancy on its card.
func TestSightings(t *testing.T) {
	w := catalogue(t, "en")
	hit := indexer.Hit{ID: "1", Source: "a", Company: "Acme"}
	c := w.cardOf(&desk.Card{
		Hit: hit, Since: "2026-09-01", Others: 3,
		Sightings: []desk.Sighting{{ID: "2", Source: "b", Company: "Acme"}, {ID: "x/3", Source: "c", Company: "Hire Well"}},
		Linked:    []desk.Sighting{{ID: "4", Source: "a", Company: "Acme", Place: "Noida"}},
	}, nil)
	want := card{
		URL: "/posting/a/1", Company: "Acme", Pay: money{Stated: "pay not stated"}, FirstSeen: "2026-09-01",
		State: "unknown", StateName: "state unknown", Others: "3 more postings",
		Sightings: []sighting{{"b", "/posting/b/2"}, {"c (Hire Well)", "/posting/c/x%2F3"}},
		Linked:    []sighting{{"Noida", "/posting/a/4"}},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
