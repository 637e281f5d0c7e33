package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// check asks the server which of its rules for the tables don't hold, and looks for rows
// that refer to none.
func (p *postgres) check(ctx context.Context, fault func(string) error) error {
	const unsound = `SELECT 'the index ' || c.relname || ' is not valid'
			FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace
		UNION ALL SELECT 'the constraint ' || conname || ' is not valid' FROM pg_constraint
			WHERE NOT convalidated AND connamespace = current_schema()::regnamespace`
	if err := eachText(ctx, p.main, unsound, fault); err != nil {
		return err
	}
	const references = `SELECT format(
			'SELECT ''a row of %1$s is of no %2$s ('' || count(*) || '' of them)'' FROM %1$I x
			WHERE NOT EXISTS (SELECT 1 FROM %2$I y WHERE y.%4$I = x.%3$I) HAVING count(*) > 0',
			k.conrelid::regclass, k.confrelid::regclass, a.attname, b.attname)
		FROM pg_constraint k
		JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
		WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY 1`
	var queries []string
	err := eachText(ctx, p.main, references, func(query string) error {
		queries = append(queries, query)
		return nil
	})
	for _, query := range queries {
		if err == nil {
			err = eachText(ctx, p.main, query, fault)
		}
	}
	return err
}

// shredded are the tables that hold what postings say, or what was read from them, and those
// that are pruned.
var shredded = []string{
	"posting", "version", "summary", "reading", "page", "vacancy_member", "vacancy_key", "vacancy_pair",
	"receipt", "run",
}

// shred rewrites the tables, so that nothing that was deleted stays in their files.
func (p *postgres) shred(ctx context.Context) (err error) {
	db := connectServer(p.config, &p.known, map[string]string{"lock_timeout": lockTimeout})
	defer func() { err = errors.Join(err, db.Close()) }()
	began := time.Now()
	for _, table := range shredded {
		held := func(err error) bool { return p.busy(err) && time.Since(began) < shredPatience }
		err := patiently(ctx, held, func() error {
			_, err := db.ExecContext(ctx, "VACUUM FULL "+table)
			return err
		})
		if p.busy(err) {
			const kept = "the text is out of the ledger, but a process that is reading it keeps it on the disk " +
				"until it ends; run it again then: %w"
			return fmt.Errorf(kept, err)
		}
		if err != nil {
			return fmt.Errorf("rewrite the ledger without what was forgotten: %w; run it again", err)
		}
	}
	return nil
}

// numbered lets numbers go on after the last, and has the server learn how the rows are
// spread.
func (p *postgres) numbered(ctx context.Context) error {
	for _, of := range [][2]string{{"posting", "n"}, {"run", "id"}, {"receipt", "id"}, {"turn", "id"}} {
		const format = "SELECT setval(pg_get_serial_sequence('%[1]s', '%[2]s'), max(%[2]s)) FROM %[1]s"
		if _, err := p.main.ExecContext(ctx, fmt.Sprintf(format, of[0], of[1])); err != nil {
			return fmt.Errorf("number what comes: %w", err)
		}
	}
	if _, err := p.main.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("have the server look at the copy: %w", err)
	}
	return nil
}

// ErrOwnBackup says that a database is backed up by its own programs.
var ErrOwnBackup = errors.New("a ledger in PostgreSQL is backed up by PostgreSQL's own programs, while others write: " +
	"\"pg_dump --format=custom --file=ledger.dump postgres://…\" writes it to a file, and " +
	"\"pg_restore --dbname=postgres://… ledger.dump\" puts that into an empty database; " +
	"\"jobsieve ledger copy\" copies it to a folder, or a folder to it")

func (p *postgres) copyTo(context.Context, string) error                         { return ErrOwnBackup }
func (p *postgres) alone(context.Context, time.Duration) error                   { return ErrOwnBackup }
func (p *postgres) put(context.Context, string) error                            { return ErrOwnBackup }
func (p *postgres) replace(context.Context, string, string, time.Duration) error { return ErrOwnBackup }
