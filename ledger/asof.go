package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// asOfBatch is how many records SummariesBefore gives at once.
const asOfBatch = 500

// SummariesBefore goes through the current postings that were first seen before a time, in
// any order. It calls f with the number and the summary of each whose text is still the same
// and was read by the rules of a version, with the state that it had then; other with the
// records of all others, some at a time, as they are now. A summary holds until f returns. It
// stops at other's first error and returns it.
func (l *Ledger) SummariesBefore(
	ctx context.Context, before time.Time, rules string, f func(n int64, s *job.Summary), other func([]*Record) error,
) error {
	return l.withTurns(ctx, func(turns *turnRows) error {
		return l.summariesBefore(ctx, turns, before, rules, f, other)
	})
}

func (l *Ledger) summariesBefore(
	ctx context.Context, turns *turnRows, before time.Time, rules string, f func(n int64, s *job.Summary),
	other func([]*Record) error,
) (err error) {
	rows, err := l.engine.db().QueryContext(ctx, `SELECT s.n, s.packed, p.version,
		(SELECT max(v.version) FROM version v WHERE v.n = s.n AND v.seen < $1)
		FROM summary s JOIN posting p ON p.n = s.n WHERE p.first_seen < $1 ORDER BY s.n`, before.UnixMilli())
	if err != nil {
		return fmt.Errorf("read summaries: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var unpacker job.Unpacker
	var s job.Summary
	var packed sql.RawBytes
	var rest []int64
	for rows.Next() {
		var n, version int64
		var then sql.NullInt64
		if err := rows.Scan(&n, &packed, &version, &then); err != nil {
			return fmt.Errorf("read summaries: %w", err)
		}
		if then.Int64 != version || unpacker.Unpack(packed, &s) != nil || s.Verdict.RulesVersion != rules {
			if rest, err = l.giveRecords(ctx, append(rest, n), asOfBatch, other); err != nil {
				return err
			}
			continue
		}
		of, err := turns.of(n)
		if err != nil {
			return err
		}
		setState(&s, of, before)
		f(n, &s)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read summaries: %w", err)
	}
	_, err = l.giveRecords(ctx, rest, 1, other)
	return err
}

// setState puts the state that a posting had before a time into its summary.
func setState(s *job.Summary, turns []Turn, before time.Time) {
	state, closed := StateBefore(turns, s.State, before)
	if s.State, s.Closed = state, ""; !closed.IsZero() {
		s.Closed = dayOf(closed)
	}
}

// giveRecords calls f with the records of some numbers where there are at least so many,
// and gives those that are left.
func (l *Ledger) giveRecords(
	ctx context.Context, numbers []int64, least int, f func([]*Record) error,
) (left []int64, err error) {
	if len(numbers) < least {
		return numbers, nil
	}
	var records []*Record
	for _, n := range numbers {
		const query = "SELECT " + recordColumns + " FROM posting p WHERE n = $1 AND NOT forgotten"
		err := l.each(ctx, query, func(r *Record) error {
			records = append(records, r)
			return nil
		}, n)
		if err != nil {
			return nil, err
		}
	}
	return numbers[:0], f(records)
}

// VersionBefore is the newest version of a posting that was seen before a time; 0 where
// none was.
func (l *Ledger) VersionBefore(ctx context.Context, r *Record, before time.Time) (version int64, err error) {
	var found sql.NullInt64
	const query = "SELECT max(version) FROM version WHERE n = $1 AND seen < $2"
	if err := l.engine.db().QueryRowContext(ctx, query, r.N, before.UnixMilli()).Scan(&found); err != nil {
		return 0, fmt.Errorf("read versions: %w", err)
	}
	return found.Int64, nil
}

// StateBefore gives the state that a posting had before a time, by its turns and the state
// that it has now, and since when it was closed; the zero time unless it was.
func StateBefore(turns []Turn, now job.State, before time.Time) (state job.State, closed time.Time) {
	first := job.State("")
	if len(turns) > 0 {
		first = turns[0].State
	}
	state = job.StateBegun(first, now)
	for _, t := range turns {
		if !t.At.Before(before) {
			continue
		}
		state, closed = t.State, time.Time{}
		if t.State == job.StateClosed {
			closed = t.At
		}
	}
	return state, closed
}
