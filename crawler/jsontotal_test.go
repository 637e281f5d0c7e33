package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jobsieve/job"
)

// TestJSONTotals wants a list complete when as many postings were read as the answer
// states, and never where it states that there are more.
func TestJSONTotals(t *testing.T) {
	const (
		a      = `{"total":3,"jobs":[{"id":1,"name":"A"}]}`
		bc     = `{"total":3,"jobs":[{"id":2,"name":"B"},{"id":3,"name":"C"}]}`
		ab     = `{"total":3,"jobs":[{"id":1,"name":"A"},{"id":2,"name":"B"}]}`
		none   = `{"total":0,"jobs":[]}`
		silent = `{"jobs":[{"id":1,"name":"A"}]}`
	)
	for name, tt := range map[string]struct {
		pages    []string // the last one for ever; those of one answer have no number
		total    string
		end      job.End
		says     string
		problem  string
		expected int
		asked    int
	}{
		"as many as stated":      {[]string{a, bc}, "total", job.EndTotal, "", "", 3, 2},
		"an empty page too soon": {[]string{a, none}, "total", "", "the board says it has 3 postings, 1 was seen", "", 3, 2},
		"the last page again":    {[]string{a, ab}, "total", "", "the board says it has 3 postings, 2 were seen", "", 3, 4},
		"more than stated": {[]string{strings.Replace(ab, ":3,", ":1,", 1), strings.Replace(bc, ":3,", ":1,", 1), none},
			"total", job.EndEmpty, "", "the board says it has 1 posting, 3 were seen", 1, 3},
		"it changes": {[]string{a, strings.Replace(bc, ":3,", ":4,", 1), `{"total":4,"jobs":[{"id":4,"name":"D"}]}`},
			"total", job.EndTotal, "", "the board said 3 postings, then 4", 4, 3},
		"no total there":         {[]string{a, none}, "meta.total", "", `there is no number at total "meta.total"`, "", 0, 2},
		"no total is configured": {[]string{a, none}, "", job.EndEmpty, "", "", 0, 2},

		"one answer, all":        {[]string{strings.Replace(a, ":3,", ":1,", 1)}, "total", job.EndWhole, "", "", 1, 0},
		"one answer, a part":     {[]string{a}, "total", "", "the board says it has 3 postings, 1 was seen", "", 3, 0},
		"one answer, no total":   {[]string{silent}, "total", "", `there is no number at total "total"`, "", 0, 0},
		"one answer, more":       {[]string{strings.Replace(ab, ":3,", ":1,", 1)}, "total", job.EndWhole, "", "the board says it has 1", 1, 0},
		"not configured, a part": {[]string{a}, "", "", "the answer states 3 postings (total), and only 1 was read: {page} in url", "", 3, 0},
		"not configured, all":    {[]string{strings.Replace(a, ":3,", ":1,", 1)}, "", job.EndWhole, "", "", 0, 0},
		"not configured, less":   {[]string{strings.Replace(ab, ":3,", ":1,", 1)}, "", job.EndWhole, "", "", 0, 0},
		"not configured, silent": {[]string{silent}, "", job.EndWhole, "", "", 0, 0},
		"a next page": {[]string{`{"count":1,"links":{"next":"/2"},"jobs":[{"id":1,"name":"A"}]}`}, "", "",
			"the answer states that more pages follow (links.next), and only one was read", "", 0, 0},
	} {
		asked := 0
		host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			n := 1
			if _, err := fmt.Sscan(r.URL.Query().Get("page"), &n); err == nil {
				asked++
			}
			fmt.Fprint(w, tt.pages[min(n, len(tt.pages))-1])
		}))
		query := "?page={page}"
		if tt.asked == 0 {
			query = ""
		}
		if tt.total != "" {
			tt.total = "total: " + tt.total + ", "
		}
		r := crawlTest(t, source(t, `
sources:
  - {name: api, kind: json, url: "http://BOARD/api`+query+`", fetch: {delay: 1ns, private: [127.0.0.1]}, items: jobs, `+tt.total+
			`columns: {id: id, title: name}}
`, host), &gather{})
		expected := 0
		if r.Expected != nil {
			expected = *r.Expected
		}
		told := strings.Join(r.Problems, "\n")
		if r.End != tt.end || r.Complete != (tt.says == "") || !strings.Contains(r.Why, tt.says) || expected != tt.expected ||
			asked != tt.asked || !strings.Contains(told, tt.problem) || tt.problem == "" && told != "" {
			t.Errorf("%s: expected %d, asked %d, %+v", name, expected, asked, r)
		}
	}
}
