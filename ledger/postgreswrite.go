package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// lockTimeout is how long a write waits for a lock before it is tried again, as long as
// patience lasts. Whoever reads waits for nothing but a table that is rewritten.
const lockTimeout = "10s"

// write runs f in a transaction beside which no other writes: numbers of postings are
// seen in their order, and nothing that f reads changes before it is done.
func (p *postgres) write(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	// Each statement sees what was written before it, so those after the lock see all.
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	const lock = "SELECT set_config('lock_timeout', '" + lockTimeout + "', TRUE), " +
		"pg_advisory_xact_lock(" + lockNumber + ")"
	if _, err = tx.ExecContext(ctx, lock, "write"); err == nil {
		err = f(tx)
	}
	var wrote written
	if err == nil {
		const query = "SELECT pg_current_xact_id_if_assigned()::text, " + timeline
		err = tx.QueryRowContext(ctx, query).Scan(&wrote.number, &wrote.timeline)
	}
	if err != nil {
		return errors.Join(err, rollback(tx))
	}
	err = tx.Commit()
	if lost(err) && wrote.number.Valid {
		return p.outcome(ctx, wrote, err)
	}
	return err
}

// written names a transaction. Its number is another's where a standby has taken the place
// of its server since, which begins a timeline.
type written struct {
	number   sql.NullString
	timeline string
}

// timeline names that of the server.
const timeline = "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"

// find asks for all at once.
func (p *postgres) find(ctx context.Context, tx *prepared, entries []Entry) ([]*known, error) {
	const query = `SELECT e.place - 1, found.* FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY
		AS e (id, source, place) CROSS JOIN LATERAL (SELECT ` + knownColumns + `
		FROM posting p WHERE p.id = e.id AND p.source = e.source LIMIT 1) found`
	ids, sources := make([][]byte, len(entries)), make([][]byte, len(entries))
	for i := range entries {
		ids[i], sources[i] = []byte(entries[i].Posting.ID), []byte(entries[i].Posting.Source)
	}
	found := make([]*known, len(entries))
	err := tx.each(ctx, query, []any{ids, sources}, func(scan func(...any) error) error {
		var i int
		k := new(known)
		if err := scan(append([]any{&i}, k.places()...)...); err != nil {
			return err
		}
		found[i] = k
		return nil
	})
	return found, err
}

// sharing asks for all keys at once.
func (p *postgres) sharing(ctx context.Context, tx *prepared, keys []int64, n int64, limit int) ([]int64, error) {
	const query = `SELECT found.n FROM unnest($1::bigint[]) AS k (key) CROSS JOIN LATERAL
		(SELECT v.n FROM vacancy_key v WHERE v.key = k.key AND v.n <> $2 ORDER BY v.n LIMIT $3) found`
	return tx.numbers(ctx, query, keys, n, limit)
}

// moment may take long between two looks.
func (p *postgres) moment(ctx context.Context) (*sql.Tx, error) {
	tx, err := p.main.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil {
		return nil, errors.Join(err, rollback(tx))
	}
	return tx, nil
}

// outcome says what became of a transaction whose commit had no answer: nothing is wrong
// where it was committed all the same.
func (p *postgres) outcome(ctx context.Context, wrote written, unanswered error) error {
	for began := time.Now(); time.Since(began) < patience; {
		status, err := p.statusOf(ctx, wrote)
		switch {
		case err == nil && status == "committed":
			return nil
		case err == nil && status == "aborted":
			return unanswered
		case err == nil, !lost(err):
			return errUnanswered(errors.Join(unanswered, err))
		}
		pause(ctx)
	}
	return errUnanswered(unanswered)
}

// statusOf gives the status of a transaction, empty where it is not known any more.
func (p *postgres) statusOf(ctx context.Context, wrote written) (string, error) {
	var now string
	if err := p.main.QueryRowContext(ctx, "SELECT "+timeline).Scan(&now); err != nil || now != wrote.timeline {
		return "", err
	}
	var status sql.NullString
	err := p.main.QueryRowContext(ctx, "SELECT pg_xact_status($1::text::xid8)", wrote.number.String).Scan(&status)
	return status.String, err
}

// errUnanswered is an error after which nothing may be tried again.
func errUnanswered(err error) error {
	const format = "the connection was lost while the ledger was written, and it is not known whether it was: %s"
	return fmt.Errorf(format, err.Error())
}

// The states, as PostgreSQL calls them, of what is tried again.
var (
	inTheWay = []string{"40001", "40P01", "55P03"} // serialization failure, deadlock, lock timeout
	// ended are those of connections that the server ends: shut down, crashed, starting,
	// idle for too long; and of one that it has no room for yet.
	ended = []string{"57P01", "57P02", "57P03", "25P03", "53300"}
)

// busy reports that others were in the way, or that the connection was lost.
func (p *postgres) busy(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return slices.Contains(inTheWay, e.Code) || slices.Contains(ended, e.Code)
	}
	return lost(err)
}

// lost reports that a connection was lost, or could not be made.
func lost(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return slices.Contains(ended, e.Code)
	}
	for _, end := range []error{driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, end) {
			return true
		}
	}
	var network net.Error
	return errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err)
}
