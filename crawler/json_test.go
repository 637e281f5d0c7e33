package crawler

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/job"
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
		"<html></html>":                       "did not answer with JSON",
		`{"data":{}}`:                         `there is no list at items "data.jobs"`,
		`{"data":{"jobs":[]}}`:                "is empty",
		`{"data":{"jobs":[{"id":1}]}, "x": 1`: "did not answer with JSON",
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

// TestJSONThatIsPosted sends the number of the page in a body, of JSON and of a form,
// walks lists of objects, and joins fields.
func TestJSONThatIsPosted(t *testing.T) {
	for body, want := range map[string]struct{ typed, first string }{
		`'{"page": {page}, "q": ["bpo"]}'`: {"application/json", `{"page": 1, "q": ["bpo"]}`},
		`page={page}&q=bpo`:                {"application/x-www-form-urlencoded", "page=1&q=bpo"},
	} {
		var sent []string
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			got, err := io.ReadAll(r.Body)
			if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != want.typed {
				t.Errorf("%s %s %v", r.Method, r.Header.Get("Content-Type"), err)
			}
			sent = append(sent, string(got))
			n := len(sent)
			fmt.Fprintf(w, `{"parts":[{"jobs":[{"id":90071992547409930%d,"name":"Clerk &amp;amp; typist","in":{"city":"Surat"},"state":"Gujarat"}]},{"jobs":null},{},
				{"jobs":[{"id":"b%d","name":"Typist","employer":"Other &amp; Co","in":null,"state":"Goa"}]}]}`, min(n, 2), min(n, 2))
		}))
		src := source(t, `
sources:
  - name: api
    kind: json
    url: "http://BOARD/api"
    method: POST
    body: `+body+`
    company: Acme
    fetch: {delay: 1ns, private: [127.0.0.1]}
    items: parts.jobs
    columns: {id: id, title: name, company: employer, location: [in.city, state]}
`, host)
		g := &gather{}
		r := crawlTest(t, src, g)
		if len(g.postings) != 4 || !r.Complete || r.Pages != 2+oldPages || sent[0] != want.first {
			t.Fatalf("%d postings, %q; receipt %+v", len(g.postings), sent, r)
		}
		a, b := g.postings[0], g.postings[1]
		if a.ID != "api:900719925474099301" || a.Title != "Clerk & typist" || a.Company != "Acme" || a.Location != "Surat, Gujarat" {
			t.Errorf("%+v", a)
		}
		if b.Company != "Other & Co" || b.Location != "Goa" {
			t.Errorf("%+v", b)
		}
	}
}

// TestCompanyOfSource fills in the employer where postings state none.
func TestCompanyOfSource(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<rss><channel><item><title>A</title><link>/1</link></item><item><title>B</title><link>/2</link><company>Other</company></item></channel></rss>`)
	}))
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(path, []byte(`{"title":"A","company":" "}`+"\n"+`{"title":"B","company":"Other"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{`{name: a, kind: feed, url: "http://BOARD/", company: Acme, fetch: {delay: 1ns, private: [127.0.0.1]}}`, `{name: a, kind: file, path: ` + path + `, company: Acme}`} {
		g := &gather{}
		crawlTest(t, source(t, "sources:\n  - "+kind+"\n", host), g)
		if len(g.postings) != 2 || g.postings[0].Company != "Acme" || g.postings[1].Company != "Other" {
			t.Errorf("%s: %+v", kind, g.postings)
		}
	}
}

// TestDamagedFeed tells of a fault, and is not complete; of a flaw that costs nothing
// it is.
func TestDamagedFeed(t *testing.T) {
	for body, complete := range map[string]bool{
		"<rss><channel><item><title>A</title></item><item><title>B":                false,
		"<rss><channel><item><title>A & B</title></item></channel></rss>":          true,
		"<rss><channel><item><title>A</b></title></item></channel></rss>":          false,
		"<jobs><job><title>A</title></job><job><ti":                                false,
		`{"version":"https://jsonfeed.org/version/1","items":[{"title":"A"},{"tit`: false,
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, body)
		}))
		g := &gather{}
		r := crawlTest(t, source(t, "sources:\n  - {name: a, kind: feed, url: \"http://BOARD/\", fetch: {delay: 1ns, private: [127.0.0.1]}}\n", host), g)
		if len(g.postings) != 1 || r.Complete != complete || r.Failed || len(r.Problems) != 1 {
			t.Errorf("%s: %d postings, receipt %+v", body, len(g.postings), r)
		}
	}
}

