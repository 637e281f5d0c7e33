package crawler

import (
	"context"
	"fmt"
	"time"

	"jobsieve/config"
	"jobsieve/crawler/extract"
	"jobsieve/job"
)

func durationOf(d config.Duration) time.Duration { return time.Duration(d) }

// lists reads list pages one after the other, and the pages of the postings
// that they lead to.
func (c *crawl) lists(ctx context.Context) error {
	link := c.src.URL
	visited := map[string]bool{}
	for n := 1; link != "" && !visited[link]; n++ {
		if n > c.src.Pages {
			c.incomplete(fmt.Sprintf("stopped after %d list pages, as pages says; there is a next one", c.src.Pages))
			return nil
		}
		visited[link] = true
		next, err := c.list(ctx, link, n)
		if err != nil {
			return err
		}
		link = next
	}
	return nil
}

// list reads one list page and gives the address of the next.
func (c *crawl) list(ctx context.Context, link string, n int) (next string, err error) {
	page, err := c.get.page(link, Validator{})
	if err != nil {
		return "", err
	}
	c.receipt.Pages++
	doc, err := extract.NewPage(page.URL, page.Body)
	if err != nil {
		return "", err
	}
	cards := doc.Cards(&c.src.List, c.src.Detail.Link)
	if len(cards) == 0 && n == 1 {
		if wall := doc.Wall(); wall != "" {
			return "", &WallError{link, wall}
		}
		return "", fmt.Errorf("no posting on %s: nothing there matches %s; the site's markup may have changed", link, c.cardSelector())
	}
	noIndex := doc.NoIndex() || noIndexHeader(page.Header)
	if noIndex {
		if err := c.get.drop(link, page, true); err != nil {
			return "", err
		}
	}
	for i := range cards {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if err := c.card(ctx, &cards[i], noIndex); err != nil {
			return "", err
		}
	}
	return doc.Next(c.src.List.Next), nil
}

func (c *crawl) cardSelector() string {
	if c.src.List.Item != "" {
		return fmt.Sprintf("list.item %q", c.src.List.Item)
	}
	return fmt.Sprintf("detail.link %q", c.src.Detail.Link.Select)
}

// card reads a posting of a list page. Of a list that asks not to be stored the
// links are followed, and what it says itself is not taken.
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
	return c.hand(ctx, &card.Posting, Source{})
}

// feed reads a feed; with fields for the detail, the pages it leads to.
func (c *crawl) feed(ctx context.Context) error {
	page, err := c.get.page(c.src.URL, Validator{})
	if err != nil {
		return err
	}
	c.receipt.Pages++
	postings, err := extract.Feed(page.URL, page.Body)
	if err := c.flawed(err, len(postings)); err != nil {
		return err
	}
	n := len(postings)
	c.receipt.Expected = &n
	for i := range postings {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := &postings[i]
		if len(c.src.Detail.Fields) > 0 && p.URL != "" {
			err = c.detail(ctx, p.URL, p)
		} else {
			err = c.hand(ctx, p, Source{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
