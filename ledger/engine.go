package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// engine is what differs between the databases that may hold a ledger. The
// statements are the same for all: they number their parameters, name the
// columns of a conflict, take what was written from RETURNING, and texts
// compare by their bytes.
type engine interface {
	// exists gives ErrNone where there is no ledger yet; close closes what it opened.
	exists() error
	// open opens the ledger, also after exists, makes it where there is none, and brings an older
	// one to the newest schema.
	open(ctx context.Context) error
	// close closes what was opened, if anything was.
	close() error
	// db is the way to the open ledger. What is committed in it survives a power cut.
	db() *sql.DB
	// lazy is a second way, for what may be lost in a power cut but not with the
	// process: it does not wait for the disk.
	lazy() (*sql.DB, error)
	// agreed is the way for what machines that share the ledger go by: it does not wait for
	// the disk where a crash that loses it ends them all too.
	agreed() (*sql.DB, error)
	// write runs f once in a transaction on one of these ways, as if no other wrote
	// meanwhile: it is written whole, or not at all where there is an error.
	write(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error
	// stamp gives a value that is another one once anything is written to the ledger, by
	// this process or others. It may be asked by one goroutine at a time.
	stamp(ctx context.Context) (stamp, error)
	// find gives what the ledger has of each entry's posting, nil where it has none; of
	// several entries of one posting, all but the first may be left out.
	find(ctx context.Context, tx *prepared, entries []Entry) ([]*known, error)
	// sharing gives the postings that share some keys with posting n, each as often as it
	// shares one; of each key up to limit, those that came first.
	sharing(ctx context.Context, tx *prepared, keys []int64, n int64, limit int) ([]int64, error)
	// packed calls f for every row of allPacked; the bytes hold until f returns. It stops at
	// f's first error and returns it.
	packed(ctx context.Context, f func(n int64, packed []byte) error) error
	// moment begins a transaction that reads the ledger as it is at one moment.
	moment(ctx context.Context) (*sql.Tx, error)
	// busy reports an error that says that others were in the way, or that the database
	// could not be reached: what failed is tried again.
	busy(err error) bool
	// claim keeps others from the crawl of a source until it is released, or this process
	// ends or stands still. machine is the ID of the machine that claims it, empty for none.
	// It waits up to wait; its error is a *HeldError then.
	claim(ctx context.Context, source, machine string, wait time.Duration) (claimed, error)
	// claims gives the crawls that are claimed, by their sources.
	claims(ctx context.Context) ([]Claim, error)
	// aside runs f in a transaction that waits for no other write, and reads and writes
	// nothing but machines and claims.
	aside(ctx context.Context, f func(*sql.Tx) error) error
	// clock is the SQL of the time in milliseconds since 1970: that of the one clock by
	// which machines and claims go.
	clock() string
	// shared reports that several machines may share the ledger.
	shared() bool
	// schema is the schema that the ledger has; 0 where it has none yet.
	schema(ctx context.Context) (int64, error)
	// copyTo copies the ledger, as it is at one moment, to a new file.
	copyTo(ctx context.Context, path string) error
	// check has the database look for faults of its own, and calls fault for each; it
	// stops at fault's first error and returns it.
	check(ctx context.Context, fault func(string) error) error
	// alone, put and replace are Alone, Put and Replace of a ledger that isn't open.
	alone(ctx context.Context, wait time.Duration) error
	put(ctx context.Context, from string) error
	replace(ctx context.Context, from, kept string, wait time.Duration) error
	// numbered prepares for new rows after rows came with numbers of their own.
	numbered(ctx context.Context) error
	// shred takes what was deleted off the disk.
	shred(ctx context.Context) error
}

// releaser is what is held until it is released.
type releaser interface {
	Release() error
}

// patience is how long a write waits for those of other processes, or for a database
// that is started again. Each takes a moment; the longest rewrites the file after
// "forget", or brings an older ledger to the newest schema.
const patience = 2 * time.Minute

// transact runs f in a transaction that is written whole or not at all. f may
// be called again where another process writes.
func (l *Ledger) transact(ctx context.Context, what string, f func(*sql.Tx) error) error {
	return transact(ctx, l.engine, l.engine.db(), what, f)
}

// transactLazily is transact for what does not wait for the disk.
func (l *Ledger) transactLazily(ctx context.Context, what string, f func(*sql.Tx) error) error {
	return l.transactOn(ctx, l.engine.lazy, what, f)
}

// transactAgreed is transact for what machines that share the ledger go by.
func (l *Ledger) transactAgreed(ctx context.Context, what string, f func(*sql.Tx) error) error {
	return l.transactOn(ctx, l.engine.agreed, what, f)
}

func (l *Ledger) transactOn(
	ctx context.Context, way func() (*sql.DB, error), what string, f func(*sql.Tx) error,
) error {
	db, err := way()
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return transact(ctx, l.engine, db, what, f)
}

func transact(ctx context.Context, e engine, db *sql.DB, what string, f func(*sql.Tx) error) error {
	err := patiently(ctx, e.busy, func() error { return e.write(ctx, db, f) })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// patiently repeats f while others are in the way, until the context ends or
// patience does.
func patiently(ctx context.Context, busy func(error) bool, f func() error) error {
	began := time.Now()
	for {
		err := f()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), err)
		case !busy(err):
			return err
		case time.Since(began) > patience:
			return fmt.Errorf("another process has held the ledger for %s, or it could not be reached; "+
				"end that process and try again: %w", patience, err)
		}
		pause(ctx)
	}
}

// pause waits for a moment, or until the context ends.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(lockPoll):
	}
}

func once(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, rollback(tx))
	}
	return tx.Commit()
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}
