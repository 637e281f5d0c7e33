package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"jobsieve/crawler/ats"
	"jobsieve/job"
)

// board reads an employer's board through the API of its platform.
func (c *crawl) board(ctx context.Context) error {
	connector, ok := ats.Find(c.src.Platform)
	if !ok {
		return fmt.Errorf("unknown platform %q", c.src.Platform)
	}
	b := &ats.Board{
		Platform: c.src.Platform, Account: c.src.Account, Site: c.src.Site, Base: c.src.URL, Query: c.src.Query,
		ID: c.src.APIID.Reveal(), Key: c.src.APIKey.Reveal(),
	}
	var first *int
	for req, n := connector.First(b), 1; req != nil; n++ {
		if n > c.src.Pages {
			c.incomplete(fmt.Sprintf("stopped after %d pages, as pages says; there is a next one", c.src.Pages))
			return nil
		}
		page, err := c.boardPage(connector, b, req)
		if err != nil {
			return err
		}
		before := len(c.seen)
		if err := c.boardPostings(ctx, connector, page); err != nil {
			return err
		}
		first = c.expect(first, page.Total)
		if req = page.Next; req != nil && len(c.seen) == before {
			c.problem(fmt.Sprintf("page %d brought nothing new: the rest is not asked for", n))
			req = nil
		}
	}
	if e := c.receipt.Expected; e != nil && len(c.seen) < *e {
		c.incomplete(fmt.Sprintf("the board says it has %d postings, %d were seen", *e, len(c.seen)))
	}
	return nil
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
		c.problem(fmt.Sprintf("the board said %d postings, then %d: some came or went while it was read", *c.receipt.Expected, *total))
		c.receipt.Expected = total
	}
	return first
}

func (c *crawl) boardPage(connector *ats.Connector, b *ats.Board, req *ats.Request) (*ats.Page, error) {
	got, err := c.get.send(req.Method, req.URL, req.Body, Validator{})
	if err != nil {
		return nil, err
	}
	c.receipt.Pages++
	page, err := connector.Read(b, req, got.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.URL, err)
	}
	return page, nil
}

// boardPostings hands the postings of a page on, each with its detail where the
// platform keeps one apart.
func (c *crawl) boardPostings(ctx context.Context, connector *ats.Connector, page *ats.Page) error {
	for i := range page.Postings {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := &page.Postings[i]
		if c.seen.has(c.src.Name + ":" + p.ID) {
			continue
		}
		if connector.Detail == nil || i >= len(page.Details) || page.Details[i] == nil {
			if err := c.hand(ctx, p, Source{}); err != nil {
				return err
			}
			continue
		}
		if err := c.boardDetail(ctx, connector, p, page.Details[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *crawl) boardDetail(ctx context.Context, connector *ats.Connector, p *job.Posting, req *ats.Request) error {
	v, known, err := c.sink.Validator(ctx, req.URL)
	if err != nil {
		return &sinkError{err}
	}
	got, err := c.get.send(req.Method, req.URL, req.Body, v)
	var status *StatusError
	switch {
	case err != nil && errors.As(err, &status) && !status.blocks() && status.Code != http.StatusNotFound && status.Code != http.StatusGone:
		// The list says enough to be stored; the rest comes another time.
		c.problem(err.Error())
		c.incomplete("some postings have no description: their details could not be fetched")
		return c.hand(ctx, p, Source{})
	case err != nil:
		return c.lost(ctx, req.URL, err)
	case got.Status == http.StatusNotModified && known:
		c.receipt.NotModified++
		c.seen.add(c.src.Name + ":" + p.ID)
		if err := c.sink.Unchanged(ctx, req.URL); err != nil {
			return &sinkError{err}
		}
		return nil
	}
	if err := connector.Detail(p, got.Body); err != nil {
		c.problem(fmt.Sprintf("%s: %v", req.URL, err))
		c.incomplete("some postings have no description: their details could not be read")
		return c.hand(ctx, p, Source{})
	}
	return c.hand(ctx, p, Source{req.URL, got.validator(), got.At})
}
