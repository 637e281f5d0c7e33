package ats

import (
	"strings"
	"testing"
)

// TestNoBoard wants an error, and no empty board, of answers by which platforms say
// that they give none. Postings that are no longer listed would be taken for closed.
func TestNoBoard(t *testing.T) {
	for name, tt := range map[string]struct{ platform, body, says string }{
		"no portal":   {"peoplestrong", `{"response": null, "messageCode": {"code": 201}}`, "the host has no such board"},
		"no tenant":   {"keka", `<html><title>Invalid Tenant</title></html>`, "not the JSON that this platform gives"},
		"no session":  {"phenom", `{"refineSearch": {"tokenAvailable": false}}`, "has nothing for the list"},
		"no postings": {"phenom", `{"refineSearch": {"totalHits": 3, "data": {"jobs": {}}}}`, "has an object for the list"},
		"no search":   {"phenom", `{"status": "failure"}`, "has nothing for the list"},
		"no state":    {"phenom", `<html><script>var phApp = {};</script></html>`, "neither JSON nor a page that carries phApp.ddo"},
		"nothing":     {"phenom", ``, "neither JSON nor a page"},
	} {
		b := &Board{Account: "acme", Base: "https://careers.example.org"}
		c, _ := Find(tt.platform)
		_, err := c.Read(b, c.First(b), []byte(tt.body))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}

// TestPhenomEmpty reads a board without a posting, and the answer beyond what Phenom gives
// of a board: the 0 that it says there is not how many there are.
func TestPhenomEmpty(t *testing.T) {
	b := &Board{Base: "https://careers.example.org"}
	for from, total := range map[int]bool{0: true, 9900: false} {
		p, err := readPhenom(b, phenomRequest(b, from), []byte(`{"refineSearch": {"totalHits": 0, "data": {}}}`))
		if err != nil || (p.Total != nil) != total || len(p.Postings) > 0 || p.Next != nil {
			t.Errorf("from %d: %+v, %v", from, p, err)
		}
	}
}

// TestPhenomQuery wants what is searched for in both forms of request.
func TestPhenomQuery(t *testing.T) {
	pages := phenomRequest(&Board{Base: "https://careers.example.org/in/en/search-results", Query: "back office"}, 20)
	if want := "https://careers.example.org/in/en/search-results?from=20&keywords=back+office&s=1"; pages.URL != want {
		t.Errorf("%s, want %s", pages.URL, want)
	}
	asked := phenomRequest(&Board{Base: "https://careers.example.org", Query: "back office"}, 200)
	if !strings.Contains(string(asked.Body), `"from":200`) || !strings.Contains(string(asked.Body), `"keywords":"back office"`) {
		t.Errorf("%s", asked.Body)
	}
}
