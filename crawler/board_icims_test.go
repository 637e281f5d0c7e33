package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jobsieve/job"
)

// icimsSize is how many postings a list page of ours has.
const icimsSize = 20

// icimsAPI is a board in the form of iCIMS: list pages that say how many there are, and
// a page for each posting.
var icimsAPI = &api{total: 65, answer: icimsAnswer("<h2 class='iCIMS_SubHeader_Jobs'>Search Results Page %d of %d</h2>")}

// icimsAnswer makes the pages of such a board; count is how a list page says its number
// and how many there are.
func icimsAnswer(count string) func(a *api, r *http.Request) any {
	return func(a *api, r *http.Request) any {
		if strings.HasSuffix(r.URL.Path, "/job") {
			return "<html><h2 class='iCIMS_InfoField_Job'>Overview</h2><div class='iCIMS_Expandable_Text'>Answer calls.</div></html>"
		}
		if query(r, "in_iframe") != 1 {
			return "<html><iframe id='icims_content_iframe'></iframe></html>"
		}
		page := query(r, "pr")
		list := "<html><body>"
		if count != "" {
			list += fmt.Sprintf(count, page+1, (a.total+icimsSize-1)/icimsSize)
		}
		list += "<ul class='iCIMS_JobsTable'>"
		for _, one := range a.items(page*icimsSize, icimsSize, func(i int) m { return m{"id": i + 1, "title": title(i)} }) {
			list += fmt.Sprintf("<li class='iCIMS_JobCardItem'><a href='/jobs/%d/associate/job?in_iframe=1'><h3>%s</h3></a></li>",
				one["id"], one["title"])
		}
		return list + "</ul></body></html>"
	}
}

// TestICIMSEnds reads boards to their end: by the number of pages that they state, and
// where they state none, until a page is empty.
func TestICIMSEnds(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(a *api, r *http.Request) any
		end    job.End
		pages  int
	}{
		"stated":     {icimsAPI.answer, job.EndNoNext, 4},
		"not stated": {icimsAnswer(""), job.EndEmpty, 5},
	} {
		g := &gather{}
		r := crawlTest(t, source(t, boardSource("icims"), serve(t, &api{total: 65, answer: tt.answer})), g)
		if len(g.postings) != 65 || !r.Complete || r.End != tt.end || r.Pages != tt.pages {
			t.Errorf("%s: %d postings, receipt %+v", name, len(g.postings), r)
		}
		if !slices.ContainsFunc(g.postings, func(p *job.Posting) bool { return p.Description == "Overview\nAnswer calls." }) {
			t.Errorf("%s: no posting has the texts of its page", name)
		}
	}
}

// TestICIMSIsNot reads pages that are no list, and lists that break off: each is told as
// such, and none is complete.
func TestICIMSIsNot(t *testing.T) {
	list := "<html>Page %d of 9<ul class='iCIMS_JobsTable'>%s</ul></html>"
	card := "<li class='iCIMS_JobCardItem'><a href='/jobs/1/clerk/job'><h3>Clerk</h3></a></li>"
	for name, tt := range map[string]struct {
		first, second, says string
	}{
		"moved":          {`<script>window.top.location.href = 'https:\/\/careers.example.org\/'</script>`, "", `"https://careers.example.org/": probe that address`},
		"a login":        {"<div class='iCIMS_Login'><input type='password'></div>", "", "shows a login form instead of postings"},
		"another page":   {"<p>Welcome to our careers site", "", "not the list that this platform gives"},
		"breaks off":     {fmt.Sprintf(list, 1, card), fmt.Sprintf(list, 2, ""), "says that there are 9 pages, and has no posting"},
		"repeats itself": {fmt.Sprintf(list, 1, card), fmt.Sprintf(list, 2, card), "brought nothing new"},
	} {
		a := &api{answer: func(_ *api, r *http.Request) any {
			if query(r, "pr") > 0 {
				return tt.second
			}
			return tt.first
		}}
		a.requests = 4 // past the faults that every board plays
		g := &gather{}
		r := crawlTest(t, source(t, boardSource("icims"), serve(t, a)), g)
		says := strings.Join(append(r.Problems, r.Why), "\n")
		if r.Complete || !strings.Contains(says, tt.says) {
			t.Errorf("%s: %d postings, says %s; %+v", name, len(g.postings), says, r)
		}
	}
}
