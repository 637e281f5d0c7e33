package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"

	"jobsieve/internal/private"
)

// copyPages is how many pages are copied at once, between two looks at the context.
const copyPages = 256

// copier is SQLite's connection, which copies whole files page by page.
type copier interface {
	NewBackup(to string) (*sqlite.Backup, error)
	NewRestore(from string) (*sqlite.Backup, error)
}

// copyTo copies the file as it is at one moment, while others write. It reads in one
// transaction, which holds nobody up.
func (f *sqliteFile) copyTo(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err == nil {
		err = private.File(path)
	}
	if err != nil {
		return fmt.Errorf("copy the ledger: %w", err)
	}
	return onConn(ctx, f.main, func(conn *sql.Conn) error {
		// The first look begins what the transaction sees.
		for _, statement := range []string{"BEGIN", "SELECT count(*) FROM sqlite_master"} {
			begin := func() error {
				_, err := conn.ExecContext(ctx, statement)
				return err
			}
			if err := patiently(ctx, f.busy, begin); err != nil {
				return fmt.Errorf("copy the ledger: %w", err)
			}
		}
		err := conn.Raw(func(c any) error {
			return steps(ctx, func() (*sqlite.Backup, error) { return c.(copier).NewBackup(fileURI(path)) })
		})
		_, ended := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		if err = errors.Join(err, ended); err != nil {
			return fmt.Errorf("copy the ledger to %s: %w", path, err)
		}
		return nil
	})
}

// numbered has nothing to do: a new row gets the number after the last.
func (f *sqliteFile) numbered(context.Context) error { return nil }

// onConn runs f with a connection of its own.
func onConn(ctx context.Context, db *sql.DB, f func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reach the ledger: %w", err)
	}
	return errors.Join(f(conn), conn.Close())
}

// steps copies all pages. Where the context ends first, what was copied is taken back.
func steps(ctx context.Context, begin func() (*sqlite.Backup, error)) error {
	b, err := begin()
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err == nil {
			more, err = b.Step(copyPages)
		}
	}
	return errors.Join(err, b.Finish())
}

// fileURI is the address of a file, whose path is absolute, by which SQLite opens it, and makes it.
func fileURI(path string) string {
	uri := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "mode=rwc"}
	return uri.String()
}

// check has SQLite look for faults: in how the file is built, and in what its tables say
// of one another.
func (f *sqliteFile) check(ctx context.Context, fault func(string) error) error {
	const unsound = "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
	if err := eachText(ctx, f.main, unsound, fault); err != nil {
		return err
	}
	const strays = `SELECT 'a row of ' || "table" || ' is of no ' || parent || ' (' || count(*) || ' of them)'
		FROM pragma_foreign_key_check GROUP BY "table", parent`
	return eachText(ctx, f.main, strays, fault)
}

// eachText calls fn for each row of a query for one text.
func eachText(ctx context.Context, db *sql.DB, query string, fn func(string) error) (err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("check the ledger: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return fmt.Errorf("check the ledger: %w", err)
		}
		if err := fn(s); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("check the ledger: %w", err)
	}
	return nil
}
