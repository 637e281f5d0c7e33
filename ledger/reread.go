package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// rereadBatch is how many postings are read anew in one transaction.
const rereadBatch = 500

// Reread reads every current posting anew. A reading that differs replaces the
// earlier one, which is kept as history, and its document waits for every
// index again. read gives the new reading of a record; changed, which may be
// nil, is told of each that differs. The number of those is returned.
func (l *Ledger) Reread(ctx context.Context, now time.Time, read func(*Record) Reading, changed func(r *Record, to *Reading)) (n int, err error) {
	for after := int64(0); ; {
		batch, err := l.batch(ctx, "NOT gone", after, rereadBatch)
		if err != nil || len(batch) == 0 {
			return n, err
		}
		after = batch[len(batch)-1].N
		err = l.transact(ctx, "read postings anew", func(tx *sql.Tx) error {
			for _, r := range batch {
				to := read(r)
				differs, err := reread(ctx, tx, now, r, &to)
				if err != nil {
					return fmt.Errorf("%s: %w", r.Posting.ID, err)
				}
				if !differs {
					continue
				}
				n++
				if changed != nil {
					changed(r, &to)
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
}

func reread(ctx context.Context, tx *sql.Tx, now time.Time, r *Record, to *Reading) (bool, error) {
	body, err := json.Marshal(to)
	if err != nil {
		return false, err
	}
	before, err := json.Marshal(r.Reading)
	if err != nil || bytes.Equal(body, before) {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO reading (n, revision, until, body) VALUES (?, ?, ?, ?)", r.N, r.Revision, now.UnixMilli(), before)
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE posting SET reading = ?, revision = revision + 1 WHERE n = ?", body, r.N)
	return true, err
}

// Earlier is a reading that a later one replaced.
type Earlier struct {
	Reading
	Until time.Time
}

// History gives the earlier readings of a posting, oldest first.
func (l *Ledger) History(ctx context.Context, r *Record) (out []Earlier, err error) {
	rows, err := l.db.QueryContext(ctx, "SELECT until, body FROM reading WHERE n = ? ORDER BY revision", r.N)
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var until int64
		var body []byte
		var e Earlier
		if err := rows.Scan(&until, &body); err != nil {
			return nil, fmt.Errorf("read the history: %w", err)
		}
		if err := json.Unmarshal(body, &e.Reading); err != nil {
			return nil, fmt.Errorf("read the history: %w", err)
		}
		e.Until = time.UnixMilli(until)
		out = append(out, e)
	}
	return out, rows.Err()
}
