package crawler

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
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
	page, err := c.get.page(link)
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
	return doc.Next(c.src.List.Next).URL, nil
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
	return c.hand(ctx, &card.Posting, Sight{})
}

// feed reads a feed; with fields for the detail, the pages it leads to.
func (c *crawl) feed(ctx context.Context) error {
	page, err := c.get.page(c.src.URL)
	if err != nil {
		return err
	}
	c.receipt.Pages++
	postings, err := extract.Feed(page.URL, page.Body)
	if err != nil {
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
			err = c.hand(ctx, p, Sight{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// maxSitemaps is the most sitemaps that an index is followed to.
const maxSitemaps = 500

// sitemap reads a sitemap, or the sitemaps of an index, and the pages they
// lead to.
func (c *crawl) sitemap(ctx context.Context) error {
	var match *regexp.Regexp
	if c.src.Match != "" {
		re, err := regexp.Compile(c.src.Match)
		if err != nil {
			return fmt.Errorf("match: %w", err)
		}
		match = re
	}
	pages, err := c.sitemapPages(ctx)
	if err != nil {
		return err
	}
	wanted := wantedPages(pages, match)
	expected := len(wanted)
	c.receipt.Expected = &expected
	if expected == 0 {
		return fmt.Errorf("no address in %s is that of a posting: %d addresses, none matches %q", c.src.URL, len(pages), c.src.Match)
	}
	for _, p := range wanted {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.detail(ctx, p.URL, &job.Posting{}); err != nil {
			return err
		}
	}
	return nil
}

// wantedPages gives the addresses that match, each once, those first that were
// changed last. Times are compared as they are written: a sitemap writes all of
// them in one way.
func wantedPages(pages []extract.SitemapEntry, match *regexp.Regexp) []extract.SitemapEntry {
	seen := map[string]bool{}
	wanted := slices.DeleteFunc(pages, func(p extract.SitemapEntry) bool {
		no := seen[p.URL] || match != nil && !match.MatchString(p.URL)
		seen[p.URL] = true
		return no
	})
	slices.SortStableFunc(wanted, func(a, b extract.SitemapEntry) int { return strings.Compare(b.LastMod, a.LastMod) })
	return wanted
}

// sitemapPages gives the addresses of the source's sitemap and of those that
// it leads to.
func (c *crawl) sitemapPages(ctx context.Context) ([]extract.SitemapEntry, error) {
	queue, seen := []string{c.src.URL}, map[string]bool{c.src.URL: true}
	var pages []extract.SitemapEntry
	for n := 0; n < len(queue); n++ {
		if n >= maxSitemaps {
			c.incomplete(fmt.Sprintf("stopped after %d sitemaps", maxSitemaps))
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page, err := c.get.page(queue[n])
		if err != nil && n == 0 {
			return nil, err
		}
		if err != nil {
			c.problem(err.Error())
			c.incomplete("some sitemaps could not be fetched")
			continue
		}
		c.receipt.Pages++
		file, err := extract.Sitemap(page.URL, page.Body)
		if err != nil {
			c.problem(err.Error())
			c.incomplete("some sitemaps could not be read")
		}
		if file.Foreign > 0 {
			c.problem(fmt.Sprintf("%s: %d addresses on other hosts are left out", page.URL, file.Foreign))
		}
		pages = append(pages, file.Pages...)
		for _, m := range file.Sitemaps {
			if !seen[m.URL] {
				seen[m.URL] = true
				queue = append(queue, m.URL)
			}
		}
	}
	return pages, nil
}
