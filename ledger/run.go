package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"jobsieve/job"
)

// BeginRun notes that a command began and gives the run's number.
func (l *Ledger) BeginRun(ctx context.Context, command string, now time.Time) (id int64, err error) {
	err = l.transact(ctx, "begin a run", func(tx *sql.Tx) (err error) {
		id, err = beginRun(ctx, tx, command, now)
		return err
	})
	return id, err
}

func beginRun(ctx context.Context, tx *sql.Tx, command string, now time.Time) (id int64, err error) {
	const query = "INSERT INTO run (command, pid, started) VALUES ($1, $2, $3) RETURNING id"
	err = tx.QueryRowContext(ctx, query, command, os.Getpid(), now.UnixMilli()).Scan(&id)
	return id, err
}

// AddReceipt keeps the receipt of one source of a run.
func (l *Ledger) AddReceipt(ctx context.Context, run int64, r *job.Receipt) error {
	return l.transact(ctx, "keep a receipt", func(tx *sql.Tx) error { return addReceipt(ctx, tx, run, r) })
}

func addReceipt(ctx context.Context, tx *sql.Tx, run int64, r *job.Receipt) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO receipt (run, source, body) VALUES ($1, $2, $3)", run, r.Source, body)
	return err
}

// EndRun notes that a run ended, and how.
func (l *Ledger) EndRun(ctx context.Context, id int64, now time.Time, outcome string) error {
	return l.transact(ctx, "end a run", func(tx *sql.Tx) error { return endRun(ctx, tx, id, now, outcome) })
}

func endRun(ctx context.Context, tx *sql.Tx, id int64, now time.Time, outcome string) error {
	const query = "UPDATE run SET finished = $1, outcome = $2 WHERE id = $3"
	_, err := tx.ExecContext(ctx, query, now.UnixMilli(), outcome, id)
	return err
}

// RunEnd is how the run of a crawl ends that was done in slices.
type RunEnd struct {
	Receipt *job.Receipt
	At      time.Time
	Outcome string
	// CutOff says that the crawl has not ended, and goes on at Frontier with another run.
	CutOff   bool
	Frontier []byte
}

// EndRun ends the run of the crawl, with its receipt, in one step with what becomes of the
// crawl: a kill leaves neither without the other.
func (c *Crawl) EndRun(ctx context.Context, e *RunEnd) error {
	return c.ledger.transact(ctx, "end the run of a crawl", c.while(ctx, func(tx *sql.Tx) error {
		const query = "UPDATE crawl SET ended = $1, frontier = $2, run = 0 WHERE source = $3 AND n = $4"
		_, err := tx.ExecContext(ctx, query, !e.CutOff, packedFrontier(e.Frontier), c.source, c.n)
		if err == nil {
			err = addReceipt(ctx, tx, c.Run, e.Receipt)
		}
		if err != nil {
			return err
		}
		return endRun(ctx, tx, c.Run, e.At, e.Outcome)
	}))
}

// Receipts gives the newest receipts, newest first; of one source, unless
// source is empty.
func (l *Ledger) Receipts(ctx context.Context, source string, limit int) (out []job.Receipt, err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		"SELECT id, body FROM receipt WHERE (source = $1 OR $1 = '') ORDER BY id DESC LIMIT $2", source, limit)
	if err != nil {
		return nil, fmt.Errorf("read receipts: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		var body []byte
		var r job.Receipt
		if err := rows.Scan(&id, &body); err != nil {
			return nil, fmt.Errorf("read receipts: %w", err)
		}
		if err := json.Unmarshal(body, &r); err != nil {
			l.damage.note(fmt.Sprintf("receipt %d", id), err)
			continue
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
