package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strings"
	"testing"
)

// zohoAPI is a career site in the form of Zoho Recruit: one list of all openings, and
// for each a page whose script is given the opening.
var zohoAPI = &api{total: 45, answer: func(a *api, r *http.Request) any {
	id := path.Base(r.URL.Path)
	if strings.Contains(r.URL.Path, "/jobs/") {
		opening, _ := json.Marshal([]m{{"id": id, "Job_Description": "<p>Answer calls.</p>", "City": "Pune", "Country": "India"}})
		text := strings.NewReplacer(`\`, `\\`, `"`, `\x22`, `<`, `\x3c`).Replace(string(opening))
		return "<html><script>var jobs = JSON.parse('" + text + "');</script></html>"
	}
	return m{"code": "success", "data": a.items(0, a.total, func(i int) m {
		return m{"id": fmt.Sprint(596430000000000000 + i), "Posting_Title": title(i), "Date_Opened": "23/11/2026"}
	})}
}}

// TestZohoPage wants what a posting's page says, which the list lacks.
func TestZohoPage(t *testing.T) {
	g := &gather{}
	crawlTest(t, source(t, boardSource("zoho"), serve(t, &api{total: 1, answer: zohoAPI.answer})), g)
	if len(g.postings) != 1 {
		t.Fatalf("%d postings", len(g.postings))
	}
	p := g.postings[0]
	if p.Description != "Answer calls." || p.Location != "Pune, India" || p.Posted != "2026-11-23" ||
		!strings.HasSuffix(p.URL, "/jobs/jobs/596430000000000000") {
		t.Errorf("%+v", p)
	}
}
