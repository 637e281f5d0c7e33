package chosen

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"jobsieve/indexer"
	"jobsieve/indexer/elastic"
	"jobsieve/ledger"
)

// Search asks the index: through the daemon that holds it, or itself. wait is
// how long to wait for it. l may be nil where another ledger feeds it.
func (x *Index) Search(ctx context.Context, l *ledger.Ledger, q indexer.Query, wait time.Duration) (*Found, error) {
	return asked(ctx, x, l, wait,
		func(c *Client) (*Found, error) { return c.Search(ctx, q) },
		func(ix indexer.Index) (*Found, error) { return x.searchOpen(ctx, l, ix, q) })
}

// Keys is Search for the keys of all documents that a query finds.
func (x *Index) Keys(ctx context.Context, l *ledger.Ledger, q indexer.Query, wait time.Duration) (*FoundKeys, error) {
	return asked(ctx, x, l, wait,
		func(c *Client) (*FoundKeys, error) { return c.Keys(ctx, q) },
		func(ix indexer.Index) (*FoundKeys, error) { return x.keysOpen(ctx, l, ix, q) })
}

// Asking is Search for several queries, with the index open all the while.
func (x *Index) Asking(
	ctx context.Context, l *ledger.Ledger, wait time.Duration,
	f func(search func(context.Context, indexer.Query) (*Found, error)) error,
) error {
	_, err := asked(ctx, x, l, wait,
		func(c *Client) (struct{}, error) { return struct{}{}, f(c.Search) },
		func(ix indexer.Index) (struct{}, error) {
			return struct{}{}, f(func(ctx context.Context, q indexer.Query) (*Found, error) {
				return x.searchOpen(ctx, l, ix, q)
			})
		})
	return err
}

// AsQuery writes a query as the body of a search of Elasticsearch, whichever index is
// configured. Its error says what no index can answer.
func AsQuery(q *indexer.Query) (map[string]any, error) { return elastic.Body(q), q.Check() }

// asked asks the daemon that holds an index, else the index.
func asked[T any](
	ctx context.Context, x *Index, l *ledger.Ledger, wait time.Duration,
	daemon func(*Client) (T, error), open func(indexer.Index) (T, error),
) (found T, err error) {
	if client, ok := x.elsewhere(); ok {
		client.Silence = max(wait, time.Second)
		return daemon(client)
	}
	err = x.filled(ctx, l, wait, func(ix indexer.Index) error {
		found, err = open(ix)
		return err
	})
	return found, err
}

// filled opens the index as OpenFilled does, passes it to f and closes it; one that is
// kept open stays so.
func (x *Index) filled(ctx context.Context, l *ledger.Ledger, wait time.Duration, f func(indexer.Index) error) error {
	if x.Kept != nil && x.Kept.hold { // else it would make an index on a server that lacks it
		return x.Kept.read(ctx, f)
	}
	ix, done, err := x.OpenFilled(ctx, l, wait)
	if err != nil {
		return err
	}
	return errors.Join(f(ix), done())
}

// searchOpen searches an open index, and counts what it lacks of the ledger, which may
// be nil, unless nobody needs counts.
func (x *Index) searchOpen(
	ctx context.Context, l *ledger.Ledger, ix indexer.Index, q indexer.Query,
) (*Found, error) {
	if q.Uncounted {
		answer, err := ix.Search(ctx, q)
		return &Found{Answer: answer}, err
	}
	found := &Found{}
	err := x.beside(ctx, l, ix, &found.Lack, func(ctx context.Context) (err error) {
		found.Answer, err = ix.Search(ctx, q)
		return err
	})
	return found, err
}

// beside counts what an open index lacks of the ledger beside f: on a server each is a
// request.
func (x *Index) beside(
	ctx context.Context, l *ledger.Ledger, ix indexer.Index, lack *Lack, f func(context.Context) error,
) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		*lack, err = x.lackOf(ctx, l, ix)
		return err
	})
	group.Go(func() error { return f(ctx) })
	return group.Wait()
}

// keysOpen is searchOpen for keys.
func (x *Index) keysOpen(
	ctx context.Context, l *ledger.Ledger, ix indexer.Index, q indexer.Query,
) (*FoundKeys, error) {
	found := &FoundKeys{Keys: []string{}}
	err := ix.Keys(ctx, q, func(key string) error {
		found.Keys = append(found.Keys, key)
		return nil
	})
	if err == nil {
		found.Lack, err = x.lackOf(ctx, l, ix)
	}
	return found, err
}

// lackOf counts what an open index lacks of the ledger, which may be nil: where there is
// much in it, as it was lately.
func (x *Index) lackOf(ctx context.Context, l *ledger.Ledger, ix indexer.Index) (Lack, error) {
	if l == nil {
		return Lack{}, nil
	}
	return x.lack.Get(ctx, func(ctx context.Context) (Lack, int, error) {
		counts, err := Counted(ctx, l, ix)
		return Lack{counts.Waiting, counts.Missing, counts.Foreign}, counts.Taken, err
	})
}

// Each calls f for every document that a query finds in the index as it is at the
// beginning, by key. lacking, called first, is given how the index differs from the
// ledger, document by document, since all of them are read.
func (x *Index) Each(
	ctx context.Context, l *ledger.Ledger, q indexer.Query, lacking func(Lack), f func(*indexer.Document) error,
) error {
	if err := x.free(); err != nil {
		return err
	}
	return x.filled(ctx, l, Wait, func(ix indexer.Index) error {
		if l != nil {
			c, err := compareOpen(ctx, l, ix)
			if err != nil {
				return err
			}
			differs := &c.Difference
			lacking(Lack{c.Deliveries.Waiting, differs.Missing, differs.Older + differs.Newer + differs.Foreign})
		}
		return x.eachFound(ctx, ix, q, f)
	})
}

// Count gives an index to count what it finds by itself. lacking is given how the index
// differs from the ledger.
func (x *Index) Count(
	ctx context.Context, l *ledger.Ledger, lacking func(Lack), count func(context.Context, indexer.Index) error,
) error {
	if err := x.free(); err != nil {
		return err
	}
	return x.filled(ctx, l, Wait, func(ix indexer.Index) error {
		var lack Lack
		err := x.beside(ctx, l, ix, &lack, func(ctx context.Context) error { return count(ctx, ix) })
		if err == nil {
			lacking(lack)
		}
		return err
	})
}

// elsewhere finds the daemon that holds the index, unless it is this process.
func (x *Index) elsewhere() (*Client, bool) {
	if x.Kept != nil {
		return nil, false
	}
	return x.Daemon()
}

// free refuses where another process, the daemon, holds the index.
func (x *Index) free() error {
	if _, running := x.elsewhere(); !running {
		return nil
	}
	return fmt.Errorf("the daemon holds the index in %s: stop it first, or leave out --from index", x.Dir)
}

// eachFound calls f for every document of an open index that a query finds.
func (x *Index) eachFound(
	ctx context.Context, ix indexer.Index, q indexer.Query, f func(*indexer.Document) error,
) error {
	finds := q.Matches
	if len(q.Terms) > 0 {
		found, err := x.keysOpen(ctx, nil, ix, q)
		if err != nil {
			return err
		}
		set := found.Set()
		finds = func(d *indexer.Document) bool { return set[d.Key] }
	}
	return ix.Each(ctx, func(d *indexer.Document) error {
		if !finds(d) {
			return nil
		}
		return f(d)
	})
}
