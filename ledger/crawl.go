package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Crawl is a crawl of a source, with the answers that it was given. One that
// was cut off is taken up again with them, so that it asks for nothing twice.
//
// It is claimed: until Release no other process, and no other part of this one,
// can claim a crawl of the same source. If one does all the same, since a lock
// may be lost with a file, or a lease ends while its process stands still, the
// writes of the earlier claim are refused.
type Crawl struct {
	ledger  *Ledger
	source  string
	n       int64
	attempt int64
	claim   claimed
	// Resumed says that an earlier run began this crawl and did not end it.
	Resumed bool
	// Frontier is where it goes on, as Pause kept it; empty where that is known by its
	// pages alone. Run is the run that its receipt will belong to, 0 for none yet.
	Frontier []byte
	Run      int64
	// Opened is how many postings it found open again.
	Opened int
}

// ErrClaimLost says that another process has claimed the crawl.
var ErrClaimLost = errors.New("another process has taken this crawl over")

// Page is a server's answer to a request, as it is kept.
type Page struct {
	// URL is the answer's address, after redirects.
	URL    string
	Status int
	// ETag, Modified and Robots are its headers of those meanings.
	ETag, Modified, Robots string
	// Body is empty where none came, or where it is no longer kept.
	Body []byte
	// At is when the body came or, where there is none, when it was asked for;
	// Asked is when the server last answered that it is still right.
	At, Asked time.Time
}

// resumable is how long after its last answer a crawl is taken up again.
const resumable = 48 * time.Hour

// BeginCrawl claims a crawl of a source: it begins one, or takes up the one that
// was cut off. Where another process crawls the source it waits up to wait; its
// error is a *HeldError then. The caller calls Release.
func (l *Ledger) BeginCrawl(ctx context.Context, source string, now time.Time, wait time.Duration) (*Crawl, error) {
	return l.claim(ctx, source, wait, func(tx *sql.Tx, c *Crawl) error { return c.begin(ctx, tx, now) })
}

// begin begins a crawl that was claimed, or takes up the one that was cut off.
func (c *Crawl) begin(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if err := c.takeUp(ctx, tx, now); err != nil || c.Resumed {
		return err
	}
	c.n++
	// A run of slices with which nobody went on has ended.
	_, err := tx.ExecContext(ctx, `UPDATE run SET finished = $1, outcome = 'failed'
		WHERE finished IS NULL AND id = (SELECT run FROM crawl WHERE source = $2)`, now.UnixMilli(), c.source)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO crawl (source, n, ended, frontier, run) VALUES ($1, $2, FALSE, $3, 0)
		ON CONFLICT (source) DO UPDATE
		SET n = excluded.n, ended = FALSE, frontier = excluded.frontier, run = excluded.run`, c.source, c.n, []byte{})
	return err
}

// LastCrawl claims the last crawl of a source, as BeginCrawl does, to read what
// it was answered; its error is ErrNoCrawl where none is known.
func (l *Ledger) LastCrawl(ctx context.Context, source string, wait time.Duration) (*Crawl, error) {
	return l.claim(ctx, source, wait, func(tx *sql.Tx, c *Crawl) error {
		err := tx.QueryRowContext(ctx, "SELECT n FROM crawl WHERE source = $1", source).Scan(&c.n)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoCrawl
		}
		return err
	})
}

// ErrNoCrawl says that a source has not been crawled yet.
var ErrNoCrawl = errors.New("it has not been crawled yet")

// claim claims a crawl that find finds or begins.
func (l *Ledger) claim(
	ctx context.Context, source string, wait time.Duration, find func(*sql.Tx, *Crawl) error,
) (*Crawl, error) {
	claim, err := l.engine.claim(ctx, source, l.machine.id(), wait)
	if err != nil {
		return nil, err
	}
	var c *Crawl
	err = l.transact(ctx, "claim the crawl of "+source, func(tx *sql.Tx) error {
		c = &Crawl{ledger: l, source: source, claim: claim}
		if err := find(tx, c); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "UPDATE crawl SET attempt = attempt + 1 WHERE source = $1 RETURNING attempt",
			source).Scan(&c.attempt)
	})
	if err != nil {
		return nil, errors.Join(err, claim.Release())
	}
	return c, nil
}

// Release gives the claim up; a crawl that did not end can be taken up again.
func (c *Crawl) Release() error { return c.claim.Release() }

// mine gives ErrClaimLost where the crawl was claimed again since. A nil crawl
// can't have been.
func (c *Crawl) mine(ctx context.Context, tx *sql.Tx) error {
	if c == nil {
		return nil
	}
	var attempt int64
	err := tx.QueryRowContext(ctx, "SELECT attempt FROM crawl WHERE source = $1 AND n = $2", c.source,
		c.n).Scan(&attempt)
	if errors.Is(err, sql.ErrNoRows) || err == nil && attempt != c.attempt {
		return ErrClaimLost
	}
	return err
}

// while gives f as a write of this crawl, which is done only while the claim
// holds.
func (c *Crawl) while(ctx context.Context, f func(*sql.Tx) error) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		if err := c.mine(ctx, tx); err != nil {
			return err
		}
		return f(tx)
	}
}

// End notes that the crawl came to an end: the next one starts from scratch.
func (c *Crawl) End(ctx context.Context) error {
	return c.ledger.transact(ctx, "end a crawl", c.while(ctx, func(tx *sql.Tx) error {
		const query = "UPDATE crawl SET ended = TRUE, frontier = $3, run = 0 WHERE source = $1 AND n = $2"
		_, err := tx.ExecContext(ctx, query, c.source, c.n, []byte{})
		return err
	}))
}

// Keep keeps the answer to a request, in place of an earlier one. The answer
// that nothing has changed leaves the body that was kept before.
func (c *Crawl) Keep(ctx context.Context, request string, p *Page) error {
	body, kept := []byte{}, keptBody
	if p.Status == http.StatusNotModified {
		kept = ""
	} else {
		body = pack(p.Body)
	}
	at := p.At.UnixMilli()
	return c.ledger.transactLazily(ctx, "keep a page", c.while(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO page
			(source, request, crawl, asked, status, fetched, url, etag, modified, robots, body)
			VALUES ($1, $2, $3, $4, $5, $4, $6, $7, $8, $9, $10) ON CONFLICT (source, request)
			DO UPDATE SET crawl = excluded.crawl, asked = excluded.asked, status = excluded.status`+kept,
			c.source, request, c.n, at, p.Status, p.URL, p.ETag, p.Modified, p.Robots, body)
		return err
	}))
}

