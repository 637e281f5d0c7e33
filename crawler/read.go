package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/job"
)

func durationOf(d config.Duration) time.Duration { return time.Duration(d) }

// lists reads list pages one after the other, and the pages of the postings
// that they lead to.
func (c *crawl) lists(ctx context.Context) error {
	at := &c.at
	at.begin(c.src.URL)
	for {
		switch {
		case at.Page > c.src.Pages && at.Off:
			c.receipt.End = job.EndNoNext
			return nil
		case at.Page > c.src.Pages:
			c.incomplete(fmt.Sprintf("stopped after %d list pages, as pages says; there is a next one", c.src.Pages))
			return nil
		}
		at.Read[at.Link] = true
		next, cards, err := c.list(ctx)
		switch {
		case at.Off && (isMissing(err) || errors.Is(err, errAstray) || err == nil && cards == 0):
			c.receipt.End = job.EndNoNext
			return nil
		case errors.Is(err, errAstray):
			c.incomplete(err.Error())
			return nil
		case err != nil:
			return err
		case c.ended(cards, next, at.Read):
			return nil
		}
		at.Link, at.Off = next.URL, next.Off
		at.turn()
	}
}

// ended reports whether a list page is the last that can be read, and notes
// what shows that.
func (c *crawl) ended(cards int, next extract.Next, visited map[string]bool) bool {
	switch {
	case cards == 0:
		c.receipt.End = job.EndEmpty
	case next.URL == "" && next.Script != "":
		c.incomplete(fmt.Sprintf("a script leads to the next list page (%.80q), and scripts are not run: "+
			"what follows was not read", next.Script))
	case next.URL == "" && next.Seen != "":
		how := "list.next finds nothing"
		if c.src.List.Next.IsZero() {
			how = "list.next is not set"
		}
		c.incomplete(fmt.Sprintf("%s, but the list goes on: the page has %s; %s", how, next.Seen, next.Advice))
	case next.URL == "", next.Off && visited[next.URL]:
		c.receipt.End = job.EndNoNext
	case visited[next.URL]:
		c.incomplete(fmt.Sprintf("the next list page would be %s, which was read already: "+
			"nothing shows that the list was read to its end", next.URL))
	default:
		return false
	}
	return true
}

// list reads the list page at which the crawl stands. It gives the way to the next
// one, and how many postings there were.
func (c *crawl) list(ctx context.Context) (next extract.Next, cards int, err error) {
	link := c.at.Link
	page, again, err := c.enter(ctx, getOf(link))
	if err != nil {
		return next, 0, err
	}
	c.noteList(link, page.URL)
	doc, err := extract.NewPage(page.URL, page.Body)
	if err != nil {
		return next, 0, err
	}
	found := doc.Cards(&c.src.List, c.src.Detail.Link)
	if len(found) == 0 {
		return next, 0, c.noCards(doc, link, c.at.Page)
	}
	noIndex := doc.NoIndex() || noIndexHeader(page.Header)
	if noIndex && !again {
		if err := c.get.drop(link, page, true); err != nil {
			return next, 0, err
		}
	}
	err = c.each(ctx, len(found), noIndex, func(i int) error { return c.card(ctx, &found[i], noIndex) })
	if err != nil {
		return next, 0, err
	}
	if next = doc.Next(c.src.List.Next); next.URL == "" && next.Script == "" {
		next.Seen, next.Advice = doc.Onward(&c.src.List, c.src.Detail.Link, c.at.Page+1, c.at.Read)
	}
	return next, len(found), nil
}

// noCards says what a list page without postings is: a fault, or the end of the
// list where it is not the first.
func (c *crawl) noCards(doc *extract.Page, link string, n int) error {
	wall := doc.Wall()
	switch {
	case wall == extract.WallCaptcha, wall != "" && (n == 1 || !doc.NoResults()):
		return &WallError{link, wall}
	case n == 1:
		return fmt.Errorf("no posting on %s: nothing there matches %s; the site's markup may have changed",
			link, c.cardSelector())
	case doc.Broken():
		return fmt.Errorf("%w: it says that the site cannot answer now, on %s", errAstray, link)
	case !doc.NoResults() && !extract.SameAddress(link, doc.At()):
		return fmt.Errorf("%w: %s leads to %s", errAstray, link, doc.At())
	}
	return nil
}

// errAstray says that a page after the first isn't a list page, and isn't the
// list's end.
var errAstray = errors.New("a list page has no postings, and is not the end of the list")

// isMissing reports a page that the server says it does not have.
func isMissing(err error) bool {
	var status *StatusError
	return errors.As(err, &status) && (status.Code == http.StatusNotFound || status.Code == http.StatusGone)
}

func (c *crawl) cardSelector() string {
	if c.src.List.Item != "" {
		return fmt.Sprintf("list.item %q", c.src.List.Item)
	}
	return fmt.Sprintf("detail.link %q", c.src.Detail.Link.Select)
}

// card reads a posting of a list page. In a list that asks not to be stored the
// links are followed, and what it says itself is not used.
func (c *crawl) card(ctx context.Context, card *extract.Card, noIndex bool) error {
	switch {
	case !c.src.Detail.Link.IsZero() && card.Link != "":
		known := &card.Posting
		if noIndex {
			known = &job.Posting{}
		}
		return c.detail(ctx, card.Link, known)
	case noIndex:
		c.sink.Reject(job.RejectNoIndex, card.Posting.URL)
		return nil
	}
	return c.hand(ctx, &card.Posting, Sight{})
}

// feed reads a feed, page by page where it is given in pages; with fields for the
// detail, the pages it leads to.
func (c *crawl) feed(ctx context.Context) error {
	at := &c.at
	at.begin(c.src.URL)
	for {
		if at.Page > c.src.Pages {
			const format = "stopped after %d pages of the feed, as pages says; there is a next one"
			c.incomplete(fmt.Sprintf(format, c.src.Pages))
			return nil
		}
		at.Read[at.Link] = true
		next, items, err := c.feedPage(ctx)
		if err != nil {
			return err
		}
		at.Met += items
		if at.Page == 1 && next == "" {
			return nil // it is whole
		}
		if c.ended(items, extract.Next{URL: next}, at.Read) {
			if c.unlisted {
				c.receipt.End = ""
			}
			return nil
		}
		at.Link = next
		at.turn()
	}
}

// feedPage reads the page of a feed at which the crawl stands. It gives the address of
// the next one, and how many postings there were.
func (c *crawl) feedPage(ctx context.Context) (next string, items int, err error) {
	page, again, err := c.enter(ctx, getOf(c.at.Link))
	if err != nil {
		return "", 0, err
	}
	postings, next, err := extract.FeedPage(page.URL, page.Body)
	if !again {
		if err := c.flawed(err, len(postings)); err != nil {
			return "", 0, err
		}
	}
	if next == "" {
		n := c.at.Met + len(postings)
		c.receipt.Expected = &n
	}
	err = c.each(ctx, len(postings), false, func(i int) error {
		p := &postings[i]
		if len(c.src.Detail.Fields) > 0 && p.URL != "" {
			return c.detail(ctx, p.URL, p)
		}
		return c.hand(ctx, p, Sight{})
	})
	return next, len(postings), err
}
