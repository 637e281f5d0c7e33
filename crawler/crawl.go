package crawler

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// Validator is what a server gave to ask whether a page has changed.
type Validator struct{ ETag, Modified string }

// Sink takes what a crawl finds. An error of it ends the crawl.
type Sink interface {
	// Posting takes a posting; from says where it was read, without a URL
	// where it has no page of its own.
	Posting(ctx context.Context, p *job.Posting, from Source) error
	// Unchanged says that the page of a known posting has not changed.
	Unchanged(ctx context.Context, url string) error
	// Reject counts a posting that is not stored; what names it for people.
	Reject(why job.Rejection, what string)
	// Repeated counts a posting that this crawl has met before.
	Repeated()
	// Validator gives what the page of a known posting was last served with.
	Validator(ctx context.Context, url string) (Validator, bool, error)
}

// Source is where a posting was read: the page of its own, where it has one,
// and when the server gave it.
type Source struct {
	URL string
	Validator
	At time.Time
}

// Env is what a crawl needs besides its source.
type Env struct {
	Contact string
	Version string
	Now     func() time.Time
	Log     *slog.Logger
	// Hosts is what crawls know of hosts, so that each is asked one request at a
	// time by all that share it; nil shares with none.
	Hosts *Hosts
	// Pages keeps what is answered; nil keeps nothing.
	Pages Pages
	// Resumed says that an earlier run began this crawl: what it was answered
	// is not asked for again. Offline reads what is kept and asks for nothing.
	Resumed, Offline bool
	// Sleep replaces real waiting in tests; nil waits.
	Sleep func(context.Context, time.Duration) error
}

// Hosts is what crawls know of hosts.
type Hosts = fetch.Hosts

// NewHosts knows of none.
func NewHosts() *Hosts { return fetch.NewHosts() }

// readers gives, for each kind of source, the function that reads it.
var readers = map[config.Kind]func(*crawl, context.Context) error{
	config.KindATS:     (*crawl).board,
	config.KindFeed:    (*crawl).feed,
	config.KindFile:    (*crawl).file,
	config.KindHTML:    (*crawl).lists,
	config.KindJSON:    (*crawl).json,
	config.KindJSONLD:  (*crawl).lists,
	config.KindSitemap: (*crawl).sitemap,
}

// crawl is one reading of one source.
type crawl struct {
	src     *config.Source
	env     Env
	sink    Sink
	get     *getter
	receipt job.Receipt
	seen    set // ids that were handed on
	visited set // addresses of pages of postings
}

// set is a set of texts, kept as hashes: a crawl may see very many.
type set map[[sha256.Size / 2]byte]struct{}

func hashOf(s string) [sha256.Size / 2]byte {
	h := sha256.Sum256([]byte(s))
	return [sha256.Size / 2]byte(h[:])
}

func (s set) has(text string) bool {
	_, ok := s[hashOf(text)]
	return ok
}

// add reports whether the text is new.
func (s set) add(text string) bool {
	if s.has(text) {
		return false
	}
	s[hashOf(text)] = struct{}{}
	return true
}

// maxProblems is how many faults a receipt tells.
const maxProblems = 10

// Crawl reads a source and hands its postings to the sink. The receipt has no
// counts of what became of them: the sink knows.
func Crawl(ctx context.Context, src *config.Source, env Env, sink Sink) (job.Receipt, error) {
	c := &crawl{src: src, env: env, sink: sink, seen: set{}, visited: set{}}
	c.receipt = job.Receipt{Source: src.Name, Started: env.Now()}
	var err error
	if src.Kind != config.KindFile {
		err = c.prepare(ctx)
	}
	if err == nil {
		err = readers[src.Kind](c, ctx)
	}
	c.finish(ctx, err)
	var s *sinkError
	if errors.As(err, &s) {
		return c.receipt, s.err
	}
	return c.receipt, nil
}

// sinkError marks an error of the sink, which is not the source's fault.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }

var errNoContact = errors.New("no contact is set: sites must be able to reach you; set contact in the configuration (jobsieve init --contact you@example.org)")

func (c *crawl) prepare(ctx context.Context) error {
	if c.env.Contact == "" && !c.env.Offline && !private(c.src) {
		return errNoContact
	}
	c.get = newGetter(ctx, c.src, c.env)
	return nil
}

// private reports a source on an address of one's own, named as such.
func private(src *config.Source) bool {
	for _, name := range src.Fetch.Private {
		if fetch.IsPrivate(name) && strings.Contains(src.URL, "//"+name) {
			return true
		}
	}
	return false
}

// finish completes the receipt.
func (c *crawl) finish(ctx context.Context, err error) {
	r := &c.receipt
	r.Finished = c.env.Now()
	if c.get != nil {
		s := c.get.transport.Stats()
		r.Bytes, r.Waits, r.Waited, r.Statuses = s.Bytes, s.Waits, s.Waited, s.Statuses
		r.Replayed = c.get.replayed
		c.tellRobots(s.Robots)
	}
	r.Offline = c.env.Offline
	var s *sinkError
	var down *fetch.DownError
	r.CutOff = c.env.Pages != nil && !c.env.Offline && (ctx.Err() != nil && err != nil || errors.As(err, &down) || errors.As(err, &s))
	switch {
	case err == nil && r.Why == "":
		r.Complete = true
	case err == nil, errors.As(err, &s):
	case ctx.Err() != nil:
		r.Why = "stopped: " + cause(ctx)
	default:
		r.Why, r.Failed = c.src.Hide(err.Error()), true
		c.problem(r.Why)
	}
}

