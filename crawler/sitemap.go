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

// sitemaps reads the sitemaps of a source one after the other, and of each the
// pages before the next is fetched: so only those of one are held.
type sitemaps struct {
	*crawl
	match *regexp.Regexp // nil matches all

	fetched int
	files   map[hash]bool // addresses of sitemaps
	listed  int           // addresses of pages, wanted or not
	wanted  int
	full    bool // a limit was met
}

// sitemap reads a sitemap, or the sitemaps of an index, and the pages they
// lead to.
func (c *crawl) sitemap(ctx context.Context) error {
	s := &sitemaps{crawl: c, files: map[hash]bool{}}
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
	if s.wanted == 0 {
		const why = "no address in %s is that of a posting: %s, none matches %q"
		return fmt.Errorf(why, c.src.URL, job.Count(s.listed, "address"), c.src.Match)
	}
	if !c.unlisted {
		c.receipt.Expected, c.receipt.End = &s.wanted, job.EndWhole
	}
	return nil
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
	page, err := s.get.page(link)
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
	var down *fetch.DownError
	var sink *sinkError
	var status *StatusError
	tooMany := errors.As(err, &status) && status.Code == http.StatusTooManyRequests
	return tooMany || errors.As(err, &down) || errors.As(err, &sink)
}

// pages reads the wanted pages of a sitemap.
func (s *sitemaps) pages(ctx context.Context, entries []extract.SitemapEntry) error {
	s.listed += len(entries)
	entries = slices.DeleteFunc(entries, func(e extract.SitemapEntry) bool {
		return s.match != nil && !s.match.MatchString(e.URL)
	})
	for _, e := range newest(entries) {
		_, again := s.visited[hashOf(job.ExactURL(e.URL))]
		switch {
		case again:
			s.repeat()
			continue
		case s.wanted == maxAddresses:
			s.stop(fmt.Sprintf("stopped after %d pages of postings; the sitemaps lead to more", maxAddresses))
			return nil
		}
		s.wanted++
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.detail(ctx, e.URL, &job.Posting{}); err != nil {
			return err
		}
	}
	return nil
}

// newest sorts entries, with those changed last first. Times are compared
// as they are written: a sitemap writes all of them in one way.
func newest(entries []extract.SitemapEntry) []extract.SitemapEntry {
	slices.SortStableFunc(entries, func(a, b extract.SitemapEntry) int {
		return strings.Compare(b.LastMod, a.LastMod)
	})
	return entries
}
