package crawler

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jobsieve/crawler/extract"
	"jobsieve/job"
)

// How the pages that a crawl may ask for are shared out.
const (
	// share is the part of them that is for pages that are known, however many are new, and
	// the most that goes into the sample of those that lastmod says have not changed.
	share = 10
	// sampleOf is of how many pages that lastmod says have not changed one is asked for.
	sampleOf = 50
	// sampleAfter is how long after it was asked for a page can be in the sample again.
	sampleAfter = 24 * time.Hour
)

// choice chooses which addresses of the sitemaps a crawl asks for: new ones, then those
// that have changed, then those of which lastmod says nothing that can be relied on, and a
// sample of those that it says have not changed. Of each it holds no more than may be asked
// for; the rest is counted, and noted as listed.
type choice struct {
	crawl *crawl
	trust Trust
	most  int // pages that may be asked for

	// resumed were asked for by this crawl before it was cut off.
	resumed, fresh, known, sample best
	unchanged                     int // how many the sample is of

	counts *job.Sitemap
	order  int
	links  []string // that are listed and not asked for, not noted yet
	quiet  int      // how many of them count as seen
}

func (c *crawl) newChoice(ctx context.Context) (*choice, error) {
	trust := Trust{Unchanged: true, Changed: true}
	if c.env.Addresses != nil {
		var err error
		if trust, err = c.env.Addresses.Trust(ctx); err != nil {
			return nil, &sinkError{err}
		}
	}
	ch := &choice{crawl: c, trust: trust, most: c.src.Pages, counts: &c.at.Sitemap}
	if c.env.Offline {
		ch.most = maxAddresses
	}
	for _, b := range []*best{&ch.resumed, &ch.fresh, &ch.known, &ch.sample} {
		b.most = ch.most
	}
	ch.sample.most = (ch.most + share - 1) / share
	ch.tellTrust()
	return ch, nil
}

// tellTrust notes for people where lastmod is not relied on.
func (ch *choice) tellTrust() {
	const then = "what its lastmod says of that is not relied on, and pages are asked for in turn"
	if !ch.trust.Unchanged {
		ch.crawl.problem("the sitemap says that pages have not changed that have: " + then)
	}
	if !ch.trust.Changed {
		ch.crawl.problem("the sitemap says that pages have changed that have not: " + then)
	}
}

// choose takes addresses of a sitemap.
func (ch *choice) choose(ctx context.Context, entries []extract.SitemapEntry) error {
	known := make([]Known, len(entries))
	if addresses := ch.crawl.env.Addresses; addresses != nil {
		links := make([]string, len(entries))
		for i := range entries {
			links[i] = entries[i].URL
		}
		var err error
		if known, err = addresses.Known(ctx, links); err != nil {
			return &sinkError{err}
		}
	}
	now := ch.crawl.env.Now()
	for i := range entries {
		m := lastModOf(entries[i].LastMod, now)
		ch.order++
		a := &address{
			Link: entries[i].URL, Modified: m.at, Asked: known[i].Asked, Order: ch.order,
			Open: known[i].Open, Again: known[i].Again,
		}
		if err := ch.take(ctx, a, &known[i], m.says(&known[i], now)); err != nil {
			return err
		}
	}
	return nil
}

// take puts an address where it belongs.
func (ch *choice) take(ctx context.Context, a *address, k *Known, said Said) error {
	a.Said = said
	switch {
	case k.Asked.IsZero():
		a.Said = SaidNothing
		return ch.add(ctx, &ch.fresh, a)
	case ch.crawl.env.Offline, k.Now:
		return ch.add(ctx, &ch.resumed, a)
	case k.Unsure:
		a.Said = SaidNothing
		return ch.add(ctx, &ch.known, a)
	case said == SaidChanged && ch.trust.Changed:
		return ch.add(ctx, &ch.known, a)
	case said == SaidUnchanged && ch.trust.Unchanged:
		ch.unchanged++
		if ch.crawl.env.Now().Sub(a.Asked) < sampleAfter {
			a.Sample = true
			return ch.leave(ctx, a)
		}
		return ch.add(ctx, &ch.sample, a)
	}
	a.Rank = 1
	return ch.add(ctx, &ch.known, a)
}

// add adds an address to the best of its kind, and lets go of the one that is worst.
func (ch *choice) add(ctx context.Context, of *best, a *address) error {
	a.New, a.Sample = of == &ch.fresh, of == &ch.sample
	if out := of.add(a); out != nil {
		return ch.leave(ctx, out)
	}
	return nil
}

// leave counts an address that is not asked for, as its kind is.
func (ch *choice) leave(ctx context.Context, a *address) error {
	switch {
	case !a.Sample:
		if ch.counts.Later++; a.New {
			ch.counts.LaterNew++
			return nil
		}
	case !a.Open:
		ch.counts.Empty++
		return nil
	case a.Again:
		ch.counts.Again++
		ch.crawl.repeat()
	default:
		ch.counts.Unchanged++
		ch.quiet++
	}
	ch.links = append(ch.links, a.Link)
	if len(ch.links) < addressBatch {
		return nil
	}
	return ch.note(ctx)
}

