package crawler

import (
	"context"
	"time"

	"jobsieve/job"
)

// Addresses keeps what crawls know of the addresses of a source's sitemaps, so that a crawl
// asks for what is new or has changed. An error of it ends the crawl.
type Addresses interface {
	// Known gives what is known of addresses, in their order.
	Known(ctx context.Context, links []string) ([]Known, error)
	// Listed notes addresses that are in the sitemap and are not asked for; unchanged is how
	// many of them count as seen.
	Listed(ctx context.Context, links []string, unchanged int) error
	// Visited notes what came of asking for an address, once what it gave is stored.
	Visited(v *Visit)
	// Trust says how far lastmod is to be trusted, by what it said before.
	Trust(ctx context.Context) (Trust, error)
	// Stored gives the posting that is stored under an id; nil for none.
	Stored(ctx context.Context, id string) (*job.Posting, error)
}

// Known is what is known of an address.
type Known struct {
	// Asked is when its page was last asked for; the zero time where it never was. Now says
	// that this crawl did, before it was cut off.
	Asked time.Time
	Now   bool
	// Modified is what lastmod was then; the zero time for none.
	Modified time.Time
	// Open says that it leads to an open posting, Again that another address does too.
	Open, Again bool
	// Unsure says that the page must be asked for again, whatever lastmod says: it could not
	// be read, the source was configured anew, or it is not known what became of its posting.
	Unsure bool
}

// Visit is what came of asking for an address.
type Visit struct {
	Link string
	// ID is that of the posting that it gave; empty for none. Again says that this crawl had
	// met the posting before.
	ID    string
	Again bool
	// Failed says that its page could not be read.
	Failed bool
	// At is when its page was asked for.
	At time.Time
	// Modified is its lastmod, and Said what that said of the page.
	Modified time.Time
	Said     Said
	// Lost says that it led to an open posting before and gives none now.
	Lost bool

	open, rejected bool
}

// Said is what lastmod says of a page beside what is known of it.
type Said int

// What lastmod may say.
const (
	SaidNothing Said = iota
	SaidChanged
	SaidUnchanged
)

// Trust says how far lastmod is to be trusted. Pages of which it isn't are asked for in
// turn, those first that were not asked for for the longest time.
type Trust struct {
	// Unchanged and Changed say that it is right, mostly, where it says that a page has not
	// changed, or has.
	Unchanged, Changed bool
}

// visits is the sink of a crawl that notes what each address gives.
type visits struct {
	Sink
	addresses Addresses
	get       *getter           // knows when the last page was asked for
	now       *Visit            // the address that is being read
	waiting   map[string]*Visit // those of which it is not known yet what they give, by address
}

func (c *crawl) newVisits() *visits {
	return &visits{Sink: c.sink, addresses: c.env.Addresses, get: c.get, waiting: map[string]*Visit{}}
}

// begin notes that an address is asked for.
func (v *visits) begin(visit *Visit) {
	v.now = visit
	v.waiting[visit.Link] = visit
}

// end notes what the address gave, unless that waits until others were read.
func (v *visits) end() {
	v.now.At = v.get.at
	if v.now.rejected {
		v.note(v.now)
	}
	v.now = nil
}

func (v *visits) note(visit *Visit) {
	if visit == v.now {
		visit.At = v.get.at
	}
	if _, waits := v.waiting[visit.Link]; waits {
		delete(v.waiting, visit.Link)
		v.addresses.Visited(visit)
	}
}

// Posting notes that the address gave a posting, and passes that on.
func (v *visits) Posting(ctx context.Context, p *job.Posting, at Sight) error {
	if visit := v.waiting[at.Link]; visit != nil {
		visit.ID, visit.Lost, visit.Failed = p.ID, false, false
		v.note(visit)
	}
	return v.Sink.Posting(ctx, p, at)
}

// again notes that the address gave a posting that the crawl had met.
func (v *visits) again(link, id string) {
	if visit := v.waiting[link]; visit != nil {
		visit.ID, visit.Again, visit.Lost = id, true, false
		v.note(visit)
	}
}

// Reject notes that the address gave no posting, and passes that on.
func (v *visits) Reject(why job.Rejection, what string) {
	v.Sink.Reject(why, what)
	visit := v.waiting[what]
	if visit == nil {
		visit = v.now
	}
	if visit == nil {
		return
	}
	visit.rejected, visit.Failed = true, why == job.RejectFetch
	visit.Lost = visit.open && !visit.Failed
	if visit != v.now {
		v.note(visit)
	}
}
