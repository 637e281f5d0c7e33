// Package ledger is the system of record: one SQLite file with every posting
// and its versions, every run and receipt, the pages that crawls were answered
// with their HTTP validators, and what each index has acknowledged. It is the
// only home of SQL.
//
// Postings, receipts and acknowledgements enter and leave as nouns of package
// job. Several processes may write: each write is one transaction, which holds
// the file for a moment, and a crawl is claimed by the one that does it.
// Readers never wait.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// FileName is the ledger's file in the data folder.
const FileName = "ledger.db"

// Ledger is an open ledger. Its methods may be called by several goroutines.
type Ledger struct {
	db  *sql.DB
	dir string

	lazy   lazyDB
	damage damage
}

// lazyDB is a second way to the file, for what may be lost with the machine's
// power but not with the process: it does not wait for the disk.
type lazyDB struct {
	once sync.Once
	db   *sql.DB
	err  error
}

func (l *Ledger) lazily() (*sql.DB, error) {
	l.lazy.once.Do(func() { l.lazy.db, l.lazy.err = connect(l.dir, "rw", "NORMAL") })
	return l.lazy.db, l.lazy.err
}

// Open opens the ledger in the data folder dir for writing, creating both, and
// brings an older ledger to the newest schema.
func Open(ctx context.Context, dir string) (*Ledger, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	if err := own(dir); err != nil {
		return nil, err
	}
	l, err := open(dir, "rwc")
	if err != nil {
		return nil, err
	}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// ErrNone says that a data folder has no ledger yet.
var ErrNone = errors.New("no ledger")

// Exists gives ErrNone where the data folder dir has no ledger yet.
func Exists(dir string) error {
	_, err := os.Stat(filepath.Join(dir, FileName))
	if os.IsNotExist(err) {
		return fmt.Errorf("%w in %s: nothing has been crawled or imported there yet", ErrNone, dir)
	}
	if err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	return nil
}

// OpenReader opens the ledger in dir for reading. Its error is ErrNone where
// there is none.
func OpenReader(ctx context.Context, dir string) (*Ledger, error) {
	if err := Exists(dir); err != nil {
		return nil, err
	}
	l, err := open(dir, "rw")
	if err != nil {
		return nil, err
	}
	if err := l.checkSchema(ctx); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func open(dir, mode string) (*Ledger, error) {
	db, err := connect(dir, mode, "FULL")
	return &Ledger{db: db, dir: dir}, err
}

// connect makes the way to the file; synchronous says how much is waited for
// the disk.
func connect(dir, mode, synchronous string) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	query := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(500)", "journal_mode(WAL)", "synchronous(" + synchronous + ")", "foreign_keys(1)", "cache_size(-16000)", "secure_delete(1)",
	}}
	dsn := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("open the ledger %s: %w", path, err)
	}
	db.SetMaxOpenConns(maxConns)
	return db, nil
}

// Close closes the ledger. Its error is a *DamagedError where rows could not be
// read, and nothing else is wrong.
func (l *Ledger) Close() error {
	err := l.db.Close()
	if l.lazy.db != nil {
		err = errors.Join(err, l.lazy.db.Close())
	}
	if err != nil {
		return fmt.Errorf("close the ledger: %w", err)
	}
	return l.Damaged()
}

// Dir is the data folder that the ledger lies in.
func (l *Ledger) Dir() string { return l.dir }
