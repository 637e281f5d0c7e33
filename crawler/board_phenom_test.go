package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

var phenomAPI = &api{total: 330, answer: func(a *api, r *http.Request) any {
	var ask struct {
		DDOKey, JobSeqNo string
		From, Size       int
	}
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		return "<html>expected JSON by POST</html>"
	}
	if ask.DDOKey == "jobDetail" {
		return m{"jobDetail": m{"data": m{"job": m{"description": "<p>Answer calls of " + ask.JobSeqNo + ".</p>"}}}}
	}
	return m{"refineSearch": phenomList(a, ask.From, ask.Size)}
}}

// phenomList is a part of a board of ours, as both its API and its pages have it.
func phenomList(a *api, from, size int) m {
	return m{"totalHits": a.total, "data": m{"jobs": a.items(from, size, func(i int) m {
		id := fmt.Sprintf("R%d", i)
		return m{"jobSeqNo": "ACME" + id, "jobId": id, "title": title(i), "locale": "en_IN"}
	})}}
}

// TestPhenomLinks wants of each posting the address of its own page as what led to it,
// though the API has one address for all.
func TestPhenomLinks(t *testing.T) {
	a := &api{total: 12, answer: phenomAPI.answer}
	g := &gather{}
	host := serve(t, a)
	r := crawlTest(t, source(t, boardSource("phenom"), host), g)
	if len(g.sights) != a.total || !r.Complete {
		t.Fatalf("%d postings; receipt %+v", len(g.sights), r)
	}
	for i, at := range g.sights {
		want := fmt.Sprintf("http://%s/in/en/job/R%d", host, i)
		if at.Link != want || g.postings[i].Description != fmt.Sprintf("Answer calls of ACMER%d.", i) {
			t.Errorf("%s led to %q, want %s", at.Link, g.postings[i].Description, want)
		}
	}
}

// TestPhenomPages reads a board's pages, where url names them: the lists and the
// postings.
func TestPhenomPages(t *testing.T) {
	a := &api{total: 34, answer: func(a *api, r *http.Request) any {
		state := m{"eagerLoadRefineSearch": phenomList(a, query(r, "from"), 10)}
		if id, ok := strings.CutPrefix(r.URL.Path, "/in/en/job/"); ok {
			state = m{"jobDetail": m{"data": m{"job": m{"jobId": id, "description": "<p>Answer calls of " + id + ".</p>"}}}}
		}
		text, _ := json.Marshal(state)
		return `<html><script>var phApp = {}; phApp.ddo = ` + string(text) + `; phApp.experimentData = {};</script></html>`
	}}
	src := strings.Replace(boardSource("phenom"), "http://BOARD", "http://BOARD/in/en/search-results", 1)
	g := &gather{}
	r := crawlTest(t, source(t, src, serve(t, a)), g)
	if len(g.postings) != a.total || !r.Complete || r.Failed {
		t.Fatalf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
	}
	for i, p := range g.postings {
		if want := fmt.Sprintf("Answer calls of R%d.", i); p.Description != want {
			t.Errorf("%s: %q, want %q", p.URL, p.Description, want)
		}
	}
}
