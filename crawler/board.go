package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"jobsieve/config"
	"jobsieve/crawler/ats"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// board reads an employer's board through the API of its platform.
func (c *crawl) board(ctx context.Context) error {
	connector, ok := ats.Find(c.src.Platform)
	if !ok {
		return fmt.Errorf("unknown platform %q", c.src.Platform)
	}
	b, at, stuck := boardOf(c.src), &c.at, ""
	if at.begin(""); at.Request == nil {
		at.Request = connector.First(b)
	}
	for ; at.Request != nil; at.turn() {
		if at.Page > c.src.Pages {
			c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there is a next one", c.src.Pages))
			return nil
		}
		page, again, err := c.boardPage(ctx, connector, b)
		if err != nil && at.Counted && notThere(err) {
			page, err = &ats.Page{Counted: true}, nil // some platforms answer like this that there is no such page
		}
		if err != nil {
			return err
		}
		if !again {
			c.boardBegin(page)
		}
		if err := c.boardPostings(ctx, connector, page); err != nil {
			return err
		}
		c.expect(page.Total)
		if at.Next == nil && c.receipt.End == "" {
			stuck = fmt.Sprintf("page %d brought nothing new: the rest is not asked for", at.Page)
			c.problem(stuck)
		}
		at.Request = at.Next
	}
	c.boardTotal(at.Paging.Met())
	if stuck != "" {
		c.incomplete(stuck)
	}
	return nil
}

// boardBegin takes in a page before its postings are handed on.
func (c *crawl) boardBegin(page *ats.Page) {
	at := &c.at
	if page.Leads {
		at.Page--
	}
	at.Counted = page.Counted
	c.boardFaults(at.Request, page)
	at.Next, c.receipt.End = at.Paging.After(page)
}

// boardOf gives the board that a source names.
func boardOf(src *config.Source) *ats.Board {
	return &ats.Board{
		Platform: src.Platform, Account: src.Account, Site: src.Site, Base: src.URL, Query: src.Query,
		ID: src.APIID.Reveal(), Key: src.APIKey.Reveal(),
	}
}

// boardTotal compares how many postings were met with how many the board says it has.
func (c *crawl) boardTotal(met int) {
	e := c.receipt.Expected
	if e == nil || met == *e {
		return
	}
	told := fmt.Sprintf("the board says it has %s, %d %s seen", job.Count(*e, "posting"), met,
		job.Plural(met, "was", "were"))
	if met > *e {
		c.problem(told)
		return
	}
	c.incomplete(told)
}

// boardFaults counts the entries of a page that aren't postings, and notes what keeps
// its next page from being asked for.
func (c *crawl) boardFaults(req *ats.Request, page *ats.Page) {
	for _, fault := range page.Faults {
		c.sink.Reject(job.RejectUnreadable, fmt.Sprintf("%s: %s", req.URL, fault))
		c.problem(fmt.Sprintf("%s: %s", req.URL, fault))
	}
	if page.Trouble != "" {
		c.problem(page.Trouble)
		c.incomplete(page.Trouble)
	}
}

// expect notes how many postings the board says it has.
func (c *crawl) expect(total *int) {
	switch {
	case total == nil:
	case c.receipt.Expected == nil:
		c.receipt.Expected = total
	case *total != *c.receipt.Expected:
		const format = "the board said %d postings, then %d: some came or went while it was being read"
		c.problem(fmt.Sprintf(format, *c.receipt.Expected, *total))
		c.receipt.Expected = total
	}
}

// boardPage reads the page of a board at which the crawl stands; again says that a slice
// before stopped in its midst.
func (c *crawl) boardPage(
	ctx context.Context, connector *ats.Connector, b *ats.Board,
) (page *ats.Page, again bool, err error) {
	req := c.at.Request
	got, again, err := c.enter(ctx, req)
	if err != nil {
		return nil, false, err
	}
	at, astray := req.URL, isElsewhere(req.URL, got.URL)
	if astray {
		at = fmt.Sprintf("%s leads to another host, %s", req.URL, got.URL)
	}
	const advice = "if the board has moved there, give its new address as the source's url"
	if astray && req.Method == http.MethodPost {
		return nil, false, fmt.Errorf("%s, to which nothing is posted: %s", at, advice)
	}
	page, err = connector.Read(b, req, got.Body)
	if err != nil {
		const format = "%s: %w; if the board is the right one, the platform's form may have changed"
		return nil, false, fmt.Errorf(format, at, err)
	}
	if astray && c.receipt.Pages == 1 && !again {
		c.problem(at + ": " + advice)
	}
	return page, again, nil
}

// isElsewhere reports that a link ended, after redirects, on another host.
func isElsewhere(link string, end *url.URL) bool {
	u, err := url.Parse(link)
	return err == nil && fetch.HostKey(u) != fetch.HostKey(end)
}

// boardPostings hands the postings of a page on, each with its detail where the
// platform keeps that separately.
func (c *crawl) boardPostings(ctx context.Context, connector *ats.Connector, page *ats.Page) error {
	return c.each(ctx, len(page.Postings), false, func(i int) error {
		p := &page.Postings[i]
		if c.untitled(p) || c.saysClosed(p, "") {
			return nil
		}
		fresh, err := c.name(ctx, p, "")
		if err != nil || !fresh {
			return err
		}
		if connector.Detail == nil || i >= len(page.Details) || page.Details[i] == nil {
			return c.pass(ctx, p, Sight{})
		}
		met := hashOf(p.ID)
		if err := c.boardDetail(ctx, connector, p, page.Details[i]); err != nil {
			delete(c.met, met) // who goes on asks for it
			return err
		}
		return nil
	})
}

func (c *crawl) boardDetail(ctx context.Context, connector *ats.Connector, p *job.Posting, req *ats.Request) error {
	link := boardLink(p, req)
	got, err := c.get.again(req)
	var status *StatusError
	switch {
	case errors.As(err, &status) && !status.blocks() && !notThere(err):
		// The list says enough to be stored; the rest comes another time.
		c.problem(err.Error())
		c.lacking("some postings have no description: their details could not be fetched")
		return c.pass(ctx, p, Sight{Link: link})
	case err != nil:
		return c.lost(ctx, link, err)
	}
	if got.NotModified {
		c.receipt.NotModified++
	}
	listed := p.Posted
	if err := connector.Detail(p, got.Body); err != nil {
		c.problem(fmt.Sprintf("%s: %v", link, err))
		c.lacking("some postings have no description: their details could not be read")
		return c.pass(ctx, p, Sight{Link: link})
	}
	if c.saysClosed(p, link) {
		return nil
	}
	at := got.sight(p.Posted != listed)
	at.Link = link
	return c.pass(ctx, p, at)
}

// boardLink is the address that stands for a posting's own answer: that of the posting,
// where the answers of all are asked for at one.
func boardLink(p *job.Posting, req *ats.Request) string {
	if len(req.Body) > 0 {
		return p.URL
	}
	return req.URL
}
