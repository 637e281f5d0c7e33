package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// visit is what was known about the posting whose page was fetched.
type visit struct{ ID, Title digest }

// detail fetches the page of a posting, once, and hands it on. What is known already,
// from a list page or a feed, fills what the page leaves open.
func (c *crawl) detail(ctx context.Context, link string, known *job.Posting) error {
	if u, err := url.Parse(link); err == nil && job.IsRoute(u.Fragment) {
		return c.routed(ctx, link, known)
	}
	key, now := hashOf(job.ExactURL(link)), visit{exactly(known.ID), digestOf(known.Title)}
	if first, again := c.visited[key]; again {
		return c.revisit(ctx, link, known, first, now)
	}
	c.visited[key] = now
	page, err := c.get.again(getOf(link))
	if stop := c.lost(ctx, link, err); stop != nil || err != nil {
		if stop != nil {
			delete(c.visited, key) // who goes on asks for it
		}
		return stop
	}
	if page.NotModified {
		c.receipt.NotModified++
	}
	return c.fromPage(ctx, link, page, known)
}

// routed deals with a posting whose page a script shows: what the list says is
// all that can be read of it.
func (c *crawl) routed(ctx context.Context, link string, known *job.Posting) error {
	c.scripts.add(link)
	p := *known
	if p.URL == "" {
		p.URL = link
	}
	return c.hand(ctx, &p, Sight{})
}

// revisit deals with a link that was followed before. Postings to which the
// list gives ids of their own are different ones, though the link is the same.
func (c *crawl) revisit(ctx context.Context, link string, known *job.Posting, first, now visit) error {
	if differ(first.ID, now.ID) && known.Title != "" {
		p := *known
		if p.URL == "" {
			p.URL = link
		}
		return c.hand(ctx, &p, Sight{})
	}
	if differ(first.Title, now.Title) {
		c.variants.add(link)
	}
	c.repeat()
	return nil
}

func (c *crawl) fromPage(ctx context.Context, link string, page *page, known *job.Posting) error {
	final := page.URL.String()
	if c.leadsAway(link, final) {
		c.awayFrom(link, final)
		return nil
	}
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
	if to := doc.Refresh(); to != "" && c.leadsAway(link, to) {
		c.awayFrom(link, to)
		return nil
	}
	d, err := doc.Detail(c.src.Detail.Fields, link, known)
	if err != nil {
		c.problem(err.Error())
	}
	if wall := barring(doc, &d); wall != "" {
		c.sink.Reject(job.RejectFetch, link)
		return &WallError{link, wall}
	}
	if words, closed := doc.Closed(&d.Posting, c.src.Detail.Fields); closed {
		c.gone(link, words)
		return nil
	}
	own := d.Posting
	own.Title = cmp.Or(own.Title, doc.Heading())
	if c.isAnother(link, final, &own, known) {
		c.gone(link, "it leads to another posting, "+final)
		return nil
	}
	if c.isSilent(doc, &d, known) {
		return c.silent(link, doc)
	}
	return c.ownAndOthers(ctx, link, page, &d, known)
}

// barring gives the captcha or the login that a page shows instead of a posting;
// empty where it shows a posting, or neither.
func barring(doc *extract.Page, d *extract.Detail) extract.Wall {
	if d.Posting.Title != "" || d.Posting.Description != "" || len(d.Others) > 0 {
		return ""
	}
	if wall := doc.Wall(); wall == extract.WallCaptcha || wall == extract.WallLogin {
		return wall
	}
	return ""
}

// isSilent reports a page that says nothing of a posting, where the source asks for
// what pages say. One that shows the title, and lacks only what a posting may lack,
// is its page.
func (c *crawl) isSilent(doc *extract.Page, d *extract.Detail, known *job.Posting) bool {
	fields := c.src.Detail.Fields
	asks := len(fields) > 0 || c.src.Kind == config.KindJSONLD || c.src.Kind == config.KindSitemap
	if !asks || d.Marked || len(d.Others) > 0 {
		return false
	}
	if d.Found {
		return doc.Broken()
	}
	if known.Title == "" && len(fields) == 0 {
		// A link may lead to something that isn't a posting: that has no title, and
		// isn't a fault.
		return doc.Heading() == "" || doc.Wall() != "" || doc.Broken()
	}
	_, title := fields["title"]
	_, description := fields["description"]
	return len(fields) == 0 || title || description || !doc.Shows(known.Title)
}

