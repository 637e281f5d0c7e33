package desk

import (
	"context"
	"time"

	"jobsieve/config"
	"jobsieve/ledger"
)

// Pruned is what was, or would be, taken out of the ledger.
type Pruned struct {
	// Keeps says that the configuration keeps everything.
	Keeps bool `json:"keeps_everything"`
	// Done says that it was taken out, and not only counted.
	Done bool              `json:"done"`
	What []ledger.Prunable `json:"what"`
}

// Prune takes out of the ledger what the configuration says; without do it only counts
// that. progress, which may be nil, is told how many rows went.
func (d *Desk) Prune(ctx context.Context, now time.Time, do bool, progress func(rows int)) (p Pruned, err error) {
	policy := policyOf(&d.Config.Prune, now)
	p.Keeps, p.What = policy == ledger.Policy{}, []ledger.Prunable{}
	return p, d.read(ctx, func(l *ledger.Ledger) error {
		switch {
		case p.Keeps:
		case do:
			p.Done = true
			p.What, err = l.Prune(ctx, policy, progress)
		default:
			p.What, err = l.Prunable(ctx, policy)
		}
		return err
	})
}

func policyOf(c *config.Prune, now time.Time) ledger.Policy {
	before := func(kept config.Duration) time.Time {
		if kept == 0 {
			return time.Time{}
		}
		return now.Add(-time.Duration(kept))
	}
	return ledger.Policy{Readings: before(c.Readings), Versions: before(c.Versions), Runs: before(c.Runs)}
}
