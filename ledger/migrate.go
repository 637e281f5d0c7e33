package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	goosedb "github.com/pressly/goose/v3/database"
)

// migrations bring the schema from each version to the next, in the SQL of each
// database; the first makes it. Once released, one is never changed.
//
//go:embed migrations/*/*.sql
var migrations embed.FS

// schemaTable holds the versions that a ledger was brought to.
const schemaTable = goose.DefaultTablename

// lastCounted is the last schema whose number SQLite kept, as user_version.
const lastCounted = 7

// migrate brings the ledger to the newest schema. One process does it, and
// others wait for it.
func (f *sqliteFile) migrate(ctx context.Context) (err error) {
	newest, err := newestSchema("sqlite")
	if err != nil {
		return err
	}
	if at, err := f.schema(ctx); err != nil || at == newest {
		return err
	}
	lock, err := Acquire(ctx, f.dir, "schema", "the schema of the ledger in "+f.dir, patience)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	at, err := f.schema(ctx)
	if err != nil {
		return err
	}
	if at > newest {
		const format = "the ledger in %s has schema %d, this program knows up to %d: use a newer jobsieve"
		return fmt.Errorf(format, f.dir, at, newest)
	}
	if err := patiently(ctx, f.busy, func() error { return f.bringUp(ctx) }); err != nil {
		return fmt.Errorf("bring the ledger in %s from schema %d to %d: %w", f.dir, at, newest, err)
	}
	return nil
}

// newestSchema is the newest schema that this program knows.
func newestSchema(dialect string) (newest int64, err error) {
	files, err := fs.Glob(migrations, "migrations/"+dialect+"/*.sql")
	for _, name := range files {
		n, e := goose.NumericComponent(name)
		newest, err = max(newest, n), errors.Join(err, e)
	}
	if err != nil {
		return 0, fmt.Errorf("the migrations of %s: %w", dialect, err)
	}
	return newest, nil
}

// countedSchema reads SQLite's own number of the schema, and whether there is
// the table $1.
const countedSchema = `SELECT user_version, EXISTS (SELECT 1 FROM sqlite_master WHERE name = $1)
	FROM pragma_user_version`

// schema is the schema that the ledger has; 0 where it has none yet.
func (f *sqliteFile) schema(ctx context.Context) (at int64, err error) {
	read := func() error {
		var tabled bool
		err := f.main.QueryRowContext(ctx, countedSchema, schemaTable).Scan(&at, &tabled)
		if err != nil || !tabled {
			return err
		}
		return f.main.QueryRowContext(ctx, "SELECT max(version_id) FROM "+schemaTable).Scan(&at)
	}
	if err := patiently(ctx, f.busy, read); err != nil {
		return 0, fmt.Errorf("read the ledger in %s: %w", f.dir, err)
	}
	return at, nil
}

// bringUp applies the migrations that the ledger lacks, each in a transaction
// of its own.
func (f *sqliteFile) bringUp(ctx context.Context) (err error) {
	db, err := connect(f.dir, migrating)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := once(ctx, db, func(tx *sql.Tx) error { return takeOver(ctx, tx) }); err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// takeOver notes in the table of schemas what a ledger has that counted its
// schemas by user_version.
func takeOver(ctx context.Context, tx *sql.Tx) error {
	store, err := goosedb.NewStore(goose.DialectSQLite3, schemaTable)
	if err != nil {
		return err
	}
	var counted int64
	var tabled bool
	err = tx.QueryRowContext(ctx, countedSchema, schemaTable).Scan(&counted, &tabled)
	if err != nil || tabled {
		return err
	}
	if err := store.CreateVersionTable(ctx, tx); err != nil {
		return err
	}
	for v := range min(counted, lastCounted) + 1 {
		if err := store.Insert(ctx, tx, goosedb.InsertRequest{Version: v}); err != nil {
			return err
		}
	}
	return nil
}
