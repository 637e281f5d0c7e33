package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Due is when a source is crawled next by its schedule. The zero value stands for a
// source of which nothing is known yet.
type Due struct {
	// Schedule is what Next was counted from.
	Schedule string
	Next     time.Time
	// Begun is when a crawl was begun last by schedule; the zero time where none was.
	Begun time.Time
}

// DueChange gives what holds from now on, from what is known; ok is false where
// nothing changes. It may be called again where another process writes.
type DueChange func(known Due) (now Due, ok bool)

// ErrNotDue says that a source isn't due: another process may have begun the crawl.
var ErrNotDue = errors.New("it is not due")

// Dues gives when sources are due, by their names.
func (l *Ledger) Dues(ctx context.Context) (dues map[string]Due, err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT source, schedule, next, begun FROM next_due")
	if err != nil {
		return nil, fmt.Errorf("read when sources are due: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	dues = map[string]Due{}
	for rows.Next() {
		var source string
		var d Due
		var next, begun int64
		if err := rows.Scan(&source, &d.Schedule, &next, &begun); err != nil {
			return nil, fmt.Errorf("read when sources are due: %w", err)
		}
		d.Next, d.Begun = dueTime(next), dueTime(begun)
		dues[source] = d
	}
	return dues, rows.Err()
}

// ChangeDue notes when a source is due, as change says.
func (l *Ledger) ChangeDue(ctx context.Context, source string, change DueChange) error {
	return l.transact(ctx, "note when "+source+" is due", func(tx *sql.Tx) error {
		_, err := changeDue(ctx, tx, source, change)
		return err
	})
}

// BeginDue is BeginCrawl by schedule: take says, at the moment when the crawl
// begins, whether the source is due, and when it is next. Its error is ErrNotDue
// where take changes nothing. With the name of a command it begins a run of it, to which
// the crawl belongs until it ends, in whatever slices: a kill leaves no moment in which the
// source is taken and its crawl not begun.
func (l *Ledger) BeginDue(
	ctx context.Context, source, command string, now time.Time, wait time.Duration, take DueChange,
) (*Crawl, error) {
	return l.claim(ctx, source, wait, func(tx *sql.Tx, c *Crawl) error {
		taken, err := changeDue(ctx, tx, source, take)
		if err != nil {
			return err
		}
		if !taken {
			return ErrNotDue
		}
		if err := c.begin(ctx, tx, now); err != nil || command == "" || c.Run != 0 {
			return err
		}
		if c.Run, err = beginRun(ctx, tx, command, now); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE crawl SET run = $1 WHERE source = $2 AND n = $3", c.Run, source, c.n)
		return err
	})
}

func changeDue(ctx context.Context, tx *sql.Tx, source string, change DueChange) (changed bool, err error) {
	var known Due
	var next, begun int64
	err = tx.QueryRowContext(ctx, "SELECT schedule, next, begun FROM next_due WHERE source = $1",
		source).Scan(&known.Schedule, &next, &begun)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	known.Next, known.Begun = dueTime(next), dueTime(begun)
	now, ok := change(known)
	if !ok {
		return false, nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO next_due (source, schedule, next, begun) VALUES ($1, $2, $3, $4)
		ON CONFLICT (source) DO UPDATE
		SET schedule = excluded.schedule, next = excluded.next, begun = excluded.begun`,
		source, now.Schedule, dueMilli(now.Next), dueMilli(now.Begun))
	return err == nil, err
}

// dueTime and dueMilli turn times into milliseconds and back; the zero time is 0.
func dueTime(milli int64) time.Time {
	if milli == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milli)
}

func dueMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
