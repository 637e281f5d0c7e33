package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A claim on a server is a lease: it ends leaseLasts after it was taken or renewed, by the
// server's clock, and is renewed every renewEvery. So a process that is stopped, or a machine
// that is cut off, holds it no longer than that.
const (
	leaseLasts = 15 * time.Second
	renewEvery = 5 * time.Second
)

// serverClock is the server's time, in milliseconds since 1970.
const serverClock = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

func (p *postgres) clock() string { return serverClock }

func (p *postgres) shared() bool { return true }

// pulseConns is how many connections claims and machines have.
const pulseConns = 2

// pulse is the way of claims and machines, which wait for nothing else that is asked or
// written here.
func (p *postgres) pulse() *sql.DB {
	p.beating.once.Do(func() {
		p.beating.db = connectServer(p.config, &p.known, map[string]string{"lock_timeout": lockTimeout})
		p.beating.db.SetMaxOpenConns(pulseConns)
	})
	return p.beating.db
}

func (p *postgres) aside(ctx context.Context, f func(*sql.Tx) error) error {
	return patiently(ctx, p.busy, func() error { return once(ctx, p.pulse(), f) })
}

// lease is a claim that is renewed until it is released, or found to be another's.
type lease struct {
	server         *postgres
	source, what   string
	token, machine string

	cancel context.CancelFunc
	ended  chan struct{} // it is not renewed any more
	lost   chan struct{}
}

// claim takes a lease.
func (p *postgres) claim(ctx context.Context, source, machine string, wait time.Duration) (claimed, error) {
	l := &lease{
		server: p, source: source, what: "the crawl of source " + source, token: rand.Text(), machine: machine,
		ended: make(chan struct{}), lost: make(chan struct{}),
	}
	for began := time.Now(); ; pause(ctx) {
		err := l.take(ctx)
		if err == nil {
			break
		}
		var held *HeldError
		if !errors.As(err, &held) {
			return nil, fmt.Errorf("claim %s: %w", l.what, err)
		}
		if ctx.Err() != nil || time.Since(began) >= wait {
			return nil, errors.Join(ctx.Err(), held)
		}
	}
	going, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l.cancel = cancel
	go l.renewUntil(going)
	return l, nil
}

// take takes the lease where none holds it; its error is a *HeldError where another does, and
// ErrDraining where the machine is to take none.
func (l *lease) take(ctx context.Context) error {
	return l.server.aside(ctx, func(tx *sql.Tx) error {
		// Who only looks writes nothing.
		var holder string
		var started int64
		const query = "SELECT holder, started FROM claim WHERE source = $1 AND token <> $2 AND until > " + serverClock
		err := tx.QueryRowContext(ctx, query, l.source, l.token).Scan(&holder, &started)
		if err == nil {
			return &HeldError{l.what, holderNamed(holder, time.UnixMilli(started).Truncate(time.Second))}
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := l.drained(ctx, tx); err != nil {
			return err
		}
		return l.write(ctx, tx)
	})
}

// drained gives ErrDraining where the machine is to begin nothing more. Whoever drains it
// waits for the transaction, so that it sees the claim, or the claim sees that.
func (l *lease) drained(ctx context.Context, tx *sql.Tx) error {
	var draining bool
	err := tx.QueryRowContext(ctx, "SELECT draining FROM machine WHERE id = $1 FOR SHARE", l.machine).Scan(&draining)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && draining:
		return ErrDraining
	}
	return err
}

// write writes the lease, unless another was quicker.
func (l *lease) write(ctx context.Context, tx *sql.Tx) error {
	var token string
	err := tx.QueryRowContext(ctx, `INSERT INTO claim (source, token, machine, holder, started, until)
		VALUES ($1, $2, $3, $4, `+serverClock+", "+serverClock+` + $5) ON CONFLICT (source) DO UPDATE
		SET token = excluded.token, machine = excluded.machine, holder = excluded.holder,
		started = excluded.started, until = excluded.until
		WHERE claim.until <= `+serverClock+" OR claim.token = excluded.token RETURNING token",
		l.source, l.token, l.machine, processName(), l.server.lasts.Milliseconds()).Scan(&token)
	if errors.Is(err, sql.ErrNoRows) {
		return &HeldError{l.what, l.holder(ctx, tx)}
	}
	if err != nil {
		return err
	}
	return l.earlier(ctx, tx)
}

// holder says who was quicker; one that is not seen any more is process 0.
func (l *lease) holder(ctx context.Context, tx *sql.Tx) Holder {
	var name string
	var started int64
	const query = "SELECT holder, started FROM claim WHERE source = $1"
	err := tx.QueryRowContext(ctx, query, l.source).Scan(&name, &started)
	if err != nil {
		return Holder{}
	}
	return holderNamed(name, time.UnixMilli(started).Truncate(time.Second))
}

// earlier gives a *HeldError where a program of an earlier version has claimed the crawl: it
// did so by a lock of its session.
func (l *lease) earlier(ctx context.Context, tx *sql.Tx) error {
	name := fmt.Sprintf("crawl %x", sha256.Sum256([]byte(l.source)))
	var free bool
	err := tx.QueryRowContext(ctx, "SELECT pg_try_advisory_xact_lock("+lockNumber+")", name).Scan(&free)
	if err != nil || free {
		return err
	}
	return &HeldError{l.what, holderOfLock(ctx, tx, name)}
}

// renewUntil renews the lease until the context ends, or another has it. While the server
// can't be reached none can take it, so it is tried on.
func (l *lease) renewUntil(ctx context.Context) {
	defer close(l.ended)
	wait := l.server.every
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		mine, err := l.renew(ctx)
		if err == nil && !mine {
			close(l.lost)
			return
		}
		if wait = l.server.every; err != nil {
			wait = min(wait, time.Second)
		}
	}
}

// renew renews the lease; mine is false where another has it, or it was ended.
func (l *lease) renew(ctx context.Context) (mine bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	err = l.server.aside(ctx, func(tx *sql.Tx) error {
		var token string
		err := tx.QueryRowContext(ctx, "UPDATE claim SET until = "+serverClock+
			" + $3 WHERE source = $1 AND token = $2 RETURNING token",
			l.source, l.token, l.server.lasts.Milliseconds()).Scan(&token)
		if mine = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return mine, err
}

// Lost is closed once it is known that another has the lease.
func (l *lease) Lost() <-chan struct{} { return l.lost }

// Release ends the lease, if it is not another's. Where the server can't be reached it ends
// by itself.
func (l *lease) Release() error {
	l.cancel()
	<-l.ended
	ctx, cancel := context.WithTimeout(context.Background(), connectPatience)
	defer cancel()
	err := l.server.aside(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM claim WHERE source = $1 AND token = $2", l.source, l.token)
		return err
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("release %s: %w", l.what, err)
	}
	return nil
}

// claims gives the leases that have not ended.
func (p *postgres) claims(ctx context.Context) (claims []Claim, err error) {
	rows, err := p.main.QueryContext(ctx, "SELECT source, holder, machine, started, until FROM claim WHERE until > "+
		serverClock+" ORDER BY source")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c Claim
		var holder string
		var started, until int64
		if err := rows.Scan(&c.Source, &holder, &c.Machine, &started, &until); err != nil {
			return nil, err
		}
		c.Holder = holderNamed(holder, time.UnixMilli(started).Truncate(time.Second))
		c.Until = time.UnixMilli(until)
		claims = append(claims, c)
	}
	return claims, rows.Err()
}
