package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"jobsieve/config"
	"jobsieve/job"
	"jobsieve/ledger"
)

// unseen is what a crawl shows of postings that it stores nothing of.
type unseen struct {
	Listed []string // the ids of those that the source does not keep
	Unread []string // links to those whose pages could not be read
	Gone   []string // links to those that are gone
	Past   map[string]time.Time
}

// reject notes what the link of a rejected posting shows.
func (u *unseen) reject(why job.Rejection, link string) {
	switch why {
	case job.RejectGone:
		u.Gone = append(u.Gone, link)
	case job.RejectFetch, job.RejectRobots, job.RejectNoIndex, job.RejectUnreadable:
		u.Unread = append(u.Unread, link)
	}
}

// over notes a posting that says since when it is over.
func (u *unseen) over(id string, since time.Time) {
	if u.Past == nil {
		u.Past = map[string]time.Time{}
	}
	u.Past[id] = since
}

// settle closes what a crawl that came to its end shows to be over, and says how many
// postings it gave which state.
func (u *unseen) settle(
	ctx context.Context, crawl *ledger.Crawl, src *config.Source, r *job.Receipt,
) (map[job.State]int, error) {
	if err := crawl.Found(ctx, u.Listed, u.Unread); err != nil {
		return nil, err
	}
	way, err := wayOf(src)
	if err != nil {
		return nil, err
	}
	e := ledger.Ending{
		At: r.Finished, Way: way, Listed: r.Listed, Misses: closesAfter(src, r.End), Gone: u.Gone, Over: u.Past,
	}
	if allVanish(r) {
		e.Gone = nil
	}
	if r.Replayed > 0 {
		// Pages from before and after a stop may miss what moved from one to another
		// meanwhile, and a site that is in trouble now may not have been then.
		e.Listed, e.Gone = false, nil
	}
	return crawl.Settle(ctx, &e)
}

// How many pages of a sitemap must be gone, and how many times as many as give a posting, to
// show a site in trouble rather than postings that are over.
const (
	leastVanished = 10
	mostlyGone    = 9
)

// allVanish reports that nearly all pages that a crawl of a sitemap asked for are gone. What
// it did not ask for says nothing of that.
func allVanish(r *job.Receipt) bool {
	if r.Sitemap == nil {
		return false
	}
	gone, given := r.Reasons[job.RejectGone], r.New+r.Changed+r.Unchanged-r.Sitemap.Unchanged
	return gone >= leastVanished && gone > mostlyGone*given
}

// mostMisses is how many complete crawls in a row must miss a posting until it is closed,
// where nothing says more of its source.
const mostMisses = 3

// closesAfter is how many complete crawls in a row must miss a posting of a source until it
// is closed; 0 for sources that have no more than the newest postings, or a file.
func closesAfter(src *config.Source, end job.End) int {
	switch {
	case src.Authoritative, src.Kind == config.KindATS && end == job.EndTotal:
		return 1
	case src.Kind == config.KindFeed, src.Kind == config.KindFile:
		return 0
	}
	return mostMisses
}

// wayOf stands for how a source is read, whatever its schedule and its pace.
func wayOf(src *config.Source) (string, error) {
	way := *src
	way.Schedule, way.Jitter, way.Disabled, way.Authoritative, way.Fetch = "", 0, false, false, config.Fetch{}
	if src.Kind == config.KindSitemap {
		way.Pages = 0 // how much at once
	}
	body, err := json.Marshal(way)
	if err != nil {
		return "", fmt.Errorf("source %s: %w", src.Name, err)
	}
	sum := sha256.Sum256(body)
	const bytes = 6
	return hex.EncodeToString(sum[:bytes]), nil
}
