package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jobsieve/job"
)

// TestEndOfLists wants a list complete where something shows that it was read to
// its end, and that told.
func TestEndOfLists(t *testing.T) {
	const again = "was read already"
	next := func(s string) string { return oneJob + s }
	for name, tt := range map[string]struct {
		first, second string
		end           job.End
		why           string
	}{
		"no next":                      {next(""), "", job.EndNoNext, ""},
		"an empty page":                {next(`<a class=next href=/b>`), `<p>No more<a class=next href=/c>`, job.EndEmpty, ""},
		"a next page":                  {next(`<a class=next href=/b>`), twoJobs, job.EndNoNext, ""},
		"a place for a link":           {next(`<a class=next>Next</a>`), "", job.EndNoNext, ""},
		"a script":                     {next(`<a class=next href="javascript:__doPostBack('p2','')">`), "", "", "a script leads to the next list page"},
		"a script in capitals":         {next(`<a class=next href=" JavaScript:void(0)">`), "", "", "a script leads to the next list page"},
		"a place on the page":          {next(`<a class=next href="#">`), "", "", `("#")`},
		"a click":                      {next(`<a class=next onclick="go(2)">`), "", "", "onclick=go(2)"},
		"a click by a framework":       {next(`<a class=next v-on:click="go">`), "", "", "v-on:click=go"},
		"a number for a script":        {next(`<a class=next data-page=2>`), "", "", "data-page=2"},
		"a button":                     {next(`<button class=next>`), "", job.EndNoNext, ""}, // the selector wants a link
		"disabled":                     {next(`<a class="next disabled" href="#">`), "", job.EndNoNext, ""},
		"disabled around":              {next(`<ul><li>1<li class="page-item disabled"><a class=next href="javascript:;">`), "", job.EndNoNext, ""},
		"disabled for readers":         {next(`<a class=next aria-disabled=true href="#">`), "", job.EndNoNext, ""},
		"not shown":                    {next(`<a class=next style="display: none" onclick="go()">`), "", job.EndNoNext, ""},
		"disabled beside":              {next(`<div><a class=disabled>Back</a><a class=next href="#">`), "", "", `("#")`},
		"a script above, a link below": {next(`<a class=next href="#"></a><a class=next href=/b></a>`), oneJob, job.EndNoNext, ""},
		"itself":                       {next(`<a class=next href=/jobs>`), "", "", again},
		"itself, disabled":             {next(`<a class="next disabled" href=/jobs>`), "", job.EndNoNext, ""},
		"off, and missing":             {next(`<a class="next disabled" href=/none>`), "", job.EndNoNext, ""},
		"off, and empty":               {next(`<a class=next aria-disabled=true href=/b>`), `<p>Oh`, job.EndNoNext, ""},
		"missing":                      {next(`<a class=next href=/none>`), "", "", "404"},
		"no results":                   {next(`<a class=next href=/b>`), `<script></script><p>No more jobs found`, job.EndEmpty, ""},
		"a login":                      {next(`<a class=next href=/b>`), `<input type=password>`, "", "a login form"},
		"a shell":                      {next(`<a class=next href=/b>`), `<div></div><script></script>`, "", "without running its scripts"},
		"maintenance":                  {next(`<a class=next href=/b>`), `<h1>We are under maintenance</h1>`, "", "cannot answer now"},
		"the home page":                {next(`<a class=next href=/away>`), "", "", "leads to"},
		"the first":                    {next(`<a class=next href=/b>`), next(`<a class=next href=/jobs>`), "", again},
	} {
		pages := map[string]string{"/jobs": tt.first, "/b": tt.second, "/1": job1, "/2": job2, "/": "<p>Welcome"}
		src := strings.Replace(plainHTML, "a.next@href", ".next@href", 1)
		if name == "a button" {
			src = plainHTML
		}
		r := crawlTest(t, source(t, src, serve(t, redirect("/away", "/")(site(pages)))), &gather{})
		if r.End != tt.end || r.Complete != (tt.why == "") || !strings.Contains(r.Why, tt.why) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestListsThatGoOn wants no list complete that shows a way to go on which the source
// does not take.
func TestListsThatGoOn(t *testing.T) {
	const set, unset = "list.next finds nothing, but the list goes on: ", "list.next is not set, but the list goes on: "
	const one = oneJob + "</li>"
	pages := `<nav class=pagination><a class=on>1</a> <a href="/jobs?page=2">2</a></nav>`
	for name, tt := range map[string]struct {
		first, second, next, why string
	}{
		"rel=next, no way set": {`<link rel=next href="/jobs?page=2">` + one, "", "",
			unset + `the page has a link to the next page, http://HOST/jobs?page=2; set list.next, such as 'link[rel~="next"]@href'`},
		"rel=next, another way set": {one + `<a rel=next href="/b">More</a>`, "", ".forward@href",
			set + `the page has a link to the next page, http://HOST/b; set list.next, such as 'a[rel~="next"]@href'`},
		"rel=next on the second page": {one + `<a class=forward href=/b>`, one + `<a rel=next href="/c">`, ".forward@href",
			set + `the page has a link to the next page, http://HOST/c`},
		"rel=next, to a page that was read": {one + `<a class=forward href=/b>`, one + `<a rel=next href="/jobs">`, ".forward@href", ""},
		"rel=next, taken":                   {one + `<a rel=next href=/b>`, one, "a[rel=next]@href", ""},
		"numbers, no way set":               {one + pages, "", "", unset + `the page has "2", a link to http://HOST/jobs?page=2`},
		"load more":                         {one + `<button>Load more</button>`, "", "", unset + `the page has "Load more"; a script leads there`},
		"load more, behind the last":        {one + `<a class=forward href=/b>`, one + `<button>Load more</button>`, ".forward@href", ""},
		"the last of two":                   {one + `<a class=forward href=/b>` + pages, one + pages, ".forward@href", ""},
		"one page":                          {one, "", "", ""},
	} {
		if tt.next != "" {
			tt.next = `next: "` + tt.next + `", `
		}
		host := serve(t, site(map[string]string{"/jobs": tt.first, "/b": tt.second, "/1": job1}))
		r := crawlTest(t, source(t, strings.Replace(plainHTML, `next: "a.next@href", `, tt.next, 1), host), &gather{})
		why := strings.ReplaceAll(r.Why, host, "HOST")
		if r.Complete != (tt.why == "") || !strings.HasPrefix(why, tt.why) || tt.why == "" && why != "" || r.Complete != (r.End != "") {
			t.Errorf("%s: %q, %+v", name, why, r)
		}
	}
}

// TestEndOfJSONPages reads pages of JSON up to their end.
func TestEndOfJSONPages(t *testing.T) {
	const a, b, none = `{"data":{"jobs":[{"id":1,"name":"A"}]}}`, `{"data":{"jobs":[{"id":2,"name":"B"},{"id":3}]}}`, `{"data":{"jobs":[]}}`
	for name, tt := range map[string]struct {
		pages []string // the last one for ever
		end   job.End
		says  string
	}{
		"an empty list":        {[]string{a, b, none}, job.EndEmpty, ""},
		"null":                 {[]string{a, b, `{"data":{"jobs":null}}`}, job.EndEmpty, ""},
		"no list":              {[]string{a, `{"data":{}, "error": null, "errors": []}`}, job.EndEmpty, ""},
		"nothing":              {[]string{a, `null`}, job.EndEmpty, ""},
		"no such page":         {[]string{a, b, ""}, job.EndEmpty, ""},
		"an error":             {[]string{a, `{"error": "too many requests"}`}, "", "there is no list at items"},
		"another form":         {[]string{a, `{"data":{"jobs":"none"}}`}, "", "there is no list at items"},
		"the last page again":  {[]string{a, b}, job.EndEmpty, ""},
		"the first page again": {[]string{a}, "", "does the site take {page}"},
		"a short page":         {[]string{b, a, b, `{"data":{"jobs":[{"id":4,"name":"D"}]}}`, none}, job.EndEmpty, ""},
		"pages without titles": {[]string{a, `{"data":{"jobs":[{"id":9}]}}`, `{"data":{"jobs":[{"id":9}]}}`, b, none}, job.EndEmpty, ""},
	} {
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var n int
			_, _ = fmt.Sscan(r.URL.Query().Get("page"), &n)
			if n == 0 || tt.pages[min(n, len(tt.pages))-1] == "" {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, tt.pages[min(n, len(tt.pages))-1])
		}))
		g := &gather{}
		r := crawlTest(t, source(t, `
sources:
  - {name: api, kind: json, url: "http://BOARD/api?page={page}", fetch: {delay: 1ns, private: [127.0.0.1]}, items: data.jobs, columns: {id: id, title: name}}
`, host), g)
		if r.End != tt.end || r.Complete != (tt.says == "") || !strings.Contains(r.Why, tt.says) {
			t.Errorf("%s: %d postings, %+v", name, len(g.postings), r)
		}
	}
}

// TestEndOfBoards wants the end of each platform's list told.
func TestEndOfBoards(t *testing.T) {
	for platform, want := range map[string]job.End{"smartrecruiters": job.EndTotal, "greenhouse": job.EndTotal, "ashby": job.EndWhole, "teamtailor": job.EndNoNext} {
		if r := crawlTest(t, source(t, boardSource(platform), serve(t, apis[platform])), &gather{}); r.End != want || !r.Complete {
			t.Errorf("%s: %+v", platform, r)
		}
	}
}
