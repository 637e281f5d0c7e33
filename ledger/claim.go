package ledger

import (
	"context"
	"fmt"
	"slices"
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

// Unended names the sources whose crawl is done in slices and has not ended, and that
// nobody holds now: another machine may go on with it.
func (l *Ledger) Unended(ctx context.Context) (names []string, err error) {
	claims, err := l.Claims(ctx)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for i := range claims {
		held[claims[i].Source] = true
	}
	all, err := l.texts(ctx, "SELECT source FROM crawl WHERE NOT ended AND run <> 0 ORDER BY source")
	if err != nil {
		return nil, fmt.Errorf("read which crawls go on: %w", err)
	}
	return slices.DeleteFunc(all, func(source string) bool { return held[source] }), nil
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