// TestErrorsBehindPages wants a later page that answers an error reported, and one that
// only has no list taken for the end.
func TestErrorsBehindPages(t *testing.T) {
	for body, complete := range map[string]bool{
		`{"message":"Rate limit exceeded","code":429}`:         false,
		`{"status":"fail","jobs":null}`:                        false,
		`{"success":false,"jobs":[]}`:                          false,
		`{"ok":false}`:                                         false,
		`{"message":"Try again later"}`:                        false,
		`{"statusCode":"503"}`:                                 false,
		`{"error":7,"jobs":[]}`:                                false,
		`{"error":0,"jobs":[]}`:                                true,
		`{"success":true,"message":"no more"}`:                 true,
		`{"status":"ok","code":200,"jobs":null,"message":"-"}`: true,
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/robots.txt":
				http.NotFound(w, r)
			case r.URL.Query().Get("page") == "1":
				fmt.Fprint(w, `{"jobs":[{"id":1,"name":"Clerk"}]}`)
			default:
				fmt.Fprint(w, body)
			}
		}))
		src := source(t, `
sources:
  - {name: api, kind: json, url: "http://BOARD/api?page={page}", fetch: {delay: 1ns, private: [127.0.0.1]}, items: jobs, columns: {id: id, title: name}}
`, host)
		if r := crawlTest(t, src, &gather{}); r.Complete != complete || r.Failed == complete {
			t.Errorf("%s: complete %v, %q", body, r.Complete, r.Why)
		}
	}
}

// TestFeedInPages reads a feed page by page, as far as pages says, and tells a loop.
func TestFeedInPages(t *testing.T) {
	for name, c := range map[string]struct {
		last  string // what the third page leads to
		pages int
		read  int
		why   string
	}{
		"to the end": {"", 9, 3, ""},
		"a loop":     {"/?p=2", 9, 3, "was read already"},
		"too many":   {"", 2, 2, "stopped after 2 pages of the feed"},
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			p := r.URL.Query().Get("p")
			next := map[string]string{"": "/?p=2", "2": "/?p=3", "3": c.last}[p]
			fmt.Fprintf(w, `{"version":"https://jsonfeed.org/version/1","next_url":%q,"items":[{"id":"x%s","title":"Clerk"}]}`, next, p)
		}))
		src := source(t, fmt.Sprintf("sources:\n  - {name: a, kind: feed, url: \"http://BOARD/\", pages: %d, "+
			"fetch: {delay: 1ns, private: [127.0.0.1]}}\n", c.pages), host)
		g := &gather{}
		r := crawlTest(t, src, g)
		if len(g.postings) != c.read || r.Complete != (c.why == "") || !strings.Contains(r.Why, c.why) {
			t.Errorf("%s: %d postings, %+v", name, len(g.postings), r)
		}
		if c.why == "" && (r.End != job.EndNoNext || r.Expected == nil || *r.Expected != 3) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestRowsWithOneID takes the first row of an id, and tells one that says something else.
func TestRowsWithOneID(t *testing.T) {
	for second, why := range map[string]string{"A": "", "B": "rows with the id of an earlier one that say something else: 1"} {
		path := filepath.Join(t.TempDir(), "a.jsonl")
		body := `{"id":1,"title":"A"}` + "\n" + `{"id":1,"title":"` + second + `"}` + "\n"
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		g := &gather{}
		r := crawlTest(t, source(t, "sources:\n  - {name: a, kind: file, path: "+path+"}\n", ""), g)
		if len(g.postings) != 1 || g.postings[0].Title != "A" || g.repeated != 1 || r.Why != why || len(r.Problems) != min(len(why), 1) {
			t.Errorf("%s: %d postings, %d repeated, %+v", second, len(g.postings), g.repeated, r)
		}
	}
}

// TestItemWithoutTitle names an item that has nothing to be named by.
func TestItemWithoutTitle(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `{"jobs":[{"name":"Clerk"},{"pay":1}]}`)
	}))
	src := source(t, "sources:\n  - {name: a, kind: json, url: \"http://BOARD/api\", items: jobs, columns: {title: name}, "+
		"fetch: {delay: 1ns, private: [127.0.0.1]}}\n", host)
	g := &gather{}
	r := crawlTest(t, src, g)
	if place := "item 2 of http://" + host + "/api"; len(g.postings) != 1 || len(r.Problems) != 1 ||
		r.Problems[0] != "a posting without a title: "+place || g.rejected[0] != "no_title "+place {
		t.Errorf("%q, %q", r.Problems, g.rejected)
	}
}

// TestUntitledByID names a posting without a title by its id where it has no link.
func TestUntitledByID(t *testing.T) {
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"jobs":[{"id":"R-7"},{"id":8,"link":"/8"},{"id":9,"name":"A"}]}`)
	}))
	g := &gather{}
	r := crawlTest(t, source(t, `
sources:
  - {name: api, kind: json, url: "http://BOARD/api", fetch: {delay: 1ns, private: [127.0.0.1]}, items: jobs, columns: {id: id, title: name, url: link}}
`, host), g)
	want := []string{`a posting without a title, with the id "R-7"`, "a posting without a title at http://" + host + "/8"}
	if diff := cmp.Diff(want, r.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"no_title R-7", "no_title http://" + host + "/8"}, g.rejected); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
