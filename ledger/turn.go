package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// turnBatch is how many postings change their state in one transaction.
const turnBatch = 500

// turning is a change of state: since when, by which crawl of the source, and why. The
// zero time stands for the one until which the posting says that it holds.
type turning struct {
	state job.State
	cause job.Cause
	crawl int64
	at    time.Time
}

const turningColumns = "n, until"

// turnAll changes the state of the postings that a query for turningColumns finds, until
// it finds no more, and says how many. crawl is the claimed crawl that does, nil for none.
func (l *Ledger) turnAll(
	ctx context.Context, crawl *Crawl, t turning, query string, args ...any,
) (done int, err error) {
	for {
		n := 0
		err := l.transact(ctx, "note the state of postings", func(tx *sql.Tx) (err error) {
			if err := crawl.mine(ctx, tx); err != nil {
				return err
			}
			these, err := found(ctx, tx, query+fmt.Sprintf(" LIMIT %d", turnBatch), args)
			if err != nil {
				return err
			}
			statements := prepare(tx)
			defer func() { err = errors.Join(err, statements.close()) }()
			for _, p := range these {
				one := t
				if one.at.IsZero() {
					one.at = p.until
				}
				if err := one.turn(ctx, statements, p.n); err != nil {
					return err
				}
			}
			n = len(these)
			return nil
		})
		done += n
		if err != nil || n < turnBatch {
			return done, err
		}
	}
}

// turnable is a posting whose state may change.
type turnable struct {
	n     int64
	until time.Time
}

func found(ctx context.Context, tx *sql.Tx, query string, args []any) (out []turnable, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p turnable
		var until sql.NullInt64
		if err := rows.Scan(&p.n, &until); err != nil {
			return nil, err
		}
		p.until = time.UnixMilli(until.Int64)
		out = append(out, p)
	}
	return out, rows.Err()
}

// turn changes the state of posting n, whose document waits for every index again.
func (t *turning) turn(ctx context.Context, tx *prepared, n int64) error {
	var closed any
	if t.state == job.StateClosed {
		closed = t.at.UnixMilli()
	}
	const query = "UPDATE posting SET state = $1, closed = $2, revision = revision + 1 WHERE n = $3"
	if err := tx.exec(ctx, query, t.state, closed, n); err != nil {
		return err
	}
	const note = "INSERT INTO turn (n, at, crawl, state, cause) VALUES ($1, $2, $3, $4, $5)"
	if err := tx.exec(ctx, note, n, t.at.UnixMilli(), t.crawl, t.state, t.cause); err != nil {
		return err
	}
	return t.summarise(ctx, tx, n)
}

// summarise puts the state into the summary of posting n. One that can't be read stays
// to be made anew.
func (t *turning) summarise(ctx context.Context, tx *prepared, n int64) error {
	return editSummary(ctx, tx, n, func(s *job.Summary) {
		s.State, s.Closed = t.state, ""
		if t.state == job.StateClosed {
			s.Closed = dayOf(t.at)
		}
	})
}

// dayOf is the day of a moment in India.
func dayOf(at time.Time) string { return at.In(job.IST).Format(time.DateOnly) }

// Unread lets it be unknown whether postings are open whose source was last read well
// before a time, and that were not seen since. It says how many those are.
func (l *Ledger) Unread(ctx context.Context, before, now time.Time) (n int, err error) {
	sources, err := l.texts(ctx, `SELECT s.source FROM (SELECT DISTINCT source FROM posting WHERE state = 'open') s
		WHERE NOT EXISTS (SELECT 1 FROM yield y WHERE y.source = s.source AND y.good AND y.at >= $1)`, before.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("find sources that were not read: %w", err)
	}
	turn := turning{state: job.StateUnknown, cause: job.CauseUnread, at: now}
	for _, source := range sources {
		query := "SELECT " + turningColumns + " FROM posting " +
			"WHERE source = $1 AND state = 'open' AND last_seen < $2 AND NOT forgotten"
		turned, err := l.turnAll(ctx, nil, turn, query, source, before.UnixMilli())
		n += turned
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// texts gives the first column of a query.
func (l *Ledger) texts(ctx context.Context, query string, args ...any) (out []string, err error) {
	rows, err := l.engine.db().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Turn is one change of a posting's state.
type Turn struct {
	At    time.Time `json:"at"`
	State job.State `json:"state"`
	Cause job.Cause `json:"cause"`
	// Crawl is which crawl of its source showed it, counted from 1; 0 where none did.
	Crawl int64 `json:"crawl,omitempty"`
}

// Turns gives the changes of a posting's state, oldest first.
func (l *Ledger) Turns(ctx context.Context, r *Record) (out []Turn, err error) {
	const query = "SELECT at, state, cause, crawl FROM turn WHERE n = $1 ORDER BY id"
	rows, err := l.engine.db().QueryContext(ctx, query, r.N)
	if err != nil {
		return nil, fmt.Errorf("read what became of a posting: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t Turn
		var at int64
		if err := rows.Scan(&at, &t.State, &t.Cause, &t.Crawl); err != nil {
			return nil, fmt.Errorf("read what became of a posting: %w", err)
		}
		t.At = time.UnixMilli(at)
		out = append(out, t)
	}
	return out, rows.Err()
}
