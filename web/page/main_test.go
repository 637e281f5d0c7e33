package page

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"jobsieve/config"
	"jobsieve/desk"
	"jobsieve/indexer/chosen"
	"jobsieve/job"
	"jobsieve/ledger"
	"jobsieve/sampleboard"
)

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "page"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(folder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// deskOf makes a desk in a folder, with postings that its index has.
func deskOf(ctx context.Context, dir string, postings []job.Posting) (*desk.Desk, error) {
	c := config.Default()
	index := &chosen.Index{
		Config: c, Dir: dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Command: func(args ...string) string { return strings.Join(args, " ") },
	}
	d := &desk.Desk{Dir: dir, Config: c, Index: index}
	if len(postings) == 0 {
		return d, nil
	}
	reader, err := d.Reader()
	if err != nil {
		return nil, err
	}
	l, err := ledger.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	var entries []ledger.Entry
	for i := range postings {
		r := reader.Read(&postings[i])
		e := ledger.Entry{Posting: postings[i], Seen: time.Unix(1_790_000_000, 0), Reading: &r}
		if e.Posted = string(r.Facts.Posted); e.Posted != "" {
			e.PostedHow = job.DateStated
		}
		entries = append(entries, e)
	}
	_, err = l.Store(ctx, nil, entries)
	if err == nil {
		_, err = index.Sync(ctx, l, nil)
	}
	return d, errors.Join(err, l.Close())
}

// board is the page over the postings of the sample board.
var board = sync.OnceValues(func() (http.Handler, error) {
	all, err := sampleboard.Postings()
	if err != nil {
		return nil, err
	}
	var postings []job.Posting
	for i := range all {
		p := all[i].Job()
		p.Source, p.ID = "naukri-chowk", "naukri-chowk:"+p.ID
		postings = append(postings, p)
	}
	d, err := deskOf(context.Background(), folder, postings)
	return New(func() *desk.Desk { return d }), err
})

// sample is board for a test.
func sample(t *testing.T) http.Handler {
	t.Helper()
	h, err := board()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks for a page.
func get(t *testing.T, h http.Handler, url string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, http.NoBody)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

// tree reads the HTML of an answer.
func tree(t *testing.T, answer *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(answer.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// attribute gives an attribute of an element.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf gives the text in a node, with one space between words.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// elements gives the elements of a name.
func elements(root *html.Node, name string) (out []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			out = append(out, n)
		}
	}
	return out
}
