package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// Lives calls f for every current posting, in the order of their numbers: with its
// summary, when it was seen last, and its turns, oldest first, all of which hold until f
// returns. Those whose summary is not kept come after all others. It stops at f's first
// error and returns it.
func (l *Ledger) Lives(
	ctx context.Context, f func(n int64, s *job.Summary, last time.Time, turns []Turn) error,
) error {
	return l.withTurns(ctx, func(turns *turnRows) error { return l.lives(ctx, turns, f) })
}

func (l *Ledger) lives(
	ctx context.Context, turns *turnRows, f func(n int64, s *job.Summary, last time.Time, turns []Turn) error,
) (err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		"SELECT s.n, s.packed, p.last_seen FROM summary s JOIN posting p ON p.n = s.n ORDER BY s.n")
	if err != nil {
		return fmt.Errorf("read summaries: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var (
		unpacker job.Unpacker
		s        job.Summary
		packed   sql.RawBytes
		missing  []int64
	)
	for rows.Next() {
		var n, last int64
		if err := rows.Scan(&n, &packed, &last); err != nil {
			return fmt.Errorf("read summaries: %w", err)
		}
		if unpacker.Unpack(packed, &s) != nil {
			missing = append(missing, n)
			continue
		}
		of, err := turns.of(n)
		if err != nil {
			return err
		}
		if err := f(n, &s, time.UnixMilli(last), of); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read summaries: %w", err)
	}
	l.older.Store(int64(len(missing)))
	return l.livesOf(ctx, missing, f)
}

// livesOf is Lives for some postings, by their records.
func (l *Ledger) livesOf(
	ctx context.Context, numbers []int64, f func(n int64, s *job.Summary, last time.Time, turns []Turn) error,
) error {
	for _, n := range numbers {
		const query = "SELECT " + recordColumns + " FROM posting p WHERE n = $1 AND NOT forgotten"
		err := l.each(ctx, query, func(r *Record) error {
			turns, err := l.Turns(ctx, r)
			if err != nil {
				return err
			}
			s := r.Summary()
			return f(n, &s, r.LastSeen, turns)
		}, n)
		if err != nil {
			return err
		}
	}
	return nil
}

// turnRows reads the turns of all postings, in the order of their numbers.
type turnRows struct {
	rows *sql.Rows
	next numberedTurn
	more bool
	out  []Turn
}

type numberedTurn struct {
	n int64
	Turn
}

// withTurns calls f with the turns of all postings.
func (l *Ledger) withTurns(ctx context.Context, f func(*turnRows) error) (err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT n, at, state, cause, crawl FROM turn ORDER BY n, id")
	if err != nil {
		return fmt.Errorf("read what became of postings: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	t := &turnRows{rows: rows}
	if err := t.advance(); err != nil {
		return err
	}
	return errors.Join(f(t), rows.Err())
}

// advance reads the next turn.
func (t *turnRows) advance() error {
	if t.more = t.rows.Next(); !t.more {
		return t.rows.Err()
	}
	var at int64
	if err := t.rows.Scan(&t.next.n, &at, &t.next.State, &t.next.Cause, &t.next.Crawl); err != nil {
		return fmt.Errorf("read what became of postings: %w", err)
	}
	t.next.At = time.UnixMilli(at)
	return nil
}

// of gives the turns of a posting, after those of all before it; they hold until the next
// call.
func (t *turnRows) of(n int64) ([]Turn, error) {
	t.out = t.out[:0]
	for t.more && t.next.n <= n {
		if t.next.n == n {
			t.out = append(t.out, t.next.Turn)
		}
		if err := t.advance(); err != nil {
			return nil, err
		}
	}
	return t.out, nil
}
