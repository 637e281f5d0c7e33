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

// TestEmptyBoard reads boards without a posting.
func TestEmptyBoard(t *testing.T) {
	for platform, body := range map[string]string{
		"keka":         `[]`,
		"peoplestrong": `{"totalRecords": 0, "response": []}`,
		"phenom":       `{"refineSearch": {"status": 200, "totalHits": 0, "data": {}}}`,
	} {
		b := &Board{Account: "acme", Base: "https://careers.example.org"}
		c, _ := Find(platform)
		p, err := c.Read(b, c.First(b), []byte(body))
		if err != nil || len(p.Postings)+len(p.Faults) > 0 || p.Next != nil {
			t.Errorf("%s: %+v, %v", platform, p, err)
		}
	}
}

// TestPhenomBeyond reads the answer beyond what Phenom gives of a board: it says 0, which
// is not how many postings there are.
func TestPhenomBeyond(t *testing.T) {
	b := &Board{Base: "https://careers.example.org"}
	p, err := readPhenom(b, phenomRequest(b, 9900), []byte(`{"refineSearch": {"totalHits": 0, "data": {"jobs": []}}}`))
	if err != nil || p.Total != nil {
		t.Errorf("%+v, %v", p, err)
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
