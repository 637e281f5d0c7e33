package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"jobsieve/ledger"
)

func (s *shared) State(ctx context.Context) (state State, err error) {
	err = pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			state, err = stateIn(ctx, tx, s.options.Bound)
			return err
		})
	if err != nil {
		return State{}, fmt.Errorf("read the state of the queue: %w", err)
	}
	return state, nil
}

// Look says what waits, runs and fails in the queue of a ledger, for whoever does no tasks:
// it makes no tables, and where there are none it finds no tasks; nor does it where the ledger
// is in a folder, whose queue is its daemon's own. A task is stuck that runs for longer than
// bound.
func Look(ctx context.Context, locator string, bound time.Duration) (State, error) {
	config, err := ledger.ServerConfig(locator)
	if err != nil || config == nil {
		return State{Kinds: map[Kind]Count{}}, err
	}
	state, err := look(ctx, config, bound)
	if err != nil {
		const format = "read the queue in the database %s at %s: %w; see that the server runs"
		return State{}, fmt.Errorf(format, config.Database, config.Host, err)
	}
	return state, nil
}

func look(ctx context.Context, config *pgx.ConnConfig, bound time.Duration) (state State, err error) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return state, err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return state, pgx.BeginTxFunc(ctx, conn, options, func(tx pgx.Tx) error {
		const query = "SELECT to_regclass(quote_ident(current_schema()) || '.river_job') IS NOT NULL"
		var tabled bool
		if err := tx.QueryRow(ctx, query).Scan(&tabled); err != nil || !tabled {
			return err
		}
		state, err = stateIn(ctx, tx, bound)
		return err
	})
}

// living selects the rows of tasks that are not done.
const living = " FROM river_job WHERE kind = '" + riverKind +
	"' AND state IN ('available', 'pending', 'retryable', 'running', 'scheduled') "

func stateIn(ctx context.Context, tx pgx.Tx, bound time.Duration) (state State, err error) {
	const counts = `SELECT queue, count(*) FILTER (WHERE state <> 'running'), count(*) FILTER (WHERE state = 'running'),
		count(*) FILTER (WHERE metadata ? 'failures'),
		coalesce(max(now() - scheduled_at) FILTER (WHERE state <> 'running' AND scheduled_at <= now()), '0'::interval)` +
		living + "GROUP BY queue"
	state.Kinds = map[Kind]Count{}
	var kind Kind
	var c Count
	rows, err := tx.Query(ctx, counts)
	if err != nil {
		return state, err
	}
	_, err = pgx.ForEachRow(rows, []any{&kind, &c.Waiting, &c.Running, &c.Failing, &c.Lag}, func() error {
		state.Kinds[kind] = c
		return nil
	})
	if err == nil {
		state.Running, err = running(ctx, tx, bound)
	}
	if err == nil {
		state.Failing, err = failing(ctx, tx)
	}
	return state, err
}

func running(ctx context.Context, tx pgx.Tx, bound time.Duration) ([]Running, error) {
	const query = `SELECT queue, args->>'name', attempted_by[array_upper(attempted_by, 1)], now() - attempted_at` +
		living + "AND state = 'running' ORDER BY attempted_at, id LIMIT $1"
	rows, err := tx.Query(ctx, query, mostListed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Running, err error) {
		err = row.Scan(&r.Kind, &r.Name, &r.Machine, &r.For)
		r.Machine, r.Stuck = machineOf(r.Machine), r.For > bound
		return r, err
	})
}

func failing(ctx context.Context, tx pgx.Tx) ([]Failing, error) {
	const query = `SELECT queue, args->>'name', metadata,
		CASE WHEN state = 'running' THEN '0'::interval ELSE greatest(scheduled_at - now(), '0'::interval) END` +
		living + "AND metadata ? 'failures' ORDER BY (metadata->>'failures')::int DESC, queue, id LIMIT $1"
	rows, err := tx.Query(ctx, query, mostListed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Failing, err error) {
		var is past
		err = row.Scan(&f.Kind, &f.Name, &is, &f.In)
		f.Failures, f.Fault = is.Failures, is.Fault
		return f, err
	})
}

// machineOf gives the machine that the name of a River client begins with.
func machineOf(client string) string {
	if i := strings.LastIndexByte(client, ' '); i >= 0 {
		return client[:i]
	}
	return client
}

// quiet logs what River tells of its doings for whoever looks for a fault; and a fault that
// comes again and again, as while the server is away, once a while.
type quiet struct {
	slog.Handler
	told *told
}

// told is when each message was logged last.
type told struct {
	mu sync.Mutex
	at map[string]time.Time
}

// toldEvery is how long a message is not logged again.
const toldEvery = time.Minute

func quietly(to slog.Handler) quiet { return quiet{to, &told{at: map[string]time.Time{}}} }

// again reports a message that was logged a short time before.
func (t *told) again(message string, at time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	last, known := t.at[message]
	if known && at.Sub(last) < toldEvery {
		return true
	}
	t.at[message] = at
	return false
}

func quieter(level slog.Level) slog.Level {
	if level < slog.LevelWarn {
		return level - slog.LevelInfo + slog.LevelDebug
	}
	return level
}

// Enabled says whether such a record is logged.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return q.Handler.Enabled(ctx, quieter(level))
}

// Handle logs a record.
func (q quiet) Handle(ctx context.Context, record slog.Record) error {
	record.Level = quieter(record.Level)
	if record.Level >= slog.LevelWarn && q.told.again(record.Message, record.Time) {
		return nil
	}
	return q.Handler.Handle(ctx, record)
}

// WithAttrs is slog's.
func (q quiet) WithAttrs(attributes []slog.Attr) slog.Handler {
	return quiet{q.Handler.WithAttrs(attributes), q.told}
}

// WithGroup is slog's.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name), q.told} }
