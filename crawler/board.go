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
	b := boardOf(c.src)
	var first *int
	var paging ats.Paging
	counted, stuck := false, ""
	for req, n := connector.First(b), 1; req != nil; n++ {
		if n > c.src.Pages {
			c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there is a next one", c.src.Pages))
			return nil
		}
		page, err := c.boardPage(connector, b, req)
		if err != nil && counted && notThere(err) {
			page, err = &ats.Page{Counted: true}, nil // some platforms answer like this that there is no such page
		}
		if err != nil {
			return err
		}
		if page.Leads {
			n--
		}
		counted = page.Counted
		c.boardFaults(req, page)
		req, c.receipt.End = paging.After(page)
		if err := c.boardPostings(ctx, connector, page); err != nil {
			return err
		}
		first = c.expect(first, page.Total)
		if req == nil && c.receipt.End == "" {
			stuck = fmt.Sprintf("page %d brought nothing new: the rest is not asked for", n)
			c.problem(stuck)
		}
	}
	c.boardTotal(paging.Met())
	if stuck != "" {
		c.incomplete(stuck)
	}
	return nil
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
func (c *crawl) expect(first, total *int) *int {
	switch {
	case total == nil:
		return first
	case first == nil:
		c.receipt.Expected = total
		return total
	case *total != *c.receipt.Expected:
		const format = "the board said %d postings, then %d: some came or went while it was being read"
		c.problem(fmt.Sprintf(format, *c.receipt.Expected, *total))
		c.receipt.Expected = total
	}
	return first
}

func (c *crawl) boardPage(connector *ats.Connector, b *ats.Board, req *ats.Request) (*ats.Page, error) {
	got, err := c.get.send(req)
	if err != nil {
		return nil, err
	}
	c.receipt.Pages++
	at, astray := req.URL, isElsewhere(req.URL, got.URL)
	if astray {
		at = fmt.Sprintf("%s leads to another host, %s", req.URL, got.URL)
	}
	const advice = "if the board has moved there, give its new address as the source's url"
	if astray && req.Method == http.MethodPost {
		return nil, fmt.Errorf("%s, to which nothing is posted: %s", at, advice)
	}
	page, err := connector.Read(b, req, got.Body)
	if err != nil {
		const format = "%s: %w; if the board is the right one, the platform's form may have changed"
		return nil, fmt.Errorf(format, at, err)
	}
	if astray && c.receipt.Pages == 1 {
		c.problem(at + ": " + advice)
	}
	return page, nil
}

// isElsewhere reports that a link ended, after redirects, on another host.
func isElsewhere(link string, end *url.URL) bool {
	u, err := url.Parse(link)
	return err == nil && fetch.HostKey(u) != fetch.HostKey(end)
}

// boardPostings hands the postings of a page on, each with its detail where the
// platform keeps that separately.
func (c *crawl) boardPostings(ctx context.Context, connector *ats.Connector, page *ats.Page) error {
	for i := range page.Postings {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := &page.Postings[i]
		if c.untitled(p) || c.saysClosed(p, "") {
			continue
		}
		fresh, err := c.name(ctx, p, "")
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		if connector.Detail == nil || i >= len(page.Details) || page.Details[i] == nil {
			err = c.pass(ctx, p, Sight{})
		} else {
			err = c.boardDetail(ctx, connector, p, page.Details[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
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
