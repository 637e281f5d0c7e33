package conformance

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	"jobsieve/ledger"
)

// TestSQLite runs the suite on ledgers in folders.
func TestSQLite(t *testing.T) {
	Run(t, func(t *testing.T) Place {
		dir := filepath.Join(t.TempDir(), "a folder with %, ? and #")
		return Place{Locator: dir, Exec: func(t *testing.T, statement string) {
			t.Helper()
			file := url.URL{Scheme: "file", Path: filepath.Join(dir, ledger.FileName)}
			db, err := sql.Open("sqlite", file.String())
			if err == nil {
				_, err = db.ExecContext(t.Context(), statement)
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}}
	})
}
