package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jobsieve/internal/private"
)

// path is the ledger's file.
func (f *sqliteFile) path() string { return filepath.Join(f.dir, FileName) }

func (f *sqliteFile) put(_ context.Context, from string) error {
	if err := private.Place(filepath.Join(from, FileName), f.path(), false); err != nil {
		return fmt.Errorf("put the ledger in place: %w", err)
	}
	return nil
}

func (f *sqliteFile) alone(ctx context.Context, wait time.Duration) error {
	err := f.owned(ctx, wait, func(*sql.Conn) error { return nil })
	if broken(err) {
		return f.unheld()
	}
	return err
}

// replace writes the pages of the other file into the ledger's, in one transaction: so
// the file stays the one that it is, and nobody can have an older one open.
func (f *sqliteFile) replace(ctx context.Context, from, kept string, wait time.Duration) error {
	source, err := filepath.Abs(filepath.Join(from, FileName))
	if err != nil {
		return err
	}
	err = f.owned(ctx, wait, func(conn *sql.Conn) error {
		if err := keepFile(ctx, conn, kept); err != nil {
			return fmt.Errorf("keep the ledger as %s: %w", kept, err)
		}
		err := conn.Raw(func(c any) error {
			return steps(ctx, func() (*sqlite.Backup, error) { return c.(copier).NewRestore(fileURI(source)) })
		})
		if err != nil {
			return fmt.Errorf("replace the ledger: %w", err)
		}
		return nil
	})
	if broken(err) {
		return f.setAside(source, kept)
	}
	return err
}

// keepFile copies the ledger to a file, which gets its name once it is whole.
func keepFile(ctx context.Context, conn *sql.Conn, kept string) error {
	part := kept + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := private.File(part); err != nil {
		return err
	}
	to, err := filepath.Abs(part)
	if err != nil {
		return err
	}
	err = conn.Raw(func(c any) error {
		return steps(ctx, func() (*sqlite.Backup, error) { return c.(copier).NewBackup(fileURI(to)) })
	})
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return private.Place(part, kept, false)
}

// alonePoll is how often owned looks whether other processes have closed the ledger.
const alonePoll = 100 * time.Millisecond

// owned runs fn with a connection beside which there is no other, of any process: those
// that come later wait. Its error is a *HeldError where another is there for longer than
// wait.
func (f *sqliteFile) owned(ctx context.Context, wait time.Duration, fn func(*sql.Conn) error) error {
	db, err := connect(f.dir, owning)
	if err != nil {
		return err
	}
	conn, err := f.takeOwn(ctx, db, wait)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(fn(conn), conn.Close(), db.Close())
}

// takeOwn waits until it has the file for itself.
func (f *sqliteFile) takeOwn(ctx context.Context, db *sql.DB, wait time.Duration) (*sql.Conn, error) {
	for began := time.Now(); ; {
		conn, err := db.Conn(ctx)
		if err == nil {
			if _, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE; COMMIT"); err == nil {
				return conn, nil
			}
			err = errors.Join(err, conn.Close())
		}
		if !f.busy(err) {
			return nil, fmt.Errorf("open the ledger in %s: %w", f.dir, err)
		}
		if time.Since(began) >= wait {
			return nil, f.held()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(alonePoll):
		}
	}
}

// broken reports that SQLite can't read a file at all.
func broken(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	code := e.Code() & 0xff
	return code == sqlite3.SQLITE_NOTADB || code == sqlite3.SQLITE_CORRUPT
}

// unheld is the error of a file that SQLite can't read: a *HeldError where another process
// has it open all the same.
func (f *sqliteFile) unheld() error {
	if holderOf(f.path()) != 0 {
		return f.held()
	}
	return nil
}

// held says who has the ledger open, by the number of the process, and by the notes of
// those that hold a lock.
func (f *sqliteFile) held() error {
	h := Holder{PID: holderOf(f.path()), Command: "which is no daemon"}
	notes, _ := filepath.Glob(filepath.Join(f.dir, "*.lock")) // the pattern is right
	for _, note := range notes {
		if n := readHolder(note); n.PID == h.PID {
			h = n
		}
	}
	return &HeldError{What: "the ledger in " + f.dir, Holder: h}
}

// setAside gives a file that SQLite can't read the name kept, and its place to another. It
// has no more of what SQLite keeps beside it.
func (f *sqliteFile) setAside(from, kept string) error {
	if err := f.unheld(); err != nil {
		return err
	}
	if err := take(f.path(), kept); err != nil {
		return fmt.Errorf("keep the damaged ledger as %s: %w", kept, err)
	}
	for _, beside := range []string{"-wal", "-shm", "-journal"} {
		err := os.Rename(f.path()+beside, kept+beside)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keep what belongs to the damaged ledger: %w", err)
		}
	}
	if err := private.Place(from, f.path(), true); err != nil {
		return fmt.Errorf("put the ledger in place: %w", err)
	}
	return nil
}

// take gives a file a second name, or on a file system without links another one.
func take(path, second string) error {
	if os.Link(path, second) == nil {
		return nil
	}
	return os.Rename(path, second)
}
