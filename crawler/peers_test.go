package crawler

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/internal/sharedtest"
	"jobsieve/job"
)

// peer is an input for one reader, in the manner of the tests of other projects.
type peer struct {
	Kind   string
	Driver string // names the reader
	Input  json.RawMessage
	Field  string // of what was read
	Want   json.RawMessage
}

// peerReaders say of each driver what its reader makes of an input: the value of the
// field that is asked for, or the postings that were read.
var peerReaders = map[string]func(t *testing.T, p *peer) any{
	"ats":       peerATS,
	"feed":      func(t *testing.T, p *peer) any { return peerFeed(t, []byte(decoded[string](t, p.Input))) },
	"feedbytes": peerFeedBytes,
	"html":      func(t *testing.T, p *peer) any { return peerPage(t, decoded[string](t, p.Input)) },
	"jsonld":    func(t *testing.T, p *peer) any { return peerPage(t, fmt.Sprintf(ldOf, p.Input)) },
	"recognise": peerRecognise,
	"robots":    peerRobots,
	"sitemap":   peerSitemap,
}

// otherDrivers are read by packages that are not the crawler's.
var otherDrivers = []string{"date", "pay"}

// TestPeers reads the inputs of the shared data that are for the crawler's readers, and
// wants of each the value that it gives.
func TestPeers(t *testing.T) {
	n := 0
	for i, p := range sharedtest.JSON[[]peer](t, "cases/peers.json") {
		read := peerReaders[p.Driver]
		if read == nil {
			if !slices.Contains(otherDrivers, p.Driver) {
				t.Errorf("case %d: unknown driver %q", i, p.Driver)
			}
			continue
		}
		n++
		t.Run(fmt.Sprintf("%d %s", i, p.Kind), func(t *testing.T) { p.check(t, read(t, &p)) })
	}
	if n < len(peerReaders) {
		t.Errorf("only %d cases for %d readers", n, len(peerReaders))
	}
}

// check compares what was read. Of postings it is the field of the first: a title or
// an address is wanted as it is, other texts as a part; "!" behind the name of a field
// wants them nowhere in it, and "n>=" wants so many postings.
func (p *peer) check(t *testing.T, got any) {
	t.Helper()
	postings, ok := got.([]job.Posting)
	if !ok {
		if diff := cmp.Diff(decoded[any](t, p.Want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p.Field, diff)
		}
		return
	}
	if p.Field == "n>=" {
		if len(postings) < decoded[int](t, p.Want) {
			t.Errorf("%d postings, want %s", len(postings), p.Want)
		}
		return
	}
	if len(postings) == 0 {
		t.Fatal("no posting was read")
	}
	field, without := strings.CutSuffix(p.Field, "!")
	want := decoded[string](t, p.Want)
	text, ok := peerText(&postings[0], field)
	whole := field == "Title" || field == "URL"
	if !ok || text == "" || whole && text != want || strings.Contains(text, want) == without {
		t.Errorf("%s: %q, want %q", p.Field, text, want)
	}
}

func peerText(p *job.Posting, field string) (text string, ok bool) {
	switch field {
	case "Title":
		return p.Title, true
	case "URL":
		return p.URL, true
	case "Location":
		return p.Location, true
	case "Description":
		return p.Description, true
	case "Salary":
		return p.Salary, true
	}
	return "", false
}

func decoded[T any](t *testing.T, body json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return v
}

var peerAt = &url.URL{Scheme: "https", Host: "e.example", Path: "/"}

func peerRobots(t *testing.T, p *peer) any {
	in := decoded[struct{ Body, Agent, URL string }](t, p.Input)
	at, err := url.Parse(in.URL)
	if err != nil {
		t.Fatal(err)
	}
	return fetch.ParseRobots([]byte(in.Body), in.Agent).Allowed(at.RequestURI())
}

func peerSitemap(t *testing.T, p *peer) any {
	read, err := extract.Sitemap(peerAt, []byte(decoded[string](t, p.Input)))
	if err != nil {
		t.Error(err)
	}
	var pages []any
	for _, e := range read.Pages {
		pages = append(pages, e.URL)
	}
	return pages
}

func peerPage(t *testing.T, body string) any {
	page, err := extract.NewPage(peerAt, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	postings, err := page.JobPostings()
	if err != nil {
		t.Error(err)
	}
	return postings
}

func peerFeed(t *testing.T, body []byte) any {
	postings, err := extract.Feed(peerAt, body)
	if err != nil {
		t.Error(err)
	}
	return postings
}

// peerFeedBytes reads a feed with a fault in it, which must be reported.
func peerFeedBytes(t *testing.T, p *peer) any {
	body, err := hex.DecodeString(decoded[string](t, p.Input))
	if err != nil {
		t.Fatal(err)
	}
	postings, err := extract.Feed(peerAt, body)
	if err == nil {
		t.Error("the fault of the feed is not reported")
	}
	return postings
}

func peerRecognise(t *testing.T, p *peer) any {
	board, ok := ats.Recognise(decoded[string](t, p.Input))
	if !ok {
		t.Error("it is not recognised")
	}
	return []any{board.Platform, board.Account, board.Site}
}

func peerATS(t *testing.T, p *peer) any {
	in := decoded[struct {
		Platform     string
		List, Detail json.RawMessage
	}](t, p.Input)
	c, ok := ats.Find(in.Platform)
	if !ok {
		t.Fatalf("no platform %q", in.Platform)
	}
	board := &ats.Board{Platform: in.Platform, Account: "acme", Site: "site", Base: "https://e.example"}
	page, err := c.Read(board, c.First(board), in.List)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Postings) > 0 && string(in.Detail) != "null" {
		if err := c.Detail(&page.Postings[0], in.Detail); err != nil {
			t.Error(err)
		}
	}
	return page.Postings
}
