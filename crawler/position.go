package crawler

import (
	"context"
	"errors"

	"jobsieve/crawler/ats"
	"jobsieve/job"
)

// position is where a crawl stands in its source: at a page of its list, and there at a
// posting; or at an address of its sitemap.
type position struct {
	// Page is the number of the page, from 1; Link or Request asks for it.
	Page    int
	Link    string
	Request *ats.Request
	// Entered says that the page was read. Sum stands for what it said, and Item is how
	// many of its postings were dealt with.
	Entered bool
	Sum     hash
	Item    int
	// Read are the addresses of the list pages that were read.
	Read map[string]bool
	// Off says that the way to the page was marked as one that leads nowhere.
	Off bool
	// Met is how many postings were met on the pages before; Old, how many of those in a
	// row brought nothing new. Repeated is how many had been met again when this page
	// was begun.
	Met, Old, Repeated int

	// Paging leads through a board, and Next is the request that it gave for the page
	// after this one. Counted says that the last page was requested by counting.
	Paging  ats.Paging
	Next    *ats.Request
	Counted bool

	// Chosen says that the addresses of a sitemap were chosen: those that are still to be
	// asked for, and what became of all so far.
	Chosen    bool
	Addresses []*address
	Sitemap   job.Sitemap
}

// begin stands at the first page, unless it stands at one already.
func (at *position) begin(link string) {
	if at.Page == 0 {
		at.Page, at.Link = 1, link
	}
	if at.Read == nil {
		at.Read = map[string]bool{}
	}
}

// turn leads on to the next page.
func (at *position) turn() {
	at.Page++
	at.Entered, at.Item, at.Sum = false, 0, hash{}
}

// errPaused says that the slice is to end here.
var errPaused = errors.New("the crawl pauses")

// rest is where a crawl may stop. A slice asks the site for one page at least, so that each
// leads on, also where it must read first what is kept.
func (c *crawl) rest(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.env.Pause != nil && c.get.asked > 0 && c.env.Pause() {
		return errPaused
	}
	return nil
}

// enter gives a page of a list; again says that a slice before stopped in its midst. If
// the page says something else now, all of its postings are dealt with.
func (c *crawl) enter(ctx context.Context, r *ats.Request) (p *page, again bool, err error) {
	at := &c.at
	if again = at.Entered; !again {
		if err := c.rest(ctx); err != nil {
			return nil, false, err
		}
	}
	replayed, had := c.get.replayed, c.get.had
	if p, err = c.get.send(r); err != nil {
		return nil, false, err
	}
	sum := hashOf(string(p.Body))
	c.unkept = noIndexHeader(p.Header)
	if !again {
		c.receipt.Pages++
		at.Entered, at.Sum = true, sum
		return p, false, nil
	}
	c.get.replayed, c.get.had = replayed, had
	if at.Sum != sum {
		at.Item, at.Sum = 0, sum
	}
	return p, true, nil
}

// each deals with the postings of a page from where the crawl stands. One that is not kept
// is read at one go.
func (c *crawl) each(ctx context.Context, postings int, unkept bool, deal func(i int) error) error {
	for at := &c.at; at.Item < postings; at.Item++ {
		err := c.rest(ctx)
		if errors.Is(err, errPaused) && (unkept || c.unkept) {
			err = nil
		}
		if err != nil {
			return err
		}
		if err := deal(at.Item); err != nil {
			return err
		}
	}
	return nil
}
