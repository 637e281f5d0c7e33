package crawler

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// Sink takes what a crawl finds. An error of it ends the crawl.
type Sink interface {
	// Posting takes a posting, and when it was seen.
	Posting(ctx context.Context, p *job.Posting, at Sight) error
	// Reject counts a posting that is not stored; what names it for people.
	Reject(why job.Rejection, what string)
	// Repeated counts a posting that this crawl has met before.
	Repeated()
	// Known reports whether a posting of the source was stored under the id before
	// this crawl.
	Known(ctx context.Context, source, id string) (bool, error)
}

// Sight is when a posting was seen. Both are zero for a row of a file.
type Sight struct {
	// Seen is when the server last said what the posting says.
	Seen time.Time
	// Written is when the text that states the posting's date arrived: a relative
	// one counts from then. It is earlier than Seen where the server answered that
	// nothing has changed since.
	Written time.Time
	// Link is the address that led to the posting's own page; empty where none was
	// followed.
	Link string
}

// Env is what a crawl needs besides its source.
type Env struct {
	Contact string
	Version string
	Now     func() time.Time
	Log     *slog.Logger
	// Hosts is what crawls know of hosts, so that all that share it send each host
	// one request at a time; nil shares with none.
	Hosts *Hosts
	// Pages keeps what is answered; nil keeps nothing.
	Pages Pages
	// Addresses keeps what is known of the addresses of a sitemap; nil knows none.
	Addresses Addresses
	// Enough is how many addresses of a sitemap are enough; 0 wants all.
	Enough int
	// Resumed says that an earlier run began this crawl: what it was answered
	// is not asked for again. Offline reads what is kept and asks for nothing.
	Resumed, Offline bool
	// Pause says that a slice of the crawl is to end: it is asked between postings and
	// between pages of lists, once a page was asked for. Nil reads to the end.
	Pause func() bool
	// Frontier is where an earlier slice of the resumed crawl stopped; with nil the crawl
	// goes on by the pages that are kept. Told says that a receipt has what was done
	// before.
	Frontier *Frontier
	Told     bool
	// once says that a request is not tried again.
	once bool
	// Sleep replaces real waiting in tests; nil waits.
	Sleep func(context.Context, time.Duration) error
}

// Hosts is what crawls know of hosts.
type Hosts = fetch.Hosts

// Book is what crawls share of hosts with other processes.
type Book = fetch.Book

// NewHosts knows of hosts what the book does; with nil it shares nothing with other
// processes.
func NewHosts(book Book) *Hosts { return fetch.NewHosts(book) }

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

// whole are the kinds of source that are one list, read whole or not at all.
var whole = map[config.Kind]bool{config.KindFeed: true, config.KindFile: true, config.KindSitemap: true}

// crawl is one reading of one source.
type crawl struct {
	src     *config.Source
	env     Env
	sink    Sink
	get     *getter
	receipt job.Receipt
	at      position
	met     map[hash]likeness // the postings that have an id, by it
	visited map[hash]visit    // the pages of postings, by address
	later   []waiting
	visits  *visits           // nil unless addresses are noted
	listed  map[hash]struct{} // the addresses that sitemaps list

	listPages map[hash]bool // list pages, by address without query
	held      []held
	ends      map[hash]int32 // how many links ended at an address after redirects

	repeated          int      // how many postings were met again
	clashes, variants examples // postings that shared an id
	scripts, logins   examples // links to pages that scripts show, login pages that links ended at
	unlisted          bool     // the list was not read to its end

	unkept bool // the page of the list at which it stands is not kept
	// restored are the visits of which earlier slices don't know yet what they give.
	restored []openVisit
	// slow are the pauses that the robots.txt of hosts ask for.
	slow map[string]time.Duration
}

// hash stands for a text: a crawl may see a great many.
type hash [sha256.Size / 2]byte

func hashOf(s string) hash {
	h := sha256.Sum256([]byte(s))
	return hash(h[:])
}

// maxProblems is how many faults a receipt lists.
const maxProblems = 10

// Crawl reads a source and hands its postings to the sink. The receipt has no
// counts of what became of them: the sink knows.
func Crawl(ctx context.Context, src *config.Source, env Env, sink Sink) (job.Receipt, error) {
	out, err := Slice(ctx, src, env, sink)
	return out.Receipt, err
}

// sinkError marks an error of the sink, which is not the source's fault.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }

var errNoContact = errors.New("no contact is set: sites must be able to reach you; " +
	"set contact in the configuration (jobsieve init --contact you@example.org)")

func (c *crawl) prepare(ctx context.Context) error {
	if c.env.Contact == "" && !c.env.Offline && !private(c.src) {
		return errNoContact
	}
	c.get = newGetter(ctx, c.src, c.env)
	c.goOn()
	return nil
}

