package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// rereadBatch is how many postings are read again in one transaction.
const rereadBatch = 500

// Reread reads every current posting again. A reading that differs replaces the
// earlier one, which is kept as history, and its document waits for every
// index again. read gives the new readings of records, outside any transaction;
// changed, which may be nil, is told of each that differs. The number of those
// is returned. A posting that changes meanwhile is read once more.
func (l *Ledger) Reread(
	ctx context.Context, now time.Time, read func([]*Record) ([]Reading, error), changed func(r *Record, to *Reading),
) (n int, err error) {
	for after := int64(0); ; {
		batch, err := l.batch(ctx, "NOT forgotten", after, rereadBatch)
		if err != nil || len(batch) == 0 {
			return n, err
		}
		to, err := read(batch)
		if err != nil {
			return n, err
		}
		done, err := l.replace(ctx, now, batch, to)
		if err != nil {
			return n, err
		}
		for i, d := range done {
			if d == differs {
				n++
				if changed != nil {
					changed(batch[i], &to[i])
				}
			}
		}
		// Everything from the first that was written meanwhile is read once more.
		if i := slices.Index(done, stale); i >= 0 {
			after = batch[i].N - 1
			continue
		}
		after = batch[len(batch)-1].N
	}
}

// replaced is what became of a reading.
type replaced int

const (
	same    replaced = iota
	differs          // it took the place of the earlier one
	stale            // the posting was written since it was read
)

// replace puts readings in the place of earlier ones.
func (l *Ledger) replace(
	ctx context.Context, now time.Time, batch []*Record, to []Reading,
) (done []replaced, err error) {
	err = l.transact(ctx, "read postings anew", func(tx *sql.Tx) (err error) {
		done = make([]replaced, len(batch))
		statements := prepare(tx)
		defer func() { err = errors.Join(err, statements.close()) }()
		for i, r := range batch {
			if done[i], err = reread(ctx, statements, now, r, &to[i]); err != nil {
				return fmt.Errorf("%s: %w", r.Posting.ID, err)
			}
		}
		return nil
	})
	return done, err
}

func reread(ctx context.Context, tx *prepared, now time.Time, r *Record, to *Reading) (replaced, error) {
	body, err := json.Marshal(to)
	if err != nil {
		return same, err
	}
	before, err := json.Marshal(r.Reading)
	if err != nil {
		return same, err
	}
	if bytes.Equal(body, before) {
		return same, refreshSummary(ctx, tx, r)
	}
	var n int64
	err = tx.row(ctx, `UPDATE posting SET reading = $1, rules = $2, revision = revision + 1
		WHERE n = $3 AND revision = $4 RETURNING n`, []any{packReading(body), to.Verdict.RulesVersion, r.N, r.Revision}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return stale, nil
	}
	if err != nil {
		return same, err
	}
	err = tx.exec(ctx, `INSERT INTO reading (n, revision, until, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (n, revision) DO UPDATE SET until = excluded.until, body = excluded.body`, r.N, r.Revision, now.UnixMilli(), packReading(before))
	if err != nil {
		return same, err
	}
	read := *r
	read.Reading = *to
	return differs, keepSummary(ctx, tx, r.N, &read)
}

// Earlier is a reading that a later one replaced.
type Earlier struct {
	Reading
	Until time.Time
}

// History gives the earlier readings of a posting, oldest first.
func (l *Ledger) History(ctx context.Context, r *Record) (out []Earlier, err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT until, body FROM reading WHERE n = $1 ORDER BY revision", r.N)
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
		if err := e.unpack(body); err != nil {
			return nil, fmt.Errorf("read the history: %w", err)
		}
		e.Until = time.UnixMilli(until)
		out = append(out, e)
	}
	return out, rows.Err()
}

// ReadOtherwise counts the postings that were read by other rules than those of
// the given version, and all postings.
func (l *Ledger) ReadOtherwise(ctx context.Context, rules string) (otherwise, all int, err error) {
	type counts struct{ otherwise, all int }
	n, err := remembered(ctx, l, readOtherwise(rules), func() (n counts, err error) {
		const query = "SELECT count(*) FILTER (WHERE rules <> $1), count(*) FROM posting WHERE NOT forgotten"
		if err := l.engine.db().QueryRowContext(ctx, query, rules).Scan(&n.otherwise, &n.all); err != nil {
			return n, fmt.Errorf("count what was read by other rules: %w", err)
		}
		return n, nil
	})
	return n.otherwise, n.all, err
}

// readOtherwise is what that is remembered by.
type readOtherwise string
