package conformance

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"jobsieve/internal/pgtest"
	"jobsieve/ledger"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestSQLite runs the suite on ledgers in folders.
func TestSQLite(t *testing.T) {
	Run(t, func(t *testing.T) Place {
		dir := filepath.Join(t.TempDir(), "a folder with %, ? and #")
		file := url.URL{Scheme: "file", Path: filepath.Join(dir, ledger.FileName)}
		return Place{
			Locator: dir,
			Beside:  func(t *testing.T) string { return t.TempDir() },
			Exec:    func(t *testing.T, statement string) { execute(t, "sqlite", file.String(), statement) },
		}
	})
}

// asBytes finds bytes as SQLite writes them.
var asBytes = regexp.MustCompile(`x'([0-9a-f]*)'`)

// TestPostgres runs the suite on ledgers in databases of a PostgreSQL.
func TestPostgres(t *testing.T) {
	Run(t, func(t *testing.T) Place {
		locator := pgtest.Database(t)
		return Place{
			Locator: locator,
			Beside:  func(t *testing.T) string { return pgtest.Database(t) },
			Exec: func(t *testing.T, statement string) {
				execute(t, "pgx", locator, asBytes.ReplaceAllString(statement, `'\x$1'`))
			},
		}
	})
}

func execute(t *testing.T, driver, address, statement string) {
	t.Helper()
	db, err := sql.Open(driver, address)
	if err == nil {
		_, err = db.ExecContext(t.Context(), statement)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
