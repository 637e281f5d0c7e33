package job

import "time"

// Rejection says why a posting was set aside.
type Rejection string

// The reasons for setting a posting aside.
const (
	RejectUnreadable Rejection = "unreadable" // the line or page part isn't a posting at all
	RejectNoTitle    Rejection = "no_title"
	RejectCountry    Rejection = "country" // not in the countries that the source keeps
	RejectTitle      Rejection = "title"   // not among the titles that the source keeps
	RejectNoIndex    Rejection = "noindex" // the page asks not to be stored
	RejectRobots     Rejection = "robots"  // robots.txt does not allow its page
	RejectGone       Rejection = "gone"    // its page no longer exists, leads elsewhere, or says that it is closed
	RejectExpired    Rejection = "expired" // the last day on which it is valid is past
	RejectFetch      Rejection = "fetch_failed"
)

// Change says what storing a posting did.
type Change string

// The changes.
const (
	New       Change = "new"
	Changed   Change = "changed"
	Unchanged Change = "unchanged"
)

// Counts says what became of the postings that a run saw. They add up: Seen =
// New + Changed + Unchanged + Rejected + Repeated.
type Counts struct {
	Seen      int `json:"seen"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
	// Repeated counts the postings that were met before in the same crawl.
	Repeated int `json:"repeated"`
	// Reasons counts the rejected by their reason.
	Reasons map[Rejection]int `json:"rejected_reasons"`
}

// Store counts one posting that was stored.
func (c *Counts) Store(change Change) {
	c.Seen++
	switch change {
	case New:
		c.New++
	case Changed:
		c.Changed++
	case Unchanged:
		c.Unchanged++
	}
}

// Reject counts one posting that was set aside.
func (c *Counts) Reject(why Rejection) {
	c.Seen++
	c.Rejected++
	if c.Reasons == nil {
		c.Reasons = map[Rejection]int{}
	}
	c.Reasons[why]++
}

// Repeat counts one posting that was met before in the same crawl.
func (c *Counts) Repeat() {
	c.Seen++
	c.Repeated++
}

// Add adds the counts of d.
func (c *Counts) Add(d Counts) {
	c.Seen += d.Seen
	c.New += d.New
	c.Changed += d.Changed
	c.Unchanged += d.Unchanged
	c.Rejected += d.Rejected
	c.Repeated += d.Repeated
	for why, n := range d.Reasons {
		if c.Reasons == nil {
			c.Reasons = map[Rejection]int{}
		}
		c.Reasons[why] += n
	}
}

// AddUp reports whether every posting seen is accounted for.
func (c *Counts) AddUp() bool {
	sum := 0
	for _, n := range c.Reasons {
		sum += n
	}
	return c.Rejected == sum && c.Seen == c.New+c.Changed+c.Unchanged+c.Rejected+c.Repeated
}

// End says what showed that a list was read to its end.
type End string

// The ends of a list.
const (
	EndTotal  End = "total"        // as many postings as the site says it has
	EndEmpty  End = "empty page"   // a page after the last has no posting
	EndNoNext End = "no next link" // the last page leads to no other
	EndWhole  End = "whole"        // a feed, sitemap or file was read whole
)

// Receipt is the record of one crawl of one source, or of one import.
type Receipt struct {
	Source   string    `json:"source"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	// Complete is true where everything that the source offers was read; else
	// Why says what stopped it.
	Complete bool   `json:"complete"`
	Why      string `json:"why,omitempty"`
	// Listed is true where the list of postings was read to its end, though perhaps not
	// all of their pages.
	Listed bool `json:"listed,omitempty"`
	// Turned says what became of postings that the crawl did not see, and of those that
	// it saw again: how many have which state now.
	Turned map[State]int `json:"turned,omitempty"`
	// End says what showed that everything was read, such as EndTotal; empty
	// where nothing did.
	End End `json:"end,omitempty"`
	// Failed is true where the source could not be read as configured.
	Failed bool `json:"failed"`
	// CutOff is true where the next run goes on where this one stopped, and asks
	// again for nothing that was answered.
	CutOff bool `json:"cut_off"`
	// Offline is true where kept pages were read again, and the site was not
	// asked. Replayed counts the pages that were kept from before.
	Offline  bool `json:"offline,omitempty"`
	Replayed int  `json:"replayed"`
	// Expected is how many postings the site says it has; nil where it says
	// nothing.
	Expected *int `json:"expected"`
	Counts
	Pages int   `json:"pages"`
	Bytes int64 `json:"bytes"` // of bodies as received
	// Cut counts the postings of which a field is longer than readers see; the
	// ledger has all of it.
	Cut int `json:"cut,omitempty"`
	// NotModified counts the pages that the site said had not changed.
	NotModified int `json:"not_modified"`
	// Sitemap says what became of the addresses of a sitemap; nil for other sources.
	Sitemap *Sitemap `json:"sitemap,omitempty"`
	// Waits counts the pauses made for the site's sake, Waited their length.
	Waits  int           `json:"waits"`
	Waited time.Duration `json:"waited_ns"`
	// Statuses counts answers by HTTP status.
	Statuses map[int]int `json:"statuses,omitempty"`
	// Robots says which robots.txt applied, by host: the beginning of its SHA-256,
	// "none" where the host has none, or why it could not be fetched.
	Robots map[string]string `json:"robots,omitempty"`
	// Filled counts, of the postings that were read, those that have a field.
	Filled map[Field]int `json:"filled,omitempty"`
	// Problems are the first few faults met, for people.
	Problems []string `json:"problems,omitempty"`
}

// Sitemap counts the addresses of postings that a sitemap lists. They add up: Listed =
// Asked + Unchanged + Again + Empty + Later.
type Sitemap struct {
	Listed int `json:"listed"`
	// Asked counts those whose pages were asked for.
	Asked int `json:"asked"`
	// Unchanged counts those whose postings are known and which lastmod says have not
	// changed: they count as seen and unchanged, without a request. Again counts those that
	// lead to the same postings as others.
	Unchanged int `json:"unchanged_by_lastmod"`
	Again     int `json:"again,omitempty"`
	// Empty counts those that gave no open posting when they were last asked for, and that
	// lastmod says have not changed.
	Empty int `json:"empty,omitempty"`
	// Later counts those that are left for later crawls, LaterNew those of them that were
	// never asked for. Crawls is how many more crawls like this one reach them all.
	Later    int `json:"later"`
	LaterNew int `json:"later_new"`
	Crawls   int `json:"crawls_to_go"`
	// Sampled counts the pages that were asked for though lastmod says that they have not
	// changed, to see whether that is true.
	Sampled int `json:"sampled,omitempty"`
}
