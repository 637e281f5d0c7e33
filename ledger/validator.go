package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Page is the page that a posting was read from, and what its server gave to
// ask whether it has changed.
type Page struct {
	URL      string
	ETag     string
	Modified string
}

// Page gives what the page of a known posting was last served with; ok is
// false where nothing is known of it.
func (l *Ledger) Page(ctx context.Context, source, url string) (p Page, ok bool, err error) {
	p.URL = url
	err = l.db.QueryRowContext(ctx, "SELECT etag, modified FROM validator WHERE source = ? AND url = ?", source, url).Scan(&p.ETag, &p.Modified)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("read a validator: %w", err)
	}
	return p, true, nil
}

func setPage(ctx context.Context, tx *sql.Tx, source string, n int64, p Page) error {
	if p.ETag == "" && p.Modified == "" {
		_, err := tx.ExecContext(ctx, "DELETE FROM validator WHERE source = ? AND url = ?", source, p.URL)
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO validator (source, url, n, etag, modified) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET n = excluded.n, etag = excluded.etag, modified = excluded.modified`, source, p.URL, n, p.ETag, p.Modified)
	return err
}

// Touch marks the postings of pages that have not changed as seen at now.
func (l *Ledger) Touch(ctx context.Context, source string, urls []string, now time.Time) error {
	return l.transact(ctx, "mark postings as seen", func(tx *sql.Tx) error {
		for _, u := range urls {
			_, err := tx.ExecContext(ctx, "UPDATE posting SET last_seen = ? WHERE n = (SELECT n FROM validator WHERE source = ? AND url = ?)", now.UnixMilli(), source, u)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
