package crawler

import (
	"net/http"
	"strings"
	"testing"

	"jobsieve/crawler/ats"
)

// TestBoardsEmpty reads boards without a posting: they are read whole, and nothing
// has failed.
func TestBoardsEmpty(t *testing.T) {
	for _, platform := range ats.Platforms() {
		t.Run(platform, func(t *testing.T) {
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, &api{answer: apis[platform].answer})), g)
			if len(g.postings)+len(g.rejected)+len(r.Problems) > 0 || !r.Complete || r.Failed {
				t.Errorf("%d postings, rejected %q, receipt %+v", len(g.postings), g.rejected, r)
			}
			if r.Expected != nil && *r.Expected != 0 {
				t.Errorf("the board says it has %d postings", *r.Expected)
			}
		})
	}
}

// movedTo answers that every address but that of robots.txt is another now, which
// begins with a prefix.
func movedTo(prefix string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, prefix+r.URL.RequestURI(), http.StatusMovedPermanently)
	}
}

// TestBoardsMoved reads boards that have moved to another path of their host: they are
// read there.
func TestBoardsMoved(t *testing.T) {
	for _, platform := range ats.Platforms() {
		t.Run(platform, func(t *testing.T) {
			a := &api{total: 12, answer: apis[platform].answer}
			there := http.NewServeMux()
			there.Handle("/moved/", http.StripPrefix("/moved", a))
			there.Handle("/", movedTo("/moved"))
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, there)), g)
			if len(g.postings) != a.total || !r.Complete || r.Failed || len(r.Problems) > 0 {
				t.Errorf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
			}
		})
	}
}

// TestBoardsMovedAway reads boards that have moved to another host: the receipt names
// it. What is posted is posted to no other host, so such a board is not read.
func TestBoardsMovedAway(t *testing.T) {
	for _, platform := range ats.Platforms() {
		t.Run(platform, func(t *testing.T) {
			a := &api{total: 12, answer: apis[platform].answer}
			away := "http://" + serve(t, a)
			g := &gather{}
			r := crawlTest(t, source(t, boardSource(platform), serve(t, movedTo(away))), g)
			told := strings.Join(r.Problems, "\n")
			if strings.Count(told, "leads to another host, "+away) != 1 {
				t.Errorf("the receipt says %q, not that the board leads to %s", told, away)
			}
			c, _ := ats.Find(platform)
			posted := c.First(&ats.Board{}).Method == http.MethodPost
			if r.Failed != posted || (len(g.postings) != a.total) != posted {
				t.Errorf("%d postings, want %d; receipt %+v", len(g.postings), a.total, r)
			}
		})
	}
}
