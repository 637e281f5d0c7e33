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
		done, err := l.replace(ctx, now, batch, to, nil)
		if err != nil {
			return n, err
		}
		for i, differs := range done {
			if !differs {
				continue
			}
			n++
			if changed != nil {
				changed(batch[i], &to[i])
			}
		}
		if len(done) > 0 {
			after = batch[len(done)-1].N
		}
	}
}

// replace puts readings in the place of earlier ones, and says which differ. It ends before
// the first posting that was written since it was read. also, which may be nil, is called in
// the transaction with that.
func (l *Ledger) replace(
	ctx context.Context, now time.Time, batch []*Record, to []Reading, also func(*prepared, []bool) error,
) (done []bool, err error) {
	err = l.transact(ctx, "read postings anew", func(tx *sql.Tx) (err error) {
		done = nil
		statements := prepare(tx)
		defer func() { err = errors.Join(err, statements.close()) }()
		for i, r := range batch {
			differs, err := reread(ctx, statements, now, r, &to[i])
			if errors.Is(err, errStale) {
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", r.Posting.ID, err)
			}
			done = append(done, differs)
		}
		if also == nil {
			return nil
		}
		return also(statements, done)
	})
	return done, err
}

// errStale says that a posting was written since it was read.
var errStale = errors.New("it was written meanwhile")

func reread(ctx context.Context, tx *prepared, now time.Time, r *Record, to *Reading) (differs bool, err error) {
	body, err := json.Marshal(to)
	if err != nil {
		return false, err
	}
	before, err := json.Marshal(r.Reading)
	if err != nil {
		return false, err
	}
	if bytes.Equal(body, before) {
		return false, refreshSummary(ctx, tx, r)
	}
	var n int64
	err = tx.row(ctx, `UPDATE posting SET reading = $1, rules = $2, revision = revision + 1
		WHERE n = $3 AND revision = $4 RETURNING n`, []any{packReading(body), to.Verdict.RulesVersion, r.N, r.Revision}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, errStale
	}
	if err != nil {
		return false, err
	}
	err = tx.exec(ctx, `INSERT INTO reading (n, revision, until, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (n, revision) DO UPDATE SET until = excluded.until, body = excluded.body`, r.N, r.Revision, now.UnixMilli(), packReading(before))
	if err != nil {
		return false, err
	}
	read := *r
	read.Reading = *to
	return true, keepSummary(ctx, tx, r.N, &read)
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
