package crawler

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"jobsieve/config"
)

// Answer is how a server answered a request.
type Answer struct {
	// URL is the answer's address, after redirects.
	URL    string
	Status int
	// ETag, Modified and Robots are its headers ETag, Last-Modified and
	// X-Robots-Tag.
	ETag, Modified, Robots string
	Body                   []byte
	// At is when the body came; Asked, when it was last asked for.
	At, Asked time.Time
}

// Pages keeps the answers of a crawl. With them, one that was cut off can go on
// where it stopped, and be read again without the site. An error of it ends the
// crawl.
type Pages interface {
	// Keep keeps the answer to a request, which is a text that stands for it.
	// Status 304 leaves the body that was kept before.
	Keep(ctx context.Context, request string, a *Answer) error
	// Kept gives the answer that a request was given in this crawl.
	Kept(ctx context.Context, request string) (a Answer, ok bool, err error)
	// Last gives the newest answer to a request whose body is kept, from any
	// crawl.
	Last(ctx context.Context, request string) (a Answer, ok bool, err error)
}

// NotKeptError says that a page is not among those that are kept.
type NotKeptError struct{ URL string }

func (e *NotKeptError) Error() string {
	const format = "%s is not kept: the last crawl did not have it, or it is older than fetch.keep_pages says"
	return fmt.Sprintf(format, e.URL)
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
	a, ok, err := g.keptAnswer(request)
	confirmed := a.Status == http.StatusNotModified
	ok = ok && a.Status != notKept && (!confirmed || len(a.Body) > 0)
	switch {
	case err != nil:
		return nil, g.unread(err)
	case g.env.Offline && !ok:
		return nil, &NotKeptError{link}
	case !ok:
		return nil, nil
	}
	p, err := pageOf(&a)
	if err != nil {
		return nil, err
	}
	g.replayed++
	g.had++
	p.NotModified = confirmed && !g.env.Offline
	return p, nil
}

// keptAnswer gives the kept answer to a request; where the pages of a sitemap are read again,
// from any crawl, since not each asks for each of them.
func (g *getter) keptAnswer(request string) (Answer, bool, error) {
	a, ok, err := g.env.Pages.Kept(g.ctx, request)
	if err == nil && !ok && g.env.Offline && g.src.Kind == config.KindSitemap {
		return g.env.Pages.Last(g.ctx, request)
	}
	return a, ok, err
}

// last gives what an earlier crawl kept of a request; nil where its body is not
// kept, or where the server gave no means of asking whether it has changed.
func (g *getter) last(request string) (*page, error) {
	if g.env.Pages == nil || g.src.Fetch.Keep() == 0 {
		return nil, nil
	}
	a, ok, err := g.env.Pages.Last(g.ctx, request)
	if err != nil {
		return nil, g.unread(err)
	}
	if !ok || a.ETag+a.Modified == "" {
		return nil, nil
	}
	return pageOf(&a)
}

// unread gives the error of a kept page that could not be read: it is the sink's, unless the
// crawl is to end.
func (g *getter) unread(err error) error {
	if g.ctx.Err() != nil {
		return g.ctx.Err()
	}
	return &sinkError{err}
}

// pageOf gives a kept answer as a page. One that was confirmed later is the page
// that it was.
func pageOf(a *Answer) (*page, error) {
	at, err := url.Parse(a.URL)
	if err != nil {
		return nil, &sinkError{err}
	}
	header := http.Header{}
	for name, value := range map[string]string{"ETag": a.ETag, "Last-Modified": a.Modified, "X-Robots-Tag": a.Robots} {
		if value != "" {
			header.Set(name, value)
		}
	}
	p := &page{URL: at, Status: a.Status, Header: header, Body: a.Body, At: a.At, Asked: a.Asked}
	if p.Status == http.StatusNotModified {
		p.Status = http.StatusOK
	}
	return p, nil
}

// keep keeps an answer that would be the same if it were asked for again.
func (g *getter) keep(request string, p *page) error {
	if g.env.Pages == nil || !p.lasting() {
		return nil
	}
	g.had++
	a := &Answer{URL: g.src.Hide(p.URL.String()), Status: p.Status, At: p.At, Asked: p.Asked}
	a.ETag, a.Modified, a.Robots = p.Header.Get("ETag"), p.Header.Get("Last-Modified"), p.Header.Get("X-Robots-Tag")
	if p.whole() && !noIndexHeader(p.Header) {
		a.Body = p.Body
	}
	return g.put(request, a)
}

// notKept is the status of an answer that is not kept.
const notKept = 0

// drop takes a page that asks not to be stored out of what is kept. For a
// posting's page it is noted that it asks this; a list is asked for again.
func (g *getter) drop(link string, p *page, list bool) error {
	if g.env.Pages == nil || g.env.Offline {
		return nil
	}
	a := &Answer{URL: p.URL.String(), Status: http.StatusOK, Robots: "noindex", At: p.At, Asked: p.Asked}
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

// whole reports an answer that is a whole page. One that asks not to be stored
// has no body where it comes from what is kept.
func (p *page) whole() bool {
	return success(p.Status) && (len(bytes.TrimSpace(p.Body)) > 0 || noIndexHeader(p.Header))
}

// success reports the status of a page. 202 puts it off, 204 has none, and 206
// is a part of one, which was not asked for.
func success(status int) bool {
	return status == http.StatusOK || status == http.StatusNonAuthoritativeInfo
}

// lasting reports an answer that will not change by itself.
func (p *page) lasting() bool {
	switch p.Status {
	case http.StatusNotModified, http.StatusNotFound, http.StatusGone:
		return true
	}
	return p.whole()
}
