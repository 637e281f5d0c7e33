package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// nextSlot is when the next slot of a host begins at $2, at the earliest, for one who took
// the last at $4, or else wants a gap of $5.
const nextSlot = `CASE WHEN host.asked = $4 OR host.free <= $2 AND host.asked + $5 <= $2 THEN $2
	WHEN host.free >= host.asked + $5 THEN host.free ELSE host.asked + $5 END`

// takeSlot takes the next slot of host $1, with what it keeps, $3, unless it begins, or the
// host rests, later than $6. The first begins at $2 and keeps the host until $7.
const takeSlot = `INSERT INTO host (host, asked, free, failures, rests, why) VALUES ($1, $2, $7, 0, 0, '')
	ON CONFLICT (host) DO UPDATE SET asked = ` + nextSlot + `, free = $3 + ` + nextSlot + `
	WHERE host.rests <= $6 AND ` + nextSlot + ` <= $6
	RETURNING asked, rests, why, failures`

// TakeSlot takes a host's next slot. Whoever asks, no two begin closer together than each
// wants. now is this machine's clock, which must agree with those of others that share the
// ledger; it is asked when no other writes.
func (l *Ledger) TakeSlot(
	ctx context.Context, host string, w job.Want, now func() time.Time,
) (slot job.Slot, err error) {
	mine := int64(0)
	if !w.Mine.IsZero() {
		mine = w.Mine.UnixNano()
	}
	err = l.transactAgreed(ctx, "take a slot of "+host, func(tx *sql.Tx) error {
		at := now()
		var begins, rests int64
		slot = job.Slot{}
		c := &slot.Condition
		err := tx.QueryRowContext(ctx, takeSlot, host, at.UnixNano(), int64(w.Keeps), mine, int64(w.Gap),
			at.Add(w.Most).UnixNano(), at.Add(w.Keeps).UnixNano()).Scan(&begins, &rests, &c.Why, &c.Failures)
		if errors.Is(err, sql.ErrNoRows) {
			slot, err = slotLater(ctx, tx, host, w.Gap, at)
			return err
		}
		slot.Begins, c.Rest = time.Unix(0, begins), max(0, time.Unix(0, rests).Sub(at))
		slot.Wait = slot.Begins.Sub(at)
		return err
	})
	return slot, err
}

// slotLater says when a slot begins that was not taken.
func slotLater(ctx context.Context, tx *sql.Tx, host string, gap time.Duration, at time.Time) (s job.Slot, err error) {
	var asked, free, rests int64
	c := &s.Condition
	err = tx.QueryRowContext(ctx, "SELECT asked, free, rests, why, failures FROM host WHERE host = $1",
		host).Scan(&asked, &free, &rests, &c.Why, &c.Failures)
	c.Rest = max(0, time.Unix(0, rests).Sub(at))
	s.Wait = max(time.Unix(0, asked).Add(gap).Sub(at), time.Unix(0, free).Sub(at), c.Rest)
	return s, err
}

// HostRest gives how long a host is still left alone.
func (l *Ledger) HostRest(ctx context.Context, host string, now func() time.Time) (time.Duration, error) {
	var rests int64
	err := l.engine.db().QueryRowContext(ctx, "SELECT rests FROM host WHERE host = $1", host).Scan(&rests)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("look how %s does: %w", host, err)
	}
	return max(0, time.Unix(0, rests).Sub(now())), nil
}

// NoteHost notes how a host does that was asked. A longer rest that is noted already
// stays. now is the clock by which slots are taken.
func (l *Ledger) NoteHost(ctx context.Context, host string, c job.Condition, now func() time.Time) error {
	return l.transactLazily(ctx, "note how "+host+" does", func(tx *sql.Tx) error {
		rests := int64(0)
		if c.Rest > 0 {
			rests = now().Add(c.Rest).UnixNano()
		}
		_, err := tx.ExecContext(ctx, `UPDATE host SET failures = $2,
			why = CASE WHEN rests < $3 THEN $4 ELSE why END, rests = CASE WHEN rests < $3 THEN $3 ELSE rests END
			WHERE host = $1`, host, c.Failures, rests, c.Why)
		return err
	})
}

// Robots gives what is known of a host's robots.txt for a scheme; nil for nothing. One
// that is damaged is not known: it is asked for again.
func (l *Ledger) Robots(ctx context.Context, host, scheme string) (*job.RobotsFile, error) {
	var r job.RobotsFile
	var body []byte
	var until int64
	err := l.engine.db().QueryRowContext(ctx,
		"SELECT found, body, fault, faults, until FROM robots WHERE host = $1 AND scheme = $2",
		host, scheme).Scan(&r.Found, &body, &r.Fault, &r.Faults, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the robots.txt of %s: %w", host, err)
	}
	if r.Text, err = unpack(body); err != nil {
		return nil, nil //nolint:nilerr // it is damaged
	}
	r.Until = time.Unix(0, until)
	return &r, nil
}

// KeepRobots keeps what came of asking for a host's robots.txt, in place of what was
// known.
func (l *Ledger) KeepRobots(ctx context.Context, host, scheme string, r *job.RobotsFile) error {
	return l.transactLazily(ctx, "keep the robots.txt of "+host, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO robots (host, scheme, found, body, fault, faults, until)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (host, scheme) DO UPDATE
			SET found = excluded.found, body = excluded.body, fault = excluded.fault, faults = excluded.faults,
			until = excluded.until`, host, scheme, r.Found, pack(r.Text), r.Fault, r.Faults, r.Until.UnixNano())
		return err
	})
}

// DropHosts drops what is known of hosts that were not asked since a time, and what was
// noted by a clock that was ahead: that of hosts with slots later than any is waited for.
func (l *Ledger) DropHosts(ctx context.Context, before, latest time.Time) error {
	return l.transactLazily(ctx, "drop old hosts", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM host WHERE asked < $1 OR asked > $2", before.UnixNano(),
			latest.UnixNano())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM robots WHERE host NOT IN (SELECT host FROM host)")
		return err
	})
}
