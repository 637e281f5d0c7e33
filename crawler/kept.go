package crawler

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Answer is what a server answered to a request.
type Answer struct {
	// URL is where the answer stands, after redirects.
	URL    string
	Status int
	Validator
	// Robots is its X-Robots-Tag.
	Robots string
	Body   []byte
	// At is when the body came.
	At time.Time
}

// Pages keeps the answers of a crawl. They let one that was cut off go on where
// it stopped, and be read again without the site. An error of it ends the crawl.
type Pages interface {
	// Keep keeps the answer to a request, which is a text that stands for it.
	// Status 304 leaves the body that was kept before.
	Keep(ctx context.Context, request string, a *Answer) error
	// Kept gives the answer that a request was given in this crawl.
	Kept(ctx context.Context, request string) (a Answer, ok bool, err error)
}

// NotKeptError says that a page is not among those that are kept.
type NotKeptError struct{ URL string }

func (e *NotKeptError) Error() string {
	return fmt.Sprintf("%s is not kept: the last crawl did not have it, or it is older than fetch.keep_pages says", e.URL)
}

// requestOf stands for a request. It is a hash: an address may hold a key.
func requestOf(method, link string, body []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n%s", method, link, body)
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
}

// kept gives the page of a request from what is kept; nil where the site must
// be asked.
func (g *getter) kept(request, link string) (*page, error) {
	if g.env.Pages == nil || !g.env.Resumed && !g.env.Offline {
		return nil, nil
	}
	a, ok, err := g.env.Pages.Kept(g.ctx, request)
	ok = ok && a.Status != notKept
	switch {
	case err != nil:
		return nil, &sinkError{err}
	case g.env.Offline && (!ok || len(a.Body) == 0 && a.Status == http.StatusNotModified):
		return nil, &NotKeptError{link}
	case !ok:
		return nil, nil
	case g.env.Offline && a.Status == http.StatusNotModified:
		a.Status = http.StatusOK
	}
	at, err := url.Parse(a.URL)
	if err != nil {
		return nil, &sinkError{err}
	}
	g.replayed++
	header := http.Header{}
	for name, value := range map[string]string{"ETag": a.ETag, "Last-Modified": a.Modified, "X-Robots-Tag": a.Robots} {
		if value != "" {
			header.Set(name, value)
		}
	}
	return &page{URL: at, Status: a.Status, Header: header, Body: a.Body, At: a.At}, nil
}

// keep keeps an answer that would be the same if it were asked for again.
func (g *getter) keep(request string, p *page) error {
	if g.env.Pages == nil || !lasting(p.Status) {
		return nil
	}
	a := &Answer{URL: g.src.Hide(p.URL.String()), Status: p.Status, Validator: p.validator(), Robots: p.Header.Get("X-Robots-Tag"), At: p.At}
	if success(p.Status) && !noIndexHeader(p.Header) {
		a.Body = p.Body
	}
	return g.put(request, a)
}

// notKept is the status of an answer that is not kept.
const notKept = 0

// drop takes a page that asks not to be stored out of what is kept. Of a
// posting's page it is kept that it asks so; a list is asked for again.
func (g *getter) drop(link string, p *page, list bool) error {
	if g.env.Pages == nil || g.env.Offline {
		return nil
	}
	a := &Answer{URL: p.URL.String(), Status: http.StatusOK, Robots: "noindex", At: p.At}
	if list {
		a.Status = notKept
	}
	return g.put(requestOf(http.MethodGet, link, nil), a)
}

func (g *getter) put(request string, a *Answer) error {
	if err := g.env.Pages.Keep(context.WithoutCancel(g.ctx), request, a); err != nil {
		return &sinkError{err}
	}
	return nil
}

func success(status int) bool { return status >= 200 && status < 300 }

// lasting reports an answer that does not pass by itself.
func lasting(status int) bool {
	return success(status) || status == http.StatusNotModified || status == http.StatusNotFound || status == http.StatusGone
}
