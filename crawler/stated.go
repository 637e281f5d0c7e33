package crawler

import (
	"errors"
	"strings"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// stated gives a posting what the source says about all of its postings.
func (c *crawl) stated(p *job.Posting) {
	p.Source = c.src.Name
	if strings.TrimSpace(p.Company) == "" {
		p.Company = c.src.Company
	}
}

// flawed reports what is wrong with a feed of which some items were read; its result
// ends the crawl.
func (c *crawl) flawed(err error, read int) error {
	var flaw *extract.FlawError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &flaw):
	case read == 0:
		return err
	default:
		c.incomplete("the feed is damaged: some postings may be missing")
	}
	c.problem(err.Error())
	return nil
}
