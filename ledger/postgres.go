package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
)

// postgres is the ledger in a database of PostgreSQL: the tables of one schema, the first
// of the search path.
type postgres struct {
	config *pgx.ConnConfig
	known  atomic.Bool // whether the server was there

	main          *sql.DB
	slow, beating struct {
		once sync.Once
		db   *sql.DB
	}
	lasts, every time.Duration // leases, and how often they are renewed
}

var _ engine = (*postgres)(nil)

func postgresAt(locator string) (*postgres, error) {
	config, err := readLocator(locator)
	if err != nil {
		return nil, err
	}
	return &postgres{config: config, lasts: leaseLasts, every: renewEvery}, nil
}

// name is the database as people are told of it.
func (p *postgres) name() string {
	return fmt.Sprintf("the database %s at %s", p.config.Database, p.config.Host)
}

func (p *postgres) exists() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	p.reach()
	at, err := p.schema(ctx)
	if err != nil {
		return err
	}
	if at == 0 {
		return fmt.Errorf("%w in %s: nothing has been crawled or imported there yet", ErrNone, p.name())
	}
	return nil
}

// reach makes the main way to the server.
func (p *postgres) reach() {
	if p.main == nil {
		p.main = connectServer(p.config, &p.known, nil)
	}
}

func (p *postgres) unread(err error) error {
	const format = "read the ledger in %s: %w; see that the server runs, and that the locator is right"
	return fmt.Errorf(format, p.name(), err)
}

func (p *postgres) schema(ctx context.Context) (at int64, err error) {
	if at, err = schemaIn(ctx, p.main); err != nil {
		return 0, p.unread(err)
	}
	return at, nil
}

// schemaIn is the schema of the ledger in a database; 0 where it has none.
func schemaIn(ctx context.Context, db *sql.DB) (at int64, err error) {
	var tabled bool
	const query = "SELECT to_regclass(quote_ident(current_schema()) || '." + schemaTable + "') IS NOT NULL"
	if err := db.QueryRowContext(ctx, query).Scan(&tabled); err != nil || !tabled {
		return 0, err
	}
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+schemaTable).Scan(&at)
	return at, err
}

func (p *postgres) open(ctx context.Context) error {
	p.reach()
	newest, err := newestSchema("postgres")
	if err != nil {
		return err
	}
	if at, err := p.schema(ctx); err != nil || at == newest {
		return err
	}
	var lock releaser
	err = patiently(ctx, p.busy, func() (err error) {
		lock, err = p.lock(ctx, "schema", "the schema of the ledger in "+p.name(), patience)
		return err
	})
	if err != nil {
		return err
	}
	err = p.bringUp(ctx, newest)
	return errors.Join(err, lock.Release())
}

// bringUp applies the migrations that the ledger lacks, each in a transaction of its own.
func (p *postgres) bringUp(ctx context.Context, newest int64) (err error) {
	at, err := p.schema(ctx)
	if err != nil {
		return err
	}
	if at > newest {
		const format = "the ledger in %s has schema %d, this program knows up to %d: use a newer jobsieve"
		return fmt.Errorf(format, p.name(), at, newest)
	}
	files, err := fs.Sub(migrations, "migrations/postgres")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, p.main, files, goose.WithDisableGlobalRegistry(true))
	if err == nil {
		_, err = provider.Up(ctx)
	}
	if err != nil {
		return fmt.Errorf("bring the ledger in %s from schema %d to %d: %w", p.name(), at, newest, err)
	}
	return nil
}

func (p *postgres) db() *sql.DB { return p.main }

func (p *postgres) lazy() (*sql.DB, error) {
	p.slow.once.Do(func() {
		p.slow.db = connectServer(p.config, &p.known, map[string]string{"synchronous_commit": "off"})
		p.slow.db.SetMaxOpenConns(idleConns) // one writes at a time
	})
	return p.slow.db, nil
}

// agreed waits for the disk: the server may crash alone, and is soon there again.
func (p *postgres) agreed() (*sql.DB, error) { return p.main, nil }

func (p *postgres) close() (err error) {
	for _, db := range []*sql.DB{p.main, p.slow.db, p.beating.db} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}

// stamp asks which transactions a look sees. Only what is written makes that another: a
// transaction that reads has no number.
func (p *postgres) stamp(ctx context.Context) (s stamp, err error) {
	if err := p.main.QueryRowContext(ctx, "SELECT pg_current_snapshot()::text").Scan(&s); err != nil {
		return s, fmt.Errorf("watch the ledger: %w", err)
	}
	return s, nil
}

// lockNumber is the number of a lock of this ledger by its name.
const lockNumber = "hashtextextended('jobsieve ' || current_schema() || ' ' || $1::text, 0)"

// lock takes a lock with a connection of its own, waiting up to wait; its error is a
// *HeldError where another has it.
func (p *postgres) lock(ctx context.Context, name, what string, wait time.Duration) (releaser, error) {
	held := &serverLock{db: connectServer(p.config, &p.known, nil)}
	conn, err := held.db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(p.unread(err), held.db.Close())
	}
	held.conn = conn
	for began := time.Now(); ; {
		var ok bool
		err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock("+lockNumber+")", name).Scan(&ok)
		switch {
		case err != nil:
			return nil, errors.Join(fmt.Errorf("lock %s: %w", what, err), held.Release())
		case ok:
			return held, nil
		case time.Since(began) >= wait:
			err := &HeldError{What: what, Holder: holderOfLock(ctx, conn, name)}
			return nil, errors.Join(err, held.Release())
		}
		pause(ctx)
	}
}

// asker is what one row may be asked of.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// holderOfLock says who has a lock; one that is not seen any more is process 0.
func holderOfLock(ctx context.Context, conn asker, name string) Holder {
	const query = `SELECT a.application_name, a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'advisory' AND l.granted
		AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND (l.classid::bigint << 32 | l.objid::bigint) = ` + lockNumber
	var application sql.NullString
	var started sql.NullTime
	if err := conn.QueryRowContext(ctx, query, name).Scan(&application, &started); err != nil {
		return Holder{}
	}
	return holderNamed(application.String, started.Time.Truncate(time.Second))
}

// serverLock is a lock that its connection holds.
type serverLock struct {
	db   *sql.DB
	conn *sql.Conn
}

// Release gives the lock up. A server notices the end of a connection in its own time, so
// it is told; where the connection is gone, so is the lock.
func (l *serverLock) Release() error {
	ctx, cancel := context.WithTimeout(context.Background(), connectPatience)
	defer cancel()
	_, err := l.conn.ExecContext(ctx, "SELECT pg_advisory_unlock_all()")
	if !lost(err) {
		err = errors.Join(err, l.conn.Close())
	} else {
		_ = l.conn.Close() // it is gone
		err = nil
	}
	if err := errors.Join(err, l.db.Close()); err != nil {
		return fmt.Errorf("release a lock: %w", err)
	}
	return nil
}
