package ledger

import (
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"
)

// olderLedger gives a folder with a ledger that an earlier version made: some
// postings of the sample board and of files, with versions, readings that were
// replaced, runs, receipts, kept pages, and a posting that was forgotten.
func olderLedger(t *testing.T, schema int) (dir string) {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", fmt.Sprintf("schema%d.db.gz", schema)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	dir = t.TempDir()
	err = errors.Join(err, packed.Close(), os.WriteFile(filepath.Join(dir, FileName), body, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// rowsOf gives the rows of queries, a line each.
func rowsOf(t *testing.T, db *sql.DB, queries ...string) (lines []string) {
	t.Helper()
	for _, query := range queries {
		found, err := linesOf(t.Context(), db, query)
		if err != nil {
			t.Fatal(query, err)
		}
		lines = append(lines, found...)
	}
	return lines
}

func linesOf(ctx context.Context, db *sql.DB, query string) (lines []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("%q", values))
	}
	return lines, rows.Err()
}

// everything reads all that a ledger of any schema holds, but for the columns
// of which the older has none.
func everything(postings string) []string {
	return []string{
		postings,
		`SELECT v.n, v.version, seen, CAST(CASE WHEN length(v.content) = 0 THEN p.content ELSE v.content END AS BLOB)
			FROM version v JOIN posting p USING (n) ORDER BY v.n, v.version`,
		"SELECT * FROM reading ORDER BY n, revision",
		"SELECT * FROM run ORDER BY id", "SELECT * FROM receipt ORDER BY id",
		"SELECT source, n, ended FROM crawl ORDER BY source", "SELECT * FROM page ORDER BY source, request",
	}
}

// thisSchema is the newest schema: it grows with each migration.
const thisSchema = 24

const columns = "n, source, id, hash, version, revision, first_seen, last_seen, posted, " +
	"CAST(content AS BLOB), CAST(reading AS BLOB), "

func TestOlderLedgersAreBroughtUp(t *testing.T) {
	for schema := 5; schema <= lastCounted; schema++ {
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			dir := olderLedger(t, schema)
			db, err := connect(dir, durable)
			if err != nil {
				t.Fatal(err)
			}
			before := rowsOf(t, db, everything("SELECT "+columns+"gone FROM posting ORDER BY n")...)
			if err := db.Close(); err != nil || len(before) < 60 {
				t.Fatalf("%d rows: %v", len(before), err)
			}
			l, file := openFile(t, dir)
			after := rowsOf(t, file.main, everything("SELECT "+columns+"forgotten FROM posting ORDER BY n")...)
			if diff := cmp.Diff(before, after); diff != "" {
				t.Error(diff)
			}
			if wrong := rowsOf(t, file.main, "PRAGMA foreign_key_check"); len(wrong) > 0 {
				t.Error(wrong)
			}
			if said := rowsOf(t, file.main, "PRAGMA integrity_check"); strings.Join(said, "") != `["ok"]` {
				t.Error(said)
			}
			checkBroughtUp(t, l)
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// bringTo brings an older ledger as far as the program of a schema did.
func bringTo(t *testing.T, dir string, schema int64) {
	t.Helper()
	ctx := t.Context()
	db, err := connect(dir, migrating)
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	err = errors.Join(err, once(ctx, db, func(tx *sql.Tx) error { return takeOver(ctx, tx) }))
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err == nil {
		_, err = provider.UpTo(ctx, schema)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// Schemas after those that were counted are made from one that was.
func TestLaterLedgersAreBroughtUp(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		schema, err := goose.NumericComponent(name)
		if err != nil {
			t.Fatal(err)
		}
		if schema <= lastCounted || schema == thisSchema {
			continue
		}
		t.Run(fmt.Sprint(schema), func(t *testing.T) {
			dir := olderLedger(t, lastCounted)
			bringTo(t, dir, schema)
			f := &sqliteFile{dir: dir}
			var err error
			if f.main, err = connect(dir, durable); err != nil {
				t.Fatal(err)
			}
			if at, err := f.schema(t.Context()); at != schema || err != nil {
				t.Fatalf("schema %d: %v", at, err)
			}
			query := "SELECT " + columns + "forgotten FROM posting ORDER BY n"
			before := rowsOf(t, f.main, everything(query)...)
			if err := f.close(); err != nil {
				t.Fatal(err)
			}
			l, file := openFile(t, dir)
			if diff := cmp.Diff(before, rowsOf(t, file.main, everything(query)...)); diff != "" {
				t.Error(diff)
			}
			if hand := rowsOf(t, file.main, "SELECT n FROM posting WHERE hand IS NOT NULL"); len(hand) > 0 {
				t.Errorf("labelled by hand: %v", hand)
			}
			checkBroughtUp(t, l)
		})
	}
}

// checkBroughtUp reads an older ledger as programs do.
func checkBroughtUp(t *testing.T, l *Ledger) {
	t.Helper()
	ctx := t.Context()
	keys := map[string]bool{}
	if err := l.Each(ctx, func(r *Record) error { keys[r.Key] = true; return nil }); err != nil || len(keys) != 18 {
		t.Errorf("%d keys: %v", len(keys), err)
	}
	for _, key := range []string{
		"naukri-chowk/naukri-chowk:nc-001", "imported/naukri-chowk:nc-001", "imported/x-1", "other%2Fboard/x-1",
		"third/x-1@imported", "import/other/board/x-1",
	} {
		if !keys[key] {
			t.Errorf("no %s among %v", key, keys)
		}
	}
	changed, err := l.Get(ctx, "imported/x-1")
	if err != nil || len(changed) != 1 {
		t.Fatalf("%d of the id: %v", len(changed), err)
	}
	versions, err := l.Versions(ctx, changed[0])
	now := changed[0].Posting.Title
	if err != nil || len(versions) != 2 || versions[0].Posting.Title == now || versions[1].Posting.Title != now {
		t.Errorf("versions %+v: %v", versions, err)
	}
	if history, err := l.History(ctx, changed[0]); err != nil || len(history) != 1 {
		t.Errorf("%d earlier readings: %v", len(history), err)
	}
	if receipts, err := l.Receipts(ctx, "", 10); err != nil || len(receipts) != 3 {
		t.Errorf("%d receipts: %v", len(receipts), err)
	}
	// What any index took, it took under other keys.
	if target, err := l.LastTarget(ctx, ""); target != "" || err != nil {
		t.Errorf("an index took documents: %s, %v", target, err)
	}
	if d, err := l.Deliveries(ctx, "ix:1"); err != nil || d.Waiting != d.Taken || d.Taken != 19 {
		t.Errorf("%+v: %v", d, err)
	}
	crawl, err := l.BeginCrawl(ctx, "naukri-chowk", time.Now(), 0)
	if err != nil || crawl.Resumed {
		t.Fatalf("a crawl that had ended is resumed: %v", err)
	}
	if err := errors.Join(crawl.End(ctx), crawl.Release()); err != nil {
		t.Error(err)
	}
}

// Of several processes one brings the ledger up, and the others wait for it.
func TestOlderLedgerIsOpenedAtOnce(t *testing.T) {
	dir := olderLedger(t, 5)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			l, err := Open(t.Context(), dir)
			if err == nil {
				var n int
				if n, err = l.Count(t.Context()); n != 18 {
					t.Errorf("%d postings", n)
				}
				err = errors.Join(err, l.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// One that waits for another ends with its context.
func TestWaitForAnotherThatBringsItUp(t *testing.T) {
	dir := olderLedger(t, 6)
	lock, err := Acquire(t.Context(), dir, "schema", "the schema", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, dir); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while another brings it up: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	openFile(t, dir)
}

// A program of an earlier version takes no lock of the schema: what it writes is
// waited for.
func TestOlderLedgerIsWrittenMeanwhile(t *testing.T) {
	dir := olderLedger(t, 5)
	f := &sqliteFile{dir: dir}
	var err error
	if f.main, err = connect(dir, durable); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.close(); err != nil {
			t.Error(err)
		}
	}()
	ctx := t.Context()
	if err := once(ctx, f.main, func(tx *sql.Tx) error { return takeOver(ctx, tx) }); err != nil { // and it was killed then
		t.Fatal(err)
	}
	release := hold(t, &Ledger{engine: f})
	tries := 0
	err = patiently(ctx, f.busy, func() error {
		if tries++; tries == 2 {
			release()
		}
		return f.bringUp(ctx)
	})
	if at, e := f.schema(ctx); err != nil || e != nil || at != thisSchema || tries != 2 {
		t.Errorf("schema %d after %d tries: %v, %v", at, tries, err, e)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	for name, statement := range map[string]string{
		"by its table":  "INSERT INTO " + schemaTable + " (version_id, is_applied) VALUES (999, 1)",
		"by its number": "DROP TABLE " + schemaTable + "; PRAGMA user_version = 999",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l, file := openFile(t, dir)
			if _, err := file.main.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			for name, open := range map[string]func(context.Context, string) (*Ledger, error){"Open": Open, "Attach": Attach} {
				l, err := open(t.Context(), dir)
				if err == nil {
					_ = l.Close()
				}
				if want := fmt.Sprintf("has schema 999, this program knows up to %d: use a newer jobsieve", thisSchema); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v, want %s", name, err, want)
				}
			}
		})
	}
}

// Programs that count schemas by SQLite's number refuse a ledger with keys that
// they don't know.
func TestOlderProgramsRefuseTheLedger(t *testing.T) {
	_, file := openFile(t, t.TempDir())
	var counted int
	if err := file.main.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&counted); err != nil || counted <= lastCounted {
		t.Errorf("user_version %d: %v", counted, err)
	}
}
