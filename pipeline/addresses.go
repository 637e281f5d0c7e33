package pipeline

import (
	"context"
	"time"

	"jobsieve/config"
	"jobsieve/crawler"
	"jobsieve/job"
	"jobsieve/ledger"
)

// addressesKept is how long addresses are known that no crawl asks for any more.
const addressesKept = 400 * 24 * time.Hour

// addresses passes what is known of the addresses of a sitemap between a crawl and the
// ledger.
type addresses struct {
	store *store
	crawl *ledger.Crawl
	src   *config.Source
	way   string

	visits  []ledger.Visit  // not noted yet
	changed map[string]bool // the ids of postings that changed since visits were noted
}

var _ crawler.Addresses = (*addresses)(nil)

// Known gives what the ledger knows of addresses.
func (a *addresses) Known(ctx context.Context, links []string) ([]crawler.Known, error) {
	found, err := a.crawl.Addresses(ctx, a.hide(links), a.way)
	if err != nil {
		return nil, err
	}
	out := make([]crawler.Known, len(found))
	for i := range found {
		f := &found[i]
		if f.Asked.IsZero() {
			continue
		}
		out[i] = crawler.Known{
			Asked: f.Asked, Now: f.Now, Modified: f.Modified, Open: f.State == job.StateOpen,
			Again: f.Outcome == ledger.OutcomeAgain, Unsure: a.unsure(f),
		}
	}
	return out, nil
}

// unsure reports an address of which it must be found out anew what it gives.
func (a *addresses) unsure(f *ledger.Address) bool {
	switch {
	case f.Outcome == ledger.OutcomeFailed, f.Way != a.way:
		return true
	case f.Outcome == ledger.OutcomeNone:
		return f.State == job.StateOpen
	}
	return f.State != "" && f.State != job.StateOpen && !f.Over
}

func (a *addresses) hide(links []string) []string {
	out := make([]string, len(links))
	for i, link := range links {
		out[i] = a.src.Hide(link)
	}
	return out
}

// Listed notes addresses that the sitemap has, and counts those that count as seen.
func (a *addresses) Listed(ctx context.Context, links []string, unchanged int) error {
	for range unchanged {
		a.store.counts.Store(job.Unchanged)
	}
	return a.crawl.Listed(ctx, a.hide(links), a.store.now())
}

// saidOf says in the ledger's words what lastmod said.
var saidOf = map[crawler.Said]ledger.Said{
	crawler.SaidNothing: ledger.SaidNothing, crawler.SaidChanged: ledger.SaidChanged,
	crawler.SaidUnchanged: ledger.SaidUnchanged,
}

// Visited takes what came of asking for an address, which is noted with the batch.
func (a *addresses) Visited(v *crawler.Visit) {
	outcome := ledger.OutcomeNone
	said := saidOf[v.Said]
	switch {
	case v.Failed:
		outcome, said = ledger.OutcomeFailed, ledger.SaidNothing
	case v.Again:
		outcome = ledger.OutcomeAgain
	case v.ID != "":
		outcome = ledger.OutcomeGiven
	}
	a.visits = append(a.visits, ledger.Visit{
		Link: a.src.Hide(v.Link), ID: v.ID, At: v.At, Modified: v.Modified, Outcome: outcome, Said: said,
		Changed: v.Lost,
	})
}

// flush notes what came of asking for addresses, once their postings are stored.
func (a *addresses) flush(ctx context.Context) error {
	for i := range a.visits {
		v := &a.visits[i]
		v.Changed = v.Changed || a.changed[v.ID]
	}
	visits := a.visits
	a.visits = nil
	clear(a.changed)
	if len(visits) == 0 {
		return nil
	}
	return a.crawl.Visited(ctx, visits, a.way)
}

// How far what lastmod said must be borne out: of so many pages at least, and by so many.
const (
	trustedFor = 30 * 24 * time.Hour
	leastTold  = 20
	mostSilent = 0.1 // of the pages that it said have not changed, those that have
	leastTrue  = 0.1 // of the pages that it said have changed, those that have
)

// Trust says how far lastmod is to be trusted, by the pages that were asked for lately.
func (a *addresses) Trust(ctx context.Context) (crawler.Trust, error) {
	told, err := a.crawl.Told(ctx, a.store.now().Add(-trustedFor))
	if err != nil {
		return crawler.Trust{}, err
	}
	share := func(t ledger.Told) float64 { return float64(t.Changed) / float64(max(t.Pages, 1)) }
	unchanged, changed := told[ledger.SaidUnchanged], told[ledger.SaidChanged]
	return crawler.Trust{
		Unchanged: unchanged.Pages < leastTold || share(unchanged) <= mostSilent,
		Changed:   changed.Pages < leastTold || share(changed) >= leastTrue,
	}, nil
}

// Stored gives the posting that the ledger has under an id; nil for none.
func (a *addresses) Stored(ctx context.Context, id string) (*job.Posting, error) {
	records, err := a.store.ledger.Get(ctx, id)
	for _, r := range records {
		if r.Posting.Source == a.src.Name && r.Posting.ID == id {
			return &r.Posting, err
		}
	}
	return nil, err
}