func (ch *choice) leaveAll(ctx context.Context, all []*address) error {
	for _, a := range all {
		if err := ch.leave(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// note notes what is listed and not asked for, even where the crawl is to end.
func (ch *choice) note(ctx context.Context) error {
	if ch.crawl.visits == nil || len(ch.links) == 0 {
		return nil
	}
	err := ch.crawl.env.Addresses.Listed(context.WithoutCancel(ctx), ch.links, ch.quiet)
	ch.links, ch.quiet = ch.links[:0], 0
	if err != nil {
		return &sinkError{err}
	}
	return nil
}

// chosen gives the addresses to ask for, in their order, and leaves the others.
func (ch *choice) chosen(ctx context.Context) ([]*address, error) {
	fresh, known, sampled := ch.shares()
	var out []*address
	for _, part := range []struct {
		best *best
		n    int
	}{{&ch.resumed, len(ch.resumed.all)}, {&ch.fresh, fresh}, {&ch.known, known}, {&ch.sample, sampled}} {
		all := part.best.sorted()
		out = append(out, all[:part.n]...)
		if err := ch.leaveAll(ctx, all[part.n:]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// shares says how many new pages, known ones and pages of the sample are asked for.
func (ch *choice) shares() (fresh, known, sampled int) {
	if ch.crawl.env.Offline {
		return 0, 0, 0
	}
	fresh, known = len(ch.fresh.all), len(ch.known.all)
	least, left := ch.most/share, max(ch.most-len(ch.resumed.all), 0)
	sampled = min(len(ch.sample.all), (ch.unchanged+sampleOf-1)/sampleOf, max(left-fresh-known, least), left)
	left -= sampled
	known = min(known, left, max(left-fresh, least))
	return min(fresh, left-known), known, sampled
}

// settle chooses the addresses to ask for, and notes the others.
func (ch *choice) settle(ctx context.Context) error {
	chosen, err := ch.chosen(ctx)
	if err != nil {
		return err
	}
	if err := ch.note(ctx); err != nil {
		return err
	}
	ch.crawl.at.Chosen, ch.crawl.at.Addresses = true, chosen
	return nil
}

// ask asks for the pages that were chosen, until the deadline.
func (ch *choice) ask(ctx context.Context) error {
	c, why := ch.crawl, "as pages says"
	for at := &c.at; len(at.Addresses) > 0; at.Addresses = at.Addresses[1:] {
		a := at.Addresses[0]
		err := c.rest(ctx)
		if err == nil {
			err = c.visit(ctx, a)
		}
		if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil && c.visits != nil {
			why = "since the deadline has passed"
			if err := ch.leaveAll(ctx, at.Addresses); err != nil {
				return err
			}
			break
		}
		if err != nil {
			return err
		}
		ch.counts.Asked++
		if a.Sample {
			ch.counts.Sampled++
		}
	}
	if err := ch.note(ctx); err != nil {
		return err
	}
	ch.tell(why)
	return nil
}

// tell puts into the receipt what became of the addresses.
func (ch *choice) tell(why string) {
	n := ch.counts
	n.Listed = len(ch.crawl.listed)
	ch.crawl.receipt.Sitemap = n
	switch {
	case n.Later == 0:
		return
	case ch.crawl.env.Offline:
		ch.crawl.lacking(job.Count(n.Later, "page") + " of postings were not asked for yet")
		return
	}
	text := fmt.Sprintf("%d of %s of postings are left for later, %s; %d of them were never read",
		n.Later, job.Count(n.Listed, "page"), why, n.LaterNew)
	if n.Asked > 0 {
		n.Crawls = (n.Later + n.Asked - 1) / n.Asked
		text += fmt.Sprintf("; %s like this one would reach them all", job.Count(n.Crawls, "more crawl"))
	}
	ch.crawl.lacking(text)
}

// visit asks for the page of an address.
func (c *crawl) visit(ctx context.Context, a *address) error {
	if c.visits != nil {
		c.visits.begin(&Visit{Link: a.Link, Modified: a.Modified, Said: a.Said, open: a.Open})
		defer c.visits.end()
	}
	return c.detail(ctx, a.Link, &job.Posting{})
}

// address is one that may be asked for.
type address struct {
	Link            string
	Modified, Asked time.Time
	Said            Said
	Open, Again     bool
	// New says that it was never asked for, Sample that it is for the sample.
	New, Sample bool
	Rank, Order int
}

// before orders addresses: those that come first are asked for first. New ones come as
// they were changed last, known ones as they were asked for first.
func (a *address) before(b *address) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), a.Asked.Compare(b.Asked), b.modifiedIfNew().Compare(a.modifiedIfNew()),
		cmp.Compare(a.Order, b.Order))
}

func (a *address) modifiedIfNew() time.Time {
	if a.Asked.IsZero() {
		return a.Modified
	}
	return time.Time{}
}

// best holds the first addresses of many, the last of them at the root of a heap.
type best struct {
	most int
	all  []*address
}

// add adds an address, and gives the last one where there are too many.
func (b *best) add(a *address) *address {
	if len(b.all) < b.most {
		heap.Push((*lastFirst)(&b.all), a)
		return nil
	}
	last := b.all[0]
	if a.before(last) >= 0 {
		return a
	}
	b.all[0] = a
	heap.Fix((*lastFirst)(&b.all), 0)
	return last
}

// sorted sorts what is held.
func (b *best) sorted() []*address {
	slices.SortFunc(b.all, (*address).before)
	return b.all
}

// lastFirst is the heap of best.
type lastFirst []*address

func (h lastFirst) Len() int           { return len(h) }
func (h lastFirst) Less(i, j int) bool { return h[i].before(h[j]) > 0 }
func (h lastFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push adds an address.
func (h *lastFirst) Push(a any) { *h = append(*h, a.(*address)) }

// Pop takes the last address.
func (h *lastFirst) Pop() any {
	last := len(*h) - 1
	a := (*h)[last]
	*h = (*h)[:last]
	return a
}
