package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Crawl is a crawl of a source, with the answers that it was given. One that
// was cut off is taken up again with them, so that it asks for nothing twice.
type Crawl struct {
	ledger *Ledger
	source string
	n      int64
	// Resumed says that an earlier run began this crawl and did not end it.
	Resumed bool
}

// Answer is what a server answered to a request.
type Answer struct {
	// URL is where the answer stands, after redirects.
	URL    string
	Status int
	// ETag, Modified and Robots are its headers of those meanings.
	ETag, Modified, Robots string
	// Body is empty where none came, or where it is kept no more.
	Body []byte
	// At is when the body came, and where there is none when it was asked for;
	// Asked is when the server last answered that it is still right.
	At, Asked time.Time
}

// resumable is how long after its last answer a crawl is taken up again.
const resumable = 48 * time.Hour

// BeginCrawl begins a crawl of a source, or takes up the one that was cut off.
func (l *Ledger) BeginCrawl(ctx context.Context, source string, now time.Time) (*Crawl, error) {
	c := &Crawl{ledger: l, source: source}
	err := l.transact(ctx, "begin a crawl", func(tx *sql.Tx) error {
		var ended bool
		var last int64
		err := tx.QueryRowContext(ctx, `SELECT n, ended, coalesce((SELECT max(asked) FROM page p WHERE p.source = c.source AND p.crawl = c.n), 0)
			FROM crawl c WHERE source = ?`, source).Scan(&c.n, &ended, &last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err == nil && !ended && now.Sub(time.UnixMilli(last)) < resumable {
			c.Resumed = true
			return nil
		}
		c.n++
		_, err = tx.ExecContext(ctx, "INSERT INTO crawl (source, n, ended) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET n = excluded.n, ended = 0", source, c.n)
		return err
	})
	return c, err
}

// LastCrawl gives the last crawl of a source; ok is false where none is known.
func (l *Ledger) LastCrawl(ctx context.Context, source string) (c *Crawl, ok bool, err error) {
	c = &Crawl{ledger: l, source: source}
	err = l.db.QueryRowContext(ctx, "SELECT n FROM crawl WHERE source = ?", source).Scan(&c.n)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find a crawl: %w", err)
	}
	return c, true, nil
}

// End notes that the crawl came to an end: the next one begins anew.
func (c *Crawl) End(ctx context.Context) error {
	return c.ledger.transact(ctx, "end a crawl", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE crawl SET ended = 1 WHERE source = ? AND n = ?", c.source, c.n)
		return err
	})
}

// Keep keeps the answer to a request, in place of an earlier one. The answer
// that nothing has changed leaves the body that was kept before.
func (c *Crawl) Keep(ctx context.Context, request string, a *Answer) error {
	db, err := c.ledger.lazily()
	if err != nil {
		return err
	}
	at := a.At.UnixMilli()
	if a.Status == http.StatusNotModified {
		_, err = db.ExecContext(ctx, `INSERT INTO page (source, request, crawl, asked, status, fetched, url, etag, modified, robots, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'')
			ON CONFLICT DO UPDATE SET crawl = excluded.crawl, asked = excluded.asked, status = excluded.status`,
			c.source, request, c.n, at, a.Status, at, a.URL, a.ETag, a.Modified, a.Robots)
	} else {
		_, err = db.ExecContext(ctx, `INSERT OR REPLACE INTO page (source, request, crawl, asked, status, fetched, url, etag, modified, robots, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.source, request, c.n, at, a.Status, at, a.URL, a.ETag, a.Modified, a.Robots, pack(a.Body))
	}
	if err != nil {
		return fmt.Errorf("keep a page: %w", err)
	}
	return nil
}

// Kept gives the answer that a request was given in this crawl; ok is false
// where it was not sent yet.
func (c *Crawl) Kept(ctx context.Context, request string) (a Answer, ok bool, err error) {
	return c.page(ctx, "request = ? AND crawl = ?", request, c.n)
}

// Last gives the newest answer that the source gave to a request in any crawl;
// ok is false where its body is not kept.
func (c *Crawl) Last(ctx context.Context, request string) (a Answer, ok bool, err error) {
	a, ok, err = c.page(ctx, "request = ?", request)
	return a, ok && len(a.Body) > 0, err
}

func (c *Crawl) page(ctx context.Context, where string, args ...any) (a Answer, ok bool, err error) {
	var at, asked int64
	var body []byte
	err = c.ledger.db.QueryRowContext(ctx, "SELECT status, fetched, asked, url, etag, modified, robots, body FROM page WHERE source = ? AND "+where,
		append([]any{c.source}, args...)...).Scan(&a.Status, &at, &asked, &a.URL, &a.ETag, &a.Modified, &a.Robots, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.At, a.Asked = time.UnixMilli(at), time.UnixMilli(asked)
	if err == nil {
		a.Body, err = unpack(body)
	}
	if err != nil {
		return a, false, fmt.Errorf("read a kept page: %w", err)
	}
	return a, true, nil
}

// DropPages drops the pages of a source that were last asked for before a time,
// but those of a crawl that can still be taken up again.
func (l *Ledger) DropPages(ctx context.Context, source string, before, now time.Time) error {
	return l.transact(ctx, "drop old pages", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM page WHERE source = ?1 AND asked < ?2 AND crawl NOT IN (SELECT n FROM crawl c WHERE source = ?1 AND NOT ended
			AND ?3 < (SELECT max(asked) FROM page p WHERE p.source = c.source AND p.crawl = c.n))`, source, before.UnixMilli(), now.Add(-resumable).UnixMilli())
		return err
	})
}

// PageSources names the sources that pages are kept of.
func (l *Ledger) PageSources(ctx context.Context) (names []string, err error) {
	rows, err := l.db.QueryContext(ctx, "SELECT DISTINCT source FROM page ORDER BY source")
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

// coder packs bodies. Both halves may be used by several goroutines.
var coder = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	// With these options neither can fail.
	in, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	out, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	return in, out
})

func pack(body []byte) []byte {
	in, _ := coder()
	return in.EncodeAll(body, []byte{})
}

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	_, out := coder()
	return out.DecodeAll(packed, nil)
}
