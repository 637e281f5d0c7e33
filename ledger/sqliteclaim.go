package ledger

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// crawlLock is what the names of the files begin with that are locked by crawls.
const crawlLock = "crawl-"

// claim locks a file of the data folder.
func (f *sqliteFile) claim(ctx context.Context, source, _ string, wait time.Duration) (claimed, error) {
	lock, err := Acquire(ctx, f.dir, crawlLock+url.PathEscape(source), "the crawl of source "+source, wait)
	if err != nil {
		return nil, err
	}
	return lock, nil
}

// Lost is never closed: a lock on a file is kept by its process.
func (l *Lock) Lost() <-chan struct{} { return nil }

// claims tries which files are locked.
func (f *sqliteFile) claims(context.Context) (claims []Claim, err error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name, begins := strings.CutPrefix(entry.Name(), crawlLock)
		name, ends := strings.CutSuffix(name, ".lock")
		source, err := url.PathUnescape(name)
		if !begins || !ends || err != nil {
			continue // it is no lock of a crawl
		}
		path := filepath.Join(f.dir, entry.Name())
		lock := flock.New(path)
		free, err := lock.TryRLock()
		if err = errors.Join(err, lock.Close()); err != nil {
			return nil, err
		}
		if !free {
			claims = append(claims, Claim{Source: source, Holder: readHolder(path)})
		}
	}
	return claims, nil
}

func (f *sqliteFile) aside(ctx context.Context, fn func(*sql.Tx) error) error {
	db, err := f.lazy()
	if err != nil {
		return err
	}
	return patiently(ctx, f.busy, func() error { return once(ctx, db, fn) })
}

// clock is that of this machine.
func (f *sqliteFile) clock() string { return "CAST(unixepoch('subsec') * 1000 AS INTEGER)" }

func (f *sqliteFile) shared() bool { return false }
