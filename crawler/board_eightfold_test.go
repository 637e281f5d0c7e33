package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jobsieve/job"
)

// eightfoldBoard is a board that answers in both forms of the platform; data is what its
// careers page is given, by which they are told apart.
func eightfoldBoard(data string) *api {
	return &api{total: 35, answer: func(a *api, r *http.Request) any {
		switch {
		case r.URL.Path == "/careers":
			return "<html><div id='root'></div>" + data + "<script src='/gen/app.js'></script></html>"
		case r.URL.Path == "/api/apply/v2/jobs":
			return m{"count": a.total, "positions": a.items(query(r, "start"), query(r, "num"), func(i int) m { return m{"id": i + 1, "name": title(i)} })}
		case strings.HasPrefix(r.URL.Path, "/api/pcsx/") && r.URL.Query().Get("domain") != "acme.com":
			return m{"messages": m{"domain": []string{"Missing data for required field."}}}
		case r.URL.Path == "/api/pcsx/position_details":
			return m{"status": 200, "data": m{"jobDescription": "<p>Answer calls.</p>"}}
		case r.URL.Path == "/api/pcsx/search":
			return m{"status": 200, "data": m{"count": a.total, "positions": a.items(query(r, "start"), 10, func(i int) m { return m{"id": i + 1, "name": title(i)} })}}
		}
		return m{"job_description": "<p>Answer calls.</p>"}
	}}
}

// TestEightfoldForms reads boards of both forms to their end: told apart by the careers
// page, or as the source says.
func TestEightfoldForms(t *testing.T) {
	const newer = `<code id="pcsx-data" style="display:none;" data-nosnippet>{&#34;domain&#34;: &#34;acme.com&#34;, &#34;n&#34;: 1}</code>`
	const older = `<code id="smartApplyData">{&#34;positions&#34;: [], &#34;domain&#34;: &#34;acme.com&#34;}</code>`
	for name, tt := range map[string]struct {
		data, board, says string
	}{
		"newer":                     {newer, "", ""},
		"newer, one page":           {newer, "pages: 1", "stopped after 1 pages"},
		"older":                     {older, "", ""},
		"newer, said":               {"", "site: pcsx, account: acme.com", ""},
		"older, said":               {"", "site: apply", ""},
		"newer, said, no domain":    {newer, "site: pcsx", ""},
		"neither":                   {"<p>Welcome</p>", "", "give site: pcsx with the account, or site: apply"},
		"newer, damaged":            {`<code id=pcsx-data>{"domain": </code>`, "", "does not say the board's domain"},
		"newer, damaged, but given": {`<code id=pcsx-data>{"domain": </code>`, "account: acme.com", ""},
	} {
		pages := "pages: 50"
		if strings.Contains(tt.board, "pages") {
			pages = ""
		}
		yaml := fmt.Sprintf("sources:\n  - {name: board, kind: ats, platform: eightfold, %s, url: \"http://BOARD\", fetch: {delay: 1ns, private: [127.0.0.1]}}\n",
			strings.Trim(tt.board+", "+pages, ", "))
		a := eightfoldBoard(tt.data)
		g := &gather{}
		r := crawlTest(t, source(t, yaml, serve(t, a)), g)
		says := strings.Join(append(r.Problems, r.Why), "\n")
		switch {
		case tt.says != "":
			if r.Complete || !strings.Contains(says, tt.says) {
				t.Errorf("%s: %d postings, says %s", name, len(g.postings), says)
			}
		case len(g.postings) != 35 || r.End != job.EndTotal || !r.Complete || g.postings[34].Description != "Answer calls.":
			t.Errorf("%s: %d postings, receipt %+v", name, len(g.postings), r)
		}
		if name == "newer, one page" && len(g.postings) != 10 {
			t.Errorf("%s: %d postings, want the first 10", name, len(g.postings))
		}
	}
}

// TestEightfoldAsked wants the list asked to which the first answer of a board leads, not the
// board taken for an empty one. The list of this one is busy.
func TestEightfoldAsked(t *testing.T) {
	host := serve(t, eightfoldBoard(`<code id="smartApplyData">{}</code>`))
	r := askAll(t, fmt.Sprintf("  - {name: board, kind: ats, platform: eightfold, url: %q}\n", "http://"+host))["board"]
	if r.State != ReplyBusy || !strings.Contains(r.Why, "/api/apply/v2/jobs") {
		t.Errorf("%+v", r)
	}
}

// TestEightfoldWithAQuery reads a board whose url has a query, behind which nothing can be
// asked for: the careers page does not lead to itself for ever.
func TestEightfoldWithAQuery(t *testing.T) {
	const data = `<code id="pcsx-data">{&#34;domain&#34;: &#34;acme.com&#34;}</code>`
	const yaml = `sources: [{name: board, kind: ats, platform: eightfold, url: "http://BOARD/careers?hl=en", fetch: {delay: 1ns, private: [127.0.0.1]}}]`
	asked := 0
	host := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/careers" {
			asked++
		}
		if asked > 3 {
			http.Error(w, "enough", http.StatusForbidden)
			return
		}
		fmt.Fprint(w, data)
	}))
	r := crawlTest(t, source(t, yaml, host), &gather{})
	if asked != 2 || !r.Failed || !strings.Contains(r.Why, "without ? and #") {
		t.Errorf("asked for %d times, %q", asked, r.Why)
	}
}