// silent rejects a posting whose page says nothing of it. What is stored of it
// stays as it is.
func (c *crawl) silent(link string, doc *extract.Page) error {
	if wall := doc.Wall(); wall != "" || doc.Broken() {
		c.sink.Reject(job.RejectFetch, link)
		c.problem(fmt.Sprintf("%s shows %s", link, cmp.Or(string(wall), "that the site cannot answer now")))
	} else {
		c.sink.Reject(job.RejectUnreadable, link)
		c.problem(link + " says nothing about its posting: " +
			"the source's selectors and JobPosting markup find nothing there")
	}
	c.lacking("some pages of postings say nothing")
	return nil
}

// ownAndOthers hands on the postings of a page: its own, and what else it marks
// up.
func (c *crawl) ownAndOthers(
	ctx context.Context, link string, page *page, d *extract.Detail, known *job.Posting,
) error {
	own := d.Posting
	extract.Merge(&own, known)
	if own.URL == "" {
		own.URL = link
	}
	alone := own.Title != "" || len(d.Others) == 0
	if alone {
		at := page.sight(own.Posted != known.Posted)
		at.Link = link
		var err error
		switch final := page.URL.String(); {
		case extract.SameAddress(link, final):
			err = c.hand(ctx, &own, at)
		case isOwn(link, final, d.Posting.Title, known.Title):
			c.ends[endKey(page.URL)]++
			err = c.hand(ctx, &own, at)
		default:
			err = c.hold(ctx, held{endKey(page.URL), link, &own, at})
		}
		if err != nil {
			return err
		}
	}
	for i := range d.Others {
		if err := c.other(ctx, &d.Others[i], link, page, alone); err != nil {
			return err
		}
	}
	return nil
}

// other deals with a further posting on a page. One that has a page of its own
// waits until the crawl's end, since what that page says counts for more;
// beside the page's own posting it is a mere reference if it has no
// description.
func (c *crawl) other(ctx context.Context, p *job.Posting, link string, page *page, besides bool) error {
	at := page.sight(true)
	if c.visits != nil {
		at.Link = link // that it is listed is what shows the posting, as long as its page is not asked for
	}
	switch {
	case p.URL == "":
		p.URL = link
		part := p.Title
		if p.ID == "" {
			part += "\n" + p.Company + "\n" + p.Location
		}
		return c.handPart(ctx, p, part, at)
	case besides && p.Description == "":
		c.repeat()
		return nil
	}
	c.later = append(c.later, waiting{p, at})
	if len(c.later) < maxWaiting {
		return nil
	}
	first := c.later[0]
	c.later = c.later[1:]
	return c.handLater(ctx, first)
}

// waiting is a posting that was met on the page of another.
type waiting struct {
	Posting *job.Posting
	At      Sight
}

// maxWaiting is how many postings wait at most for their own pages.
const maxWaiting = 300

func (c *crawl) handLater(ctx context.Context, w waiting) error {
	key := hashOf(job.ExactURL(w.Posting.URL))
	_, visited := c.visited[key]
	_, listed := c.listed[key] // its own page is asked for in its turn
	if !visited && !listed {
		return c.hand(ctx, w.Posting, w.At)
	}
	c.repeat()
	if c.visits != nil {
		c.visits.again(w.At.Link, "")
	}
	return nil
}

// release hands on the postings that waited for what did not come.
func (c *crawl) release(ctx context.Context) error {
	for _, w := range c.later {
		if err := c.handLater(ctx, w); err != nil {
			return err
		}
	}
	for _, h := range c.held {
		if c.ends[h.Final] > 1 {
			c.gone(h.Link, "others lead to the same page")
			continue
		}
		if err := c.hand(ctx, h.Posting, h.At); err != nil {
			return err
		}
	}
	c.later, c.held = nil, nil
	return nil
}

// lost deals with a posting's page that could not be fetched; its result ends
// the crawl.
func (c *crawl) lost(ctx context.Context, link string, err error) error {
	var denied *fetch.DeniedError
	var status *StatusError
	var sink *sinkError
	var notKept *NotKeptError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &denied) && denied.Fault == "":
		c.sink.Reject(job.RejectRobots, link)
		return nil
	case errors.As(err, &notKept):
		c.sink.Reject(job.RejectFetch, link)
		c.problem(err.Error())
		c.lacking("some pages are not kept")
		return nil
	case errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone):
		c.sink.Reject(job.RejectGone, link)
		return nil
	case errors.As(err, &status) && status.blocks(), fetch.Unasked(err), errors.As(err, &sink):
		return err
	}
	c.sink.Reject(job.RejectFetch, link)
	c.problem(err.Error())
	c.lacking("some pages could not be fetched")
	return nil
}

// tellScripts notes for people which pages were not read.
func (c *crawl) tellScripts() {
	if c.scripts.N > 0 {
		const format = "the pages of %s are shown by a script (%s): only what the list says was read"
		c.problem(fmt.Sprintf(format, job.Count(c.scripts.N, "posting"), &c.scripts))
	}
}
