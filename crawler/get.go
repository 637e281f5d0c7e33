package crawler

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
)

// getter fetches the pages of one source, one after the other, through colly
// and the polite transport below it.
type getter struct {
	ctx       context.Context
	src       *config.Source
	env       Env
	collector *colly.Collector
	transport *fetch.Transport
	got       *page
	err       error
	at        time.Time // when the last page came
	replayed  int       // pages that came from what is kept
	asked     int       // pages that the site was asked for
	had       int       // lasting answers that this crawl was given, in all of its slices
}

// page is an answer.
type page struct {
	URL    *url.URL
	Status int
	Header http.Header
	Body   []byte
	// At is when the body came; Asked, when the server last stood by it.
	At, Asked time.Time
	// NotModified says that the server was asked now whether the body that was
	// kept is still right, and answered that it is.
	NotModified bool
}

// StatusError says that a server answered with a status other than success, or
// with success and nothing.
type StatusError struct {
	URL  string
	Code int
	// After is how long the server asks to be left alone, 0 where it does not.
	After time.Duration
}

// answered says what the server answered.
func (e *StatusError) answered() string {
	s := fmt.Sprintf("%s answered %d %s", e.URL, e.Code, http.StatusText(e.Code))
	if success(e.Code) {
		s += " and an empty page"
	}
	if e.After > 0 {
		s += fmt.Sprintf("; it asks to be left alone for %s", e.After.Round(time.Second))
	}
	return s
}

func (e *StatusError) Error() string {
	if e.blocks() {
		return e.answered() + ": the site does not want to be read; ask its owner, or leave the source out"
	}
	return e.answered()
}

// WallError says that instead of postings a page shows something that is not
// meant for programs.
type WallError struct {
	URL  string
	Wall extract.Wall
}

func (e *WallError) Error() string {
	advice := ", which is not for programs; ask the site's owner, or leave the source out"
	if e.Wall == extract.WallScript {
		advice = "; look for its JSON, a feed or a sitemap (docs/sources.md)"
	}
	return fmt.Sprintf("no posting on %s: it shows %s%s", e.URL, e.Wall, advice)
}

// blocks reports an answer by which a site shuts a crawler out.
func (e *StatusError) blocks() bool {
	switch e.Code {
	case http.StatusUnauthorized, http.StatusForbidden,
		http.StatusTooManyRequests, http.StatusUnavailableForLegalReasons:
		return true
	}
	return false
}

// The limits of a request.
const (
	maxRedirects = 5
	retries      = 3
)

// requestGrace is how long a request under way may take when its crawl is to end.
const requestGrace = time.Second

// outliving gives a context that ends requestGrace after ctx does.
func outliving(ctx context.Context) context.Context {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() { time.AfterFunc(requestGrace, cancel) })
	return late
}

func newGetter(ctx context.Context, src *config.Source, env Env) *getter {
	tries := retries
	if env.once {
		tries = 0
	}
	g := &getter{ctx: ctx, src: src, env: env, transport: fetch.New(fetch.Options{
		Contact: env.Contact, Version: env.Version,
		Delay: durationOf(src.Fetch.Delay), Timeout: durationOf(src.Fetch.Timeout),
		MaxBytes: src.Fetch.MaxBytes, Private: src.Fetch.Private, Retries: tries,
		Hosts: env.Hosts, Stop: ctx, Sleep: env.Sleep, Now: env.Now,
	})}
	c := colly.NewCollector()
	// Set after NewCollector, which reads COLLY_ variables of the environment.
	c.Context = outliving(ctx)
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true // the transport keeps it
	c.MaxBodySize = 0        // the transport caps it
	c.CacheDir = ""
	c.MaxDepth = 0
	c.Async = false
	c.DetectCharset = false // the transport converts texts to UTF-8
	c.ParseHTTPErrorResponse = true
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.SetCookieJar(fetch.NewJar())
	c.WithTransport(g.transport)
	c.SetRequestTimeout(0) // the transport limits each try
	c.SetRedirectHandler(redirected)
	c.OnResponse(func(r *colly.Response) {
		g.got = answered(r, env.Now())
	})
	c.OnError(func(r *colly.Response, err error) {
		if r.StatusCode != 0 && r.Headers != nil {
			g.got = answered(r, env.Now())
			return
		}
		g.err = err
	})
	g.collector = c
	return g
}

// redirected looks at the request that follows a redirect before it is sent.
func redirected(next *http.Request, via []*http.Request) error {
	if next.URL.Scheme != "http" && next.URL.Scheme != "https" {
		return fmt.Errorf("it redirects to %s, which is not on the web", next.URL)
	}
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	return keepPost(next, via[0], via[len(via)-1])
}

// keepPost lets a POST that has moved for good within its host stay one: net/http makes a
// GET of it. Nothing is posted that does more than ask.
func keepPost(next, first, last *http.Request) error {
	moved := next.Response.StatusCode == http.StatusMovedPermanently && next.URL.Host == first.URL.Host
	if !moved || last.Method != http.MethodPost || first.GetBody == nil {
		return nil
	}
	body, err := first.GetBody()
	if err != nil {
		return err
	}
	next.Method, next.Body, next.GetBody, next.ContentLength = last.Method, body, first.GetBody, first.ContentLength
	next.Header.Set("Content-Type", first.Header.Get("Content-Type"))
	return nil
}

