package crawler

import (
	"context"
	"errors"

	"jobsieve/config"
	"jobsieve/job"
)

// Preview is a look at the first postings of a source. Nothing is stored.
type Preview struct {
	Postings []job.Posting
	Rejected map[job.Rejection]int
	Receipt  job.Receipt
}

// preview takes the first postings of a crawl and then ends it.
type preview struct {
	Preview
	limit, rejected int
	stop            context.CancelFunc
}

var errEnough = errors.New("enough was read")

// Look reads up to limit postings of a source. It gives up when twice as many
// were rejected.
func Look(ctx context.Context, src *config.Source, env Env, limit int) (*Preview, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := &preview{Preview: Preview{Rejected: map[job.Rejection]int{}}, limit: limit, stop: stop}
	env.Enough = 3 * limit
	receipt, err := Crawl(ctx, src, env, p)
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	p.Receipt = receipt
	return &p.Preview, nil
}

// Posting keeps a posting.
func (p *preview) Posting(_ context.Context, posting *job.Posting, _ Sight) error {
	p.Postings = append(p.Postings, *posting)
	if len(p.Postings) >= p.limit {
		return errEnough
	}
	return nil
}

// Reject counts.
func (p *preview) Reject(why job.Rejection, _ string) {
	p.Rejected[why]++
	if p.rejected++; p.rejected >= 2*p.limit {
		p.stop()
	}
}

// Known knows no posting.
func (p *preview) Known(context.Context, string, string) (bool, error) { return false, nil }

// Repeated has nothing to do: a preview shows each posting once.
func (p *preview) Repeated() {}
