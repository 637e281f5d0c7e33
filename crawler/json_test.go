package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestJSONPages reads pages of JSON, counted from 1, up to one that brings
// nothing new.
func TestJSONPages(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case "1":
			fmt.Fprint(w, `{"data":{"jobs":[{"id":1,"name":"<b>Telecaller</b>","employer":{"name":"Acme"},"places":["Pune","Mumbai"],"pay":{"min":12000,"max":15000,"currency":"INR","period":"month"},"link":"/jobs/1"},{"id":2,"name":"Typist"}]}}`)
		case "2":
			fmt.Fprint(w, `{"data":{"jobs":[{"id":2,"name":"Typist"},{"id":3,"name":"Clerk"}]}}`)
		case "3":
			fmt.Fprint(w, `{"data":{"jobs":[{"id":3,"name":"Clerk"}]}}`)
		default:
			http.NotFound(w, r)
		}
	}))
	src := source(t, `
sources:
  - name: api
    kind: json
    url: "http://BOARD/api?page={page}"
    fetch: {delay: 1ns, private: [127.0.0.1]}
    items: data.jobs
    columns: {id: id, title: name, company: employer.name, location: places, salary: pay, url: link}
`, host)
	g := &gather{}
	r := crawlTest(t, src, g)
	if len(g.postings) != 3 || !r.Complete || r.Pages != 3 {
		t.Fatalf("%d postings; receipt %+v", len(g.postings), r)
	}
	p := g.postings[0]
	if p.ID != "api:1" || p.Title != "Telecaller" || p.Company != "Acme" || p.Location != "Pune, Mumbai" || p.URL != "http://"+host+"/jobs/1" || !strings.Contains(p.Salary, `"min":12000`) {
		t.Errorf("%+v", p)
	}
}

// TestJSONThatFails names what is wrong.
func TestJSONThatFails(t *testing.T) {
	for body, want := range map[string]string{
		"<html></html>":                       "answers no JSON",
		`{"data":{}}`:                         `no list stands at items "data.jobs"`,
		`{"data":{"jobs":[]}}`:                "is empty",
		`{"data":{"jobs":[{"id":1}]}, "x": 1`: "answers no JSON",
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, body)
		}))
		src := source(t, `
sources:
  - {name: api, kind: json, url: "http://BOARD/api", fetch: {delay: 1ns, private: [127.0.0.1]}, items: data.jobs, columns: {title: name}}
`, host)
		if r := crawlTest(t, src, &gather{}); !r.Failed || !strings.Contains(r.Why, want) {
			t.Errorf("%s: %q, want %q", body, r.Why, want)
		}
	}
}
