package chosen

import (
	"context"
	"errors"
	"fmt"

	"jobsieve/indexer/elastic"
	"jobsieve/ledger"
)

// ErrNothingLeft says that an index never leaves anything to prune.
var ErrNothingLeft = errors.New("the embedded index leaves nothing to prune")

// Left are the indexes on a server that rebuilds have left.
type Left struct {
	// Name is the index that the alias leads to, Names are those that were left.
	Name  string
	Names []string

	index *elastic.Index
	own   []elastic.Own
}

// Left looks for the indexes that rebuilds have left: made by this program for
// the alias, older than the one that it leads to, and without an alias.
func (x *Index) Left(ctx context.Context) (*Left, error) {
	if x.Embedded() {
		return nil, ErrNothingLeft
	}
	opts, err := x.elastic()
	if err != nil {
		return nil, err
	}
	ix, err := elastic.Open(ctx, opts, false)
	if err != nil {
		return nil, err
	}
	left := &Left{Name: ix.Name, Names: []string{}, index: ix}
	left.own, err = ix.Left(ctx)
	for _, o := range left.own {
		left.Names = append(left.Names, o.Name)
	}
	return left, err
}

// Prune deletes what was left, and forgets what was delivered there.
func (left *Left) Prune(ctx context.Context, l *ledger.Ledger) error {
	for i, o := range left.own {
		err := left.index.Delete(ctx, o)
		if err == nil {
			err = l.ForgetTarget(ctx, ledger.Target(o.Target))
		}
		if err != nil {
			return fmt.Errorf("delete %s, with %d deleted before it: %w", o.Name, i, err)
		}
	}
	return nil
}