// longDelay is the pace from which on a receipt tells that a site asks for it.
const longDelay = 30 * time.Second

// tellRobots notes which robots.txt held, and what is slow by its wish.
func (c *crawl) tellRobots(read map[string]*fetch.Robots) {
	for _, host := range slices.Sorted(maps.Keys(read)) {
		if c.receipt.Robots == nil {
			c.receipt.Robots = map[string]string{}
		}
		c.receipt.Robots[host] = read[host].Version
		if d := read[host].Delay; d > longDelay {
			c.problem(fmt.Sprintf("robots.txt of %s asks for %s between requests (Crawl-delay), and is given that: its crawl takes long", host, d))
		}
	}
}

// cause tells why a context ended.
func cause(ctx context.Context) string {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "the deadline has passed"
	}
	return "asked to stop"
}

// problem notes a fault for people.
func (c *crawl) problem(s string) {
	s = c.src.Hide(s)
	if len(c.receipt.Problems) < maxProblems {
		c.receipt.Problems = append(c.receipt.Problems, s)
	}
	c.env.Log.Warn("crawl problem", "source", c.src.Name, "problem", s)
}

// incomplete notes that not all was read.
func (c *crawl) incomplete(why string) {
	if c.receipt.Why == "" {
		c.receipt.Why = why
	}
}

// hand gives a posting its name and hands it to the sink, unless this crawl
// has seen it already.
func (c *crawl) hand(ctx context.Context, p *job.Posting, from Source) error {
	p.Source = c.src.Name
	if strings.TrimSpace(p.Title) == "" {
		c.sink.Reject(job.RejectNoTitle, p.URL)
		c.problem(fmt.Sprintf("a posting without a title at %s", p.URL))
		return nil
	}
	if p.ID != "" {
		p.ID = c.src.Name + ":" + p.ID
	} else {
		p.ID = job.DeriveID(p)
	}
	if !c.seen.add(p.ID) {
		c.sink.Repeated()
		return nil
	}
	if from.At.IsZero() {
		from.At = c.get.at
	}
	if err := c.sink.Posting(ctx, p, from); err != nil {
		return &sinkError{err}
	}
	return nil
}

// detail fetches the page of a posting, once, and hands it on. What is known already,
// from a list page or a feed, fills what the page leaves open.
func (c *crawl) detail(ctx context.Context, link string, known *job.Posting) error {
	if !c.visited.add(link) {
		return nil
	}
	v, ok, err := c.sink.Validator(ctx, link)
	if err != nil {
		return &sinkError{err}
	}
	page, err := c.get.page(link, v)
	if stop := c.lost(ctx, link, err); stop != nil || err != nil {
		return stop
	}
	if page.Status == http.StatusNotModified && ok {
		c.receipt.NotModified++
		if err := c.sink.Unchanged(ctx, link); err != nil {
			return &sinkError{err}
		}
		return nil
	}
	return c.fromPage(ctx, link, page, known)
}

func (c *crawl) fromPage(ctx context.Context, link string, page *page, known *job.Posting) error {
	doc, err := extract.NewPage(page.URL, page.Body)
	if err != nil {
		c.sink.Reject(job.RejectUnreadable, link)
		c.problem(err.Error())
		return nil
	}
	if doc.NoIndex() || noIndexHeader(page.Header) {
		c.sink.Reject(job.RejectNoIndex, link)
		return c.get.drop(link, page, false)
	}
	var p job.Posting
	if err := doc.FillDetail(&p, c.src.Detail.Fields); err != nil {
		c.problem(err.Error())
	}
	if p.Title == "" && p.Description == "" {
		if wall := doc.Wall(); wall == extract.WallCaptcha || wall == extract.WallLogin {
			c.sink.Reject(job.RejectFetch, link)
			return &WallError{link, wall}
		}
	}
	extract.Merge(&p, known)
	if p.URL == "" {
		p.URL = link
	}
	return c.hand(ctx, &p, Source{link, page.validator(), page.At})
}

// lost deals with a page of a posting that was not had; its result ends the
// crawl.
func (c *crawl) lost(ctx context.Context, link string, err error) error {
	var denied *fetch.DeniedError
	var status *StatusError
	var down *fetch.DownError
	var sink *sinkError
	var notKept *NotKeptError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &denied):
		c.sink.Reject(job.RejectRobots, link)
		return nil
	case errors.As(err, &notKept):
		c.sink.Reject(job.RejectFetch, link)
		c.problem(err.Error())
		c.incomplete("some pages are not kept")
		return nil
	case errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone):
		c.sink.Reject(job.RejectGone, link)
		return nil
	case errors.As(err, &status) && status.blocks(), errors.As(err, &down), errors.As(err, &sink):
		return err
	}
	c.sink.Reject(job.RejectFetch, link)
	c.problem(err.Error())
	c.incomplete("some pages could not be fetched")
	return nil
}