// private reports a source on a private address, named as such.
func private(src *config.Source) bool {
	u, err := url.Parse(src.URL)
	if err != nil || !fetch.IsPrivate(u.Hostname()) {
		return false
	}
	host := fetch.HostName(u.Hostname())
	return slices.ContainsFunc(src.Fetch.Private, func(name string) bool { return fetch.HostName(name) == host })
}

// finish completes the receipt.
func (c *crawl) finish(ctx context.Context, err error) {
	r := &c.receipt
	r.Finished = c.env.Now()
	c.tellIdentities()
	c.tellScripts()
	c.tellLogins()
	if c.get != nil {
		r.Replayed = c.get.replayed
		c.tellDelays()
	}
	r.Offline = c.env.Offline
	r.CutOff = c.cutOff(ctx, err)
	r.Listed = err == nil && r.End != "" && !c.unlisted
	var s *sinkError
	switch {
	case err == nil && r.Why == "" && r.End != "":
		r.Complete = true
	case err == nil && r.Why == "":
		r.Why = "nothing shows that the list was read to its end"
	case err == nil, errors.As(err, &s):
	case ctx.Err() != nil:
		r.Why = "stopped: " + cause(ctx)
	default:
		r.Why, r.Failed = c.src.Hide(err.Error()), true
		c.problem(r.Why)
	}
}

// cutOff reports an error that left the source half read, so that another crawl
// goes on from the pages that are kept: it was stopped, its host is down, or the
// sink failed.
func (c *crawl) cutOff(ctx context.Context, err error) bool {
	if c.env.Pages == nil || c.env.Offline {
		return false
	}
	var s *sinkError
	return ctx.Err() != nil && err != nil || fetch.Unasked(err) || errors.As(err, &s)
}

// longDelay is the pace from which a receipt reports that a site asks for it.
const longDelay = 30 * time.Second

// tellDelays notes for people what robots.txt slows down.
func (c *crawl) tellDelays() {
	for _, host := range slices.Sorted(maps.Keys(c.slow)) {
		if d := c.slow[host]; d > longDelay {
			const format = "robots.txt of %s asks for %s between requests (Crawl-delay), " +
				"which is kept: its crawl takes long"
			c.problem(fmt.Sprintf(format, host, d))
		}
	}
}

// cause says why a context ended.
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

// incomplete notes that not all postings were met.
func (c *crawl) incomplete(why string) {
	c.unlisted = true
	c.lacking(why)
}

// lacking notes that something is not known of postings that were met.
func (c *crawl) lacking(why string) {
	if c.receipt.Why == "" {
		c.receipt.Why = why
	}
}

// hand gives a posting its id and hands it to the sink, unless this crawl has
// met it already.
func (c *crawl) hand(ctx context.Context, p *job.Posting, at Sight) error {
	return c.handPart(ctx, p, "", at)
}

// handPart hands on one of several postings on a page; part tells it from them.
func (c *crawl) handPart(ctx context.Context, p *job.Posting, part string, at Sight) error {
	if c.untitled(p) {
		return nil
	}
	if c.saysClosed(p, at.Link) {
		return nil
	}
	fresh, err := c.name(ctx, p, part)
	if err != nil {
		return err
	}
	if !fresh {
		if c.visits != nil {
			c.visits.again(at.Link, p.ID)
		}
		return nil
	}
	return c.pass(ctx, p, at)
}

// saysClosed rejects a posting that says itself that it is closed; link led to its own
// page, if anything did.
func (c *crawl) saysClosed(p *job.Posting, link string) bool {
	words, closed := extract.SaysClosed(p)
	if closed {
		c.gone(cmp.Or(link, p.URL, p.Title), words)
	}
	return closed
}

// untitled rejects a posting without a title.
func (c *crawl) untitled(p *job.Posting) bool {
	if strings.TrimSpace(p.Title) != "" {
		return false
	}
	if name := p.ID + "\n" + p.URL; name != "\n" {
		key := hashOf("\n" + name)
		if c.met[key] != (likeness{}) {
			c.repeat()
			return true
		}
		c.met[key] = likeness{Link: exactly(p.ID + p.URL)}
	}
	problem := "a posting without a title at " + p.URL
	if p.URL == "" {
		problem = fmt.Sprintf("a posting without a title, with the id %q", p.ID)
	}
	c.sink.Reject(job.RejectNoTitle, cmp.Or(p.URL, p.ID))
	c.problem(problem)
	return true
}

// pass passes a posting that has its id on to the sink.
func (c *crawl) pass(ctx context.Context, p *job.Posting, at Sight) error {
	if at.Seen.IsZero() {
		at.Seen, at.Written = c.get.at, c.get.at
	}
	if err := c.sink.Posting(ctx, p, at); err != nil {
		return &sinkError{err}
	}
	return nil
}