// keptBody is what a page with a body also replaces of an earlier one.
const keptBody = `, fetched = excluded.fetched, url = excluded.url, etag = excluded.etag, modified = excluded.modified,
	robots = excluded.robots, body = excluded.body`

// Kept gives the answer that a request was given in this crawl; ok is false
// where it was not sent yet.
func (c *Crawl) Kept(ctx context.Context, request string) (p Page, ok bool, err error) {
	return c.page(ctx, "request = $2 AND crawl = $3", request, c.n)
}

// Last gives the newest answer that the source gave to a request in any crawl;
// ok is false where its body is not kept.
func (c *Crawl) Last(ctx context.Context, request string) (p Page, ok bool, err error) {
	p, ok, err = c.page(ctx, "request = $2", request)
	return p, ok && len(p.Body) > 0, err
}

func (c *Crawl) page(ctx context.Context, where string, args ...any) (p Page, ok bool, err error) {
	var at, asked int64
	var body []byte
	err = c.ledger.engine.db().QueryRowContext(ctx,
		"SELECT status, fetched, asked, url, etag, modified, robots, body FROM page WHERE source = $1 AND "+where,
		append([]any{c.source},
			args...)...).Scan(&p.Status, &at, &asked, &p.URL, &p.ETag, &p.Modified, &p.Robots, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	p.At, p.Asked = time.UnixMilli(at), time.UnixMilli(asked)
	if err == nil {
		p.Body, err = unpack(body)
	}
	if err != nil {
		return p, false, fmt.Errorf("read a kept page: %w", err)
	}
	return p, true, nil
}

// DropPages drops the pages of a source that were last asked for before a time,
// except those of a crawl that can still be taken up again.
func (l *Ledger) DropPages(ctx context.Context, source string, before, now time.Time) error {
	return l.transact(ctx, "drop old pages", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM page WHERE source = $1 AND asked < $2 AND crawl NOT IN (SELECT n FROM crawl c WHERE source = $1 AND NOT ended
			AND $3 < (SELECT max(asked) FROM page p WHERE p.source = c.source AND p.crawl = c.n))`, source, before.UnixMilli(), now.Add(-resumable).UnixMilli())
		return err
	})
}

// PageSources names the sources that have kept pages.
func (l *Ledger) PageSources(ctx context.Context) (names []string, err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT DISTINCT source FROM page ORDER BY source")
	if err != nil {
		return nil, fmt.Errorf("name the sources of kept pages: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("name the sources of kept pages: %w", err)
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
