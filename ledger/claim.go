package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Claim is a crawl that is claimed.
type Claim struct {
	Source string
	Holder Holder
	// Machine is the ID of the machine that holds it; empty for a process that is none.
	Machine string
	// Until is when it ends, unless it is renewed; the zero time where it ends with its
	// process.
	Until time.Time
}

// claimed is a claim that is held. Lost is closed once it is known that another has it; it
// may be nil.
type claimed interface {
	releaser
	Lost() <-chan struct{}
}

// Claims gives the crawls that are claimed now, by their sources.
func (l *Ledger) Claims(ctx context.Context) ([]Claim, error) {
	claims, err := l.engine.claims(ctx)
	if err != nil {
		return nil, fmt.Errorf("read which crawls are claimed: %w", err)
	}
	return claims, nil
}

// Unended names the sources whose crawl was cut off, and that another may take up again:
// it did not end, is not claimed now, and had its last answer no longer ago than crawls
// are taken up again.
func (l *Ledger) Unended(ctx context.Context) (names []string, err error) {
	claims, err := l.Claims(ctx)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for i := range claims {
		held[claims[i].Source] = true
	}
	rows, err := l.engine.db().QueryContext(ctx, `SELECT source FROM crawl c WHERE NOT ended AND EXISTS
		(SELECT 1 FROM page p WHERE p.source = c.source AND p.crawl = c.n AND p.asked > `+l.engine.clock()+` - $1)
		ORDER BY source`, resumable.Milliseconds())
	if err != nil {
		return nil, fmt.Errorf("read which crawls were cut off: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("read which crawls were cut off: %w", err)
		}
		if !held[name] {
			names = append(names, name)
		}
	}
	return names, rows.Err()
}

// Under gives a context that ends once it is known that another process has the claim; its
// cause is ErrClaimLost then. The caller calls the function when the crawl is over.
func (c *Crawl) Under(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-c.claim.Lost():
			cancel(ErrClaimLost)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}
