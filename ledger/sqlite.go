package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"modernc.org/sqlite" // and its driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jobsieve/internal/private"
)

// FileName is the ledger's file in a data folder.
const FileName = "ledger.db"

// sqliteFile is the ledger in a data folder: one SQLite file.
type sqliteFile struct {
	dir string

	main *sql.DB
	slow struct {
		once sync.Once
		db   *sql.DB
		err  error
	}
	// watch is a connection of its own, which never writes: SQLite tells each what
	// others have written. ways counts those that there were.
	watch *sql.Conn
	ways  int64
}

var _ engine = (*sqliteFile)(nil)

func (f *sqliteFile) exists() error {
	_, err := os.Stat(filepath.Join(f.dir, FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w in %s: nothing has been crawled or imported there yet", ErrNone, f.dir)
	}
	if err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	return nil
}

func (f *sqliteFile) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("create the data folder: %w", err)
	}
	if err := own(f.dir); err != nil {
		return err
	}
	if f.main, err = connect(f.dir, durable); err != nil {
		return err
	}
	return f.migrate(ctx)
}

// own makes the ledger's file where there is none, and keeps it and those that
// SQLite puts beside it, which take its mode, from other users.
func own(dir string) error {
	path := filepath.Join(dir, FileName)
	if err := private.File(path); err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	// An earlier version left its lock here, with its command line in it.
	if err := os.Remove(filepath.Join(dir, "writer.lock")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("open the ledger: %w", err)
	}
	lock := filepath.Join(dir, "schema.lock")
	for _, beside := range []string{path + "-wal", path + "-shm", path + "-journal", lock} {
		if err := private.Narrow(beside); err != nil {
			return fmt.Errorf("open the ledger: %w", err)
		}
	}
	return nil
}

// The ways to the file, by the pragmas that they have besides the common ones.
var (
	durable = []string{"foreign_keys(1)", "synchronous(FULL)"}
	hasty   = []string{"foreign_keys(1)", "synchronous(NORMAL)"}
	// migrating is durable for migrations: to rebuild a table that others refer
	// to, SQLite wants references left unchecked.
	migrating = []string{"foreign_keys(0)", "synchronous(FULL)"}
	// owning shares the file with nobody.
	owning = []string{"locking_mode(EXCLUSIVE)", "foreign_keys(0)", "synchronous(FULL)"}
)

// maxConns is how many connections one way has, one of which may watch a file. A look at an
// earlier day has three at once: a server that waits for the third of several must not have
// given all to them.
const maxConns = 32

// connect makes a way to the file.
func connect(dir string, way []string) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	// How the file is locked comes before its mode, which locks it.
	all := slices.Concat([]string{"busy_timeout(500)"}, way,
		[]string{"journal_mode(WAL)", "cache_size(-16000)", "secure_delete(1)"})
	query := url.Values{"mode": {"rw"}, "_txlock": {"immediate"}, "_pragma": all}
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("open the ledger %s: %w", path, err)
	}
	db.SetMaxOpenConns(maxConns)
	return db, nil
}

func (f *sqliteFile) db() *sql.DB { return f.main }

func (f *sqliteFile) write(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	return once(ctx, db, fn)
}

func (f *sqliteFile) lazy() (*sql.DB, error) {
	f.slow.once.Do(func() { f.slow.db, f.slow.err = connect(f.dir, hasty) })
	return f.slow.db, f.slow.err
}

func (f *sqliteFile) agreed() (*sql.DB, error) { return f.lazy() }

func (f *sqliteFile) moment(ctx context.Context) (*sql.Tx, error) {
	return f.main.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
}

func (f *sqliteFile) find(ctx context.Context, tx *prepared, entries []Entry) (found []*known, err error) {
	found = make([]*known, len(entries))
	for i := range entries {
		if found[i], err = find(ctx, tx, &entries[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (f *sqliteFile) sharing(
	ctx context.Context, tx *prepared, keys []int64, n int64, limit int,
) (out []int64, err error) {
	for _, key := range keys {
		const query = "SELECT n FROM vacancy_key WHERE key = $1 AND n <> $2 ORDER BY n LIMIT $3"
		found, err := tx.numbers(ctx, query, key, n, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (f *sqliteFile) packed(ctx context.Context, fn func(int64, []byte) error) (err error) {
	rows, err := f.main.QueryContext(ctx, allPacked)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var n int64
	var packed sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&n, &packed); err != nil {
			return err
		}
		if err := fn(n, packed); err != nil {
			return err
		}
	}
	return rows.Err()
}

// stamp asks for the version of the data, which tells what a connection's own does not.
func (f *sqliteFile) stamp(ctx context.Context) (s stamp, err error) {
	if f.watch == nil {
		if f.watch, err = f.main.Conn(ctx); err != nil {
			return "", fmt.Errorf("watch the ledger: %w", err)
		}
		f.ways++
	}
	var version int64
	if err := f.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		err = errors.Join(err, f.watch.Close())
		f.watch = nil
		return "", fmt.Errorf("watch the ledger: %w", err)
	}
	return stamp(fmt.Sprintf("%d of %d", version, f.ways)), nil
}

func (f *sqliteFile) close() (err error) {
	if f.watch != nil {
		err = f.watch.Close()
	}
	for _, db := range []*sql.DB{f.main, f.slow.db} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}

// busy reports that another process holds the file. SQLite itself has then
// waited for it, as busy_timeout says.
func (f *sqliteFile) busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// shredPatience is how long shred waits for readers that hold the old text.
const shredPatience = 10 * time.Second

// shred rewrites the file, so that nothing that was deleted stays in it.
func (f *sqliteFile) shred(ctx context.Context) error {
	vacuum := func() error {
		_, err := f.main.ExecContext(ctx, "VACUUM")
		return err
	}
	if err := patiently(ctx, f.busy, vacuum); err != nil {
		return fmt.Errorf("rewrite the ledger without what was forgotten: %w; run it again", err)
	}
	for began := time.Now(); ; {
		var held bool
		var pages, done int
		err := f.main.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&held, &pages, &done)
		if err == nil && !held {
			return nil
		}
		if err != nil && !f.busy(err) {
			return fmt.Errorf("rewrite the ledger without what was forgotten: %w; run it again", err)
		}
		if ctx.Err() != nil || time.Since(began) > shredPatience {
			const kept = "the text is out of the ledger, but a process that is reading it keeps it on the disk " +
				"until it ends; "
			return errors.New(kept + "run it again then")
		}
	}
}
