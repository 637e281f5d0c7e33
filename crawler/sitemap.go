package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/crawler/fetch"
	"jobsieve/job"
)

// The limits of what sitemaps lead to. What is beyond them is reported.
const (
	maxSitemaps  = 500       // sitemaps of a source
	maxNested    = 5         // indexes that lead to one another
	maxAddresses = 1_000_000 // pages of a source, each remembered by its hash
)

// addressBatch is how many addresses are looked up at once.
const addressBatch = 1000

// sitemaps reads the sitemaps of a source one after the other, and chooses among the
// addresses of each which to ask for: only those of one sitemap are held, and those that
// are chosen so far.
type sitemaps struct {
	*crawl
	*choice
	match *regexp.Regexp // nil matches all

	fetched int
	files   map[hash]bool // addresses of sitemaps
	seen    int           // addresses of pages, wanted or not
	full    bool          // a limit was met
}

// sitemap reads a sitemap, or the sitemaps of an index, and the pages they lead to.
func (c *crawl) sitemap(ctx context.Context) error {
	if c.env.Addresses != nil && !c.env.Offline {
		c.visits = c.newVisits()
		c.visits.restore(c.restored)
		c.sink = c.visits
	}
	if c.at.Chosen {
		ch := &choice{crawl: c, counts: &c.at.Sitemap}
		return ch.ask(ctx)
	}
	c.listed = map[hash]struct{}{}
	choice, err := c.newChoice(ctx)
	if err != nil {
		return err
	}
	s := &sitemaps{crawl: c, choice: choice, files: map[hash]bool{}}
	if c.src.Match != "" {
		re, err := regexp.Compile(c.src.Match)
		if err != nil {
			return fmt.Errorf("match: %w", err)
		}
		s.match = re
	}
	if err := s.read(ctx, c.src.URL, 0); err != nil {
		return err
	}
	if len(c.listed) == 0 {
		const why = "no address in %s is that of a posting: %s, none matches %q"
		return fmt.Errorf(why, c.src.URL, job.Count(s.seen, "address"), c.src.Match)
	}
	if !c.unlisted {
		wanted := len(c.listed)
		c.receipt.Expected, c.receipt.End = &wanted, job.EndWhole
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	return s.ask(ctx)
}

// read reads a sitemap and what it leads to, in the order newest gives.
func (s *sitemaps) read(ctx context.Context, link string, depth int) error {
	switch {
	case s.full || s.files[hashOf(link)]:
		return nil
	case s.fetched == maxSitemaps:
		s.stop(fmt.Sprintf("stopped after %d sitemaps; there are more", maxSitemaps))
		return nil
	case depth > maxNested:
		s.incomplete(fmt.Sprintf("some sitemaps were not read: indexes lead to indexes more than %d deep", maxNested))
		return nil
	}
	s.files[hashOf(link)] = true
	file, err := s.fetch(ctx, link)
	if err != nil {
		return err
	}
	if err := s.pages(ctx, file.Pages); err != nil {
		return err
	}
	file.Pages = nil
	for _, m := range newest(file.Sitemaps) {
		if err := s.read(ctx, m.URL, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// stop ends the reading at a limit.
func (s *sitemaps) stop(why string) {
	s.full = true
	s.incomplete(why)
}

// fetch fetches a sitemap. One that can't be fetched is reported, and skipped
// unless it is the first or the site can't be asked any further.
func (s *sitemaps) fetch(ctx context.Context, link string) (file extract.SitemapFile, err error) {
	if err := ctx.Err(); err != nil {
		return file, err
	}
	s.fetched++
	page, err := s.get.again(getOf(link))
	if err != nil {
		if s.fetched == 1 || ctx.Err() != nil || endsCrawl(err) {
			return file, err
		}
		s.problem(err.Error())
		s.incomplete("some sitemaps could not be fetched")
		return file, nil
	}
	s.receipt.Pages++
	file, err = extract.Sitemap(page.URL, page.Body)
	if err != nil {
		s.problem(err.Error())
		s.incomplete("some sitemaps could not be read")
	}
	if file.Foreign > 0 {
		s.problem(fmt.Sprintf("%s: %s on other hosts left out", page.URL, job.Count(file.Foreign, "address")))
	}
	return file, nil
}

// endsCrawl reports an error after which the site is not asked for more.
func endsCrawl(err error) bool {
	var sink *sinkError
	var status *StatusError
	tooMany := errors.As(err, &status) && status.Code == http.StatusTooManyRequests
	return tooMany || fetch.Unasked(err) || errors.As(err, &sink)
}

// pages takes the wanted addresses of a sitemap.
func (s *sitemaps) pages(ctx context.Context, entries []extract.SitemapEntry) error {
	s.seen += len(entries)
	wanted := make([]extract.SitemapEntry, 0, min(len(entries), addressBatch))
	for i := range entries {
		if !s.wants(entries[i].URL) {
			continue
		}
		if wanted = append(wanted, entries[i]); len(wanted) < addressBatch {
			continue
		}
		if err := s.choose(ctx, wanted); err != nil {
			return err
		}
		wanted = wanted[:0]
	}
	return s.choose(ctx, wanted)
}

// wants reports the address of a posting that was not met before.
func (s *sitemaps) wants(link string) bool {
	if s.full || s.match != nil && !s.match.MatchString(link) {
		return false
	}
	key := hashOf(job.ExactURL(link))
	if _, again := s.listed[key]; again {
		s.repeat()
		return false
	}
	switch enough := s.env.Enough; {
	case len(s.listed) == maxAddresses:
		s.stop(fmt.Sprintf("stopped after %d pages of postings; the sitemaps lead to more", maxAddresses))
		return false
	case enough > 0 && len(s.listed) == enough:
		s.stop(fmt.Sprintf("only the first %d pages of postings were looked at", enough))
		return false
	}
	s.listed[key] = struct{}{}
	return true
}

// newest sorts entries, with those changed last first. Times are compared
// as they are written: a sitemap writes all of them in one way.
func newest(entries []extract.SitemapEntry) []extract.SitemapEntry {
	slices.SortStableFunc(entries, func(a, b extract.SitemapEntry) int {
		return strings.Compare(b.LastMod, a.LastMod)
	})
	return entries
}
