package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrNotBegun says that no slice of a crawl has begun, or that its crawl has ended.
var ErrNotBegun = errors.New("no crawl of it that is done in slices is under way")

// GoOn claims the crawl of a source of which slices were done, and that has not ended; its
// error is ErrNotBegun where there is none. It claims as BeginCrawl does.
func (l *Ledger) GoOn(ctx context.Context, source string, now time.Time, wait time.Duration) (*Crawl, error) {
	return l.claim(ctx, source, wait, func(tx *sql.Tx, c *Crawl) error {
		if err := c.takeUp(ctx, tx, now); err != nil {
			return err
		}
		if c.Run == 0 {
			return ErrNotBegun
		}
		return nil
	})
}

// takeUp takes up the crawl that was cut off, if there is one. A frontier that is damaged
// is as none: the pages that are kept say the same.
func (c *Crawl) takeUp(ctx context.Context, tx *sql.Tx, now time.Time) error {
	var ended bool
	var last, run int64
	var packed []byte
	err := tx.QueryRowContext(ctx, `SELECT n, ended, frontier, run,
		coalesce((SELECT max(asked) FROM page p WHERE p.source = c.source AND p.crawl = c.n),
			(SELECT started FROM run r WHERE r.id = c.run), 0)
		FROM crawl c WHERE source = $1`, c.source).Scan(&c.n, &ended, &packed, &run, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	c.Resumed = err == nil && !ended && now.Sub(time.UnixMilli(last)) < resumable
	if !c.Resumed {
		return err
	}
	c.Run = run
	if c.Frontier, err = unpack(packed); err != nil {
		c.Frontier = nil
		c.ledger.damage.note("frontier of "+c.source, err)
	}
	return nil
}

// Pause keeps where the crawl goes on, and the run that its receipt will belong to; 0 for
// none.
func (c *Crawl) Pause(ctx context.Context, frontier []byte, run int64) error {
	packed := packedFrontier(frontier)
	err := c.ledger.transact(ctx, "keep where a crawl goes on", c.while(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE crawl SET frontier = $1, run = $2 WHERE source = $3 AND n = $4", packed,
			run, c.source, c.n)
		return err
	}))
	if err == nil {
		c.Frontier, c.Run = frontier, run
	}
	return err
}

// packedFrontier gives a frontier as it is kept: no bytes for none.
func packedFrontier(frontier []byte) []byte {
	if len(frontier) == 0 {
		return []byte{}
	}
	return pack(frontier)
}
