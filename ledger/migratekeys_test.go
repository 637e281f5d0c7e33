package ledger

import (
	"database/sql"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"jobsieve/internal/pgtest"
)

// longKeys is the last schema whose keys have eight bytes.
const longKeys = 20

// fillLong writes a cluster of postings 1 and 2, of which 2 has no key, what a person said
// of them, and that 1 waits; keys and none are how the
// database writes the keys of 1, and no bytes.
func fillLong(t *testing.T, db *sql.DB, keys, none string) {
	t.Helper()
	for _, statement := range []string{
		`INSERT INTO vacancy_member (n, cluster, joined, vacancy, role, traits, keys) VALUES
			(1, 1, NULL, 77, 'representative', ` + none + `, ` + keys + `), (2, 1, 1, 77, 'other', ` + none + `, ` + none + `)`,
		`INSERT INTO vacancy_key (key, n) VALUES
			(72623859790382856, 1), (72623859790382857, 1), (-283686952306184, 1)`,
		"INSERT INTO vacancy_decision (a, b, together, at) VALUES (1, 2, TRUE, 5)",
		"DELETE FROM vacancy_due WHERE n <> 1",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(statement, err)
		}
	}
}

// wantShort wants what fillLong wrote, with keys of four bytes: of two that begin alike
// one is left.
func wantShort(t *testing.T, db *sql.DB, keys, none string) {
	t.Helper()
	got := rowsOf(t, db, "SELECT n || ' ' || cluster || ' ' || coalesce(joined, 0) || ' ' || vacancy || ' ' || role FROM vacancy_member ORDER BY n",
		"SELECT 'keys of ' || n FROM vacancy_member WHERE n = 1 AND keys = "+keys+" OR n = 2 AND keys = "+none+" ORDER BY n",
		"SELECT 'key ' || key || ' ' || n FROM vacancy_key ORDER BY key",
		"SELECT 'said ' || a || ' ' || b || ' ' || at FROM vacancy_decision WHERE together",
		"SELECT 'waits ' || n FROM vacancy_due")
	want := []string{
		`["1 1 0 77 representative"]`, `["2 1 1 77 other"]`, `["keys of 1"]`, `["keys of 2"]`,
		`["key -66052 1"]`, `["key 16909060 1"]`, `["said 1 2 5"]`, `["waits 1"]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A ledger with keys of eight bytes keeps its clusters, what people said of them, and what
// waits.
func TestLongKeysAreMadeShort(t *testing.T) {
	dir := olderLedger(t, lastCounted)
	bringTo(t, dir, longKeys)
	db, err := connect(dir, durable)
	if err != nil {
		t.Fatal(err)
	}
	fillLong(t, db, "x'01020304050607080102030405060709FFFEFDFCFBFAF9F8'", "x''")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, file := openFile(t, dir)
	wantShort(t, file.main, "x'0102030401020304FFFEFDFC'", "x''")
}

// The same in PostgreSQL.
func TestPostgresLongKeysAreMadeShort(t *testing.T) {
	locator, ctx := pgtest.Database(t), t.Context()
	p, err := postgresAt(locator)
	if err != nil {
		t.Fatal(err)
	}
	p.main = connectServer(p.config, &p.known, nil)
	files, err := fs.Sub(migrations, "migrations/postgres")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, p.main, files, goose.WithDisableGlobalRegistry(true))
	if err == nil {
		_, err = provider.UpTo(ctx, longKeys)
	}
	if err != nil {
		t.Fatal(err)
	}
	const postings = `INSERT INTO posting (source, id, hash, version, revision, first_seen, last_seen, posted, content, reading)
		VALUES ('s', '1', '', 1, 1, 0, 0, '', '{}', ''), ('s', '2', '', 1, 1, 0, 0, '', '{}', '')`
	if _, err := p.main.ExecContext(ctx, postings); err != nil {
		t.Fatal(err)
	}
	fillLong(t, p.main, `'\x01020304050607080102030405060709FFFEFDFCFBFAF9F8'`, "''")
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	_, p = openServer(t, locator)
	wantShort(t, p.main, `'\x0102030401020304FFFEFDFC'`, "''")
}