// sight is when a posting was seen on the page; dated says that its date is
// stated by the page, rather than by the list that leads there.
func (p *page) sight(dated bool) Sight {
	if dated {
		return Sight{Seen: p.Asked, Written: p.At}
	}
	return Sight{Seen: p.Asked, Written: p.Asked}
}

func answered(r *colly.Response, now time.Time) *page {
	return &page{URL: r.Request.URL, Status: r.StatusCode, Header: *r.Headers, Body: r.Body, At: now, Asked: now}
}

// page fetches a page. Its error is a *StatusError where the answer isn't a
// success.
func (g *getter) page(link string) (*page, error) {
	return g.send(getOf(link))
}

// getOf is the request for a page.
func getOf(link string) *ats.Request { return &ats.Request{Method: http.MethodGet, URL: link} }

// send sends a request, unless this crawl has its answer.
func (g *getter) send(r *ats.Request) (*page, error) { return g.through(r, false) }

// again sends a request whose answer an earlier crawl may have kept. The server
// may say that nothing has changed since; the answer is then the one kept.
func (g *getter) again(r *ats.Request) (*page, error) { return g.through(r, true) }

func (g *getter) through(r *ats.Request, again bool) (*page, error) {
	request, link := requestOf(r.Method, r.URL, r.Body), r.URL
	got, err := g.kept(request, link)
	if got != nil && !again && len(got.Body) == 0 && got.whole() && !g.env.Offline {
		got = nil // a list that asks not to be stored is asked for again
	}
	if err == nil && got == nil {
		var last *page
		if again {
			last, err = g.last(request)
		}
		if err == nil {
			got, err = g.fetch(request, r, last)
		}
	}
	if err != nil {
		g.env.Log.Debug("page not had", "source", g.src.Name, "url", g.src.Hide(link), "error", g.src.Hide(err.Error()))
		return nil, err
	}
	g.env.Log.Debug("page", "source", g.src.Name, "url", g.src.Hide(link), "status", got.Status, "bytes", len(got.Body))
	g.at = got.Asked
	if got.whole() {
		return got, nil
	}
	after, _ := fetch.RetryAfter(got.Header.Get("Retry-After"), g.env.Now())
	return nil, &StatusError{link, got.Status, after}
}

// fetch asks the server and keeps what it answers. last is what an earlier crawl
// kept, nil for nothing.
func (g *getter) fetch(request string, r *ats.Request, last *page) (*page, error) {
	g.asked++
	got, err := g.ask(r, last)
	moved := err == nil && last != nil && g.src.Hide(got.URL.String()) != last.URL.String()
	if moved && got.Status == http.StatusNotModified {
		// The address leads elsewhere now: what has not changed is another page.
		last = nil
		got, err = g.ask(r, nil)
	}
	if err == nil {
		err = g.keep(request, got)
	}
	if err != nil || got.Status != http.StatusNotModified {
		return got, err
	}
	return last.confirmed(got), nil
}

// confirmed gives a kept page with what the server said when it answered that
// the page has not changed.
func (p *page) confirmed(by *page) *page {
	for name, values := range by.Header {
		p.Header[name] = values
	}
	p.Asked, p.NotModified = by.Asked, true
	return p
}

// What a request says that it accepts.
const (
	accept         = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"
	acceptLanguage = "en-IN,en;q=0.9,hi;q=0.8"
)

// ask sends a request to its server. Where last is given its status may be 304,
// which says that last is still right.
func (g *getter) ask(r *ats.Request, last *page) (*page, error) {
	g.got, g.err = nil, nil
	headers := http.Header{"Accept": {cmp.Or(r.Accept, accept)}, "Accept-Language": {acceptLanguage}}
	if last != nil {
		for name, condition := range conditions {
			if v := last.Header.Get(name); v != "" {
				headers.Set(condition, v)
			}
		}
	}
	if login := g.src.Authorization(r.URL); login != "" {
		headers.Set("Authorization", login)
	}
	var content io.Reader
	if len(r.Body) > 0 {
		content = bytes.NewReader(r.Body)
		headers.Set("Content-Type", "application/x-www-form-urlencoded")
		if json.Valid(r.Body) {
			headers.Set("Content-Type", "application/json")
		}
		headers.Set("Accept", "application/json")
	}
	err := g.collector.Request(r.Method, r.URL, content, nil, headers)
	switch {
	case g.got == nil && g.err != nil:
		return nil, unwrapURL(g.err)
	case g.got == nil && err != nil:
		return nil, unwrapURL(err)
	case g.got == nil:
		return nil, fmt.Errorf("%s: no answer", r.URL)
	case g.got.Status == http.StatusNotModified && last == nil:
		return nil, fmt.Errorf("%s answered 304 Not Modified without being asked", r.URL)
	}
	return g.got, nil
}

// conditions are the headers that ask whether a page is still what it was, by
// those of the page.
var conditions = map[string]string{"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}

// unwrapURL takes away net/http's own prefix.
func unwrapURL(err error) error {
	var u *url.Error
	var denied *fetch.DeniedError
	switch {
	case errors.As(err, &denied):
		return denied
	case errors.As(err, &u):
		return fmt.Errorf("%s: %w", u.URL, u.Err)
	}
	return err
}

// noIndexHeader reports an answer that asks not to be stored.
func noIndexHeader(h http.Header) bool {
	for _, v := range h.Values("X-Robots-Tag") {
		v = strings.ToLower(v)
		if strings.Contains(v, "noindex") || strings.TrimSpace(v) == "none" {
			return true
		}
	}
	return false
}
