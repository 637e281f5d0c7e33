package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// maxConns is how many connections to the file one process has.
const maxConns = 4

// patience is how long a write waits for those of other processes. Each is a
// moment; the longest writes the file anew after "forget".
const patience = 2 * time.Minute

// transact runs f in a transaction that is written whole or not at all. f may
// be called again where another process writes.
func (l *Ledger) transact(ctx context.Context, what string, f func(*sql.Tx) error) error {
	return transact(ctx, l.db, what, f)
}

func transact(ctx context.Context, db *sql.DB, what string, f func(*sql.Tx) error) error {
	err := patiently(ctx, func() error { return once(ctx, db, f) })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// patiently repeats f while another process holds the file, until the context
// ends or patience does.
func patiently(ctx context.Context, f func() error) error {
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
			return fmt.Errorf("another process has held the ledger for %s; end it and try again: %w", patience, err)
		}
	}
}

// busy reports that another process holds the file. SQLite itself has waited
// for it then, as busy_timeout says.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
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
