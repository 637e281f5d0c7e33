package ledger

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jobsieve/internal/pgtest"
)

// TestTablesAreAll wants every database to have the tables and columns that are copied, those
// of who is at work now, and no others.
func TestTablesAreAll(t *testing.T) {
	var want []string
	for _, table := range slices.Concat(tables, passing) {
		for _, c := range table.columns {
			want = append(want, table.name+"."+c.name)
		}
	}
	slices.Sort(want)
	folder, file := openFile(t, t.TempDir())
	has(t, folder, file.main, `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`, want)
	server, database := openServer(t, pgtest.Database(t))
	has(t, server, database.main, `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = current_schema()`, want)
}

func has(t *testing.T, l *Ledger, db *sql.DB, query string, want []string) {
	t.Helper()
	var got []string
	err := eachText(t.Context(), db, query, func(name string) error {
		if !strings.HasPrefix(name, schemaTable+".") {
			got = append(got, name)
		}
		return nil
	})
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%T: %s%v", l.engine, diff, err)
	}
}

// TestSchemasAreParallel wants each database to be brought to the same schema.
func TestSchemasAreParallel(t *testing.T) {
	sqlite, err := newestSchema("sqlite")
	if err != nil {
		t.Fatal(err)
	}
	postgres, err := newestSchema("postgres")
	if err != nil || postgres != sqlite {
		t.Errorf("schema %d of SQLite, %d of PostgreSQL: %v; a migration of one needs one of the other", sqlite, postgres, err)
	}
}

// TestCopyOlder copies ledgers that earlier versions made.
func TestCopyOlder(t *testing.T) {
	ctx := t.Context()
	for _, schema := range []int{5, 6, 7} {
		from, to := olderLedger(t, schema), pgtest.Database(t)
		if _, err := Copy(ctx, from, to, nil); err != nil {
			t.Errorf("schema %d: %v", schema, err)
			continue
		}
		server, _ := openServer(t, to)
		if faults := faultsOf(t, server); len(faults) > 0 {
			t.Errorf("schema %d: %q", schema, faults)
		}
		folder, _ := openFile(t, from)
		want, err := folder.Counts(ctx)
		got, failed := server.Counts(ctx)
		if got != want || got.Postings == 0 || err != nil || failed != nil {
			t.Errorf("schema %d: %v, want %v: %v, %v", schema, got, want, err, failed)
		}
	}
}
