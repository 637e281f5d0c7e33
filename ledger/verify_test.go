package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifyOlder finds nothing wrong with ledgers that earlier versions made.
func TestVerifyOlder(t *testing.T) {
	for _, schema := range []int{5, 6, 7} {
		l, _ := openFile(t, olderLedger(t, schema))
		_, err := l.Verify(t.Context(), func(f Fault) error {
			t.Errorf("schema %d: %+v", schema, f)
			return nil
		}, nil)
		if err != nil {
			t.Error(err)
		}
	}
}

// TestVerifyDamagedFile overwrites a page in the middle of the file, and looks at a row that
// is of no posting.
func TestVerifyDamagedFile(t *testing.T) {
	const page = 4096
	dir := t.TempDir()
	l, file := openFile(t, dir)
	storeNumbered(t, l, 0, 200)
	_, err := file.main.ExecContext(t.Context(), "PRAGMA foreign_keys = 0; INSERT INTO summary (n, packed) VALUES (999, x'')")
	if err != nil {
		t.Fatal(err)
	}
	if faults := faultsOf(t, l); len(faults) != 1 || faults[0] != "file: a row of summary is of no posting (1 of them)" {
		t.Errorf("a stray row: %q", faults)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := len(body) / page / 2 * page
	copy(body[at:], bytes.Repeat([]byte{0xee}, page))
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	l, _ = openFile(t, dir)
	if faults := faultsOf(t, l); len(faults) < 2 || !strings.Contains(faults[0], "file: ") {
		t.Errorf("a page of nonsense: %q", faults)
	}
}

func faultsOf(t *testing.T, l *Ledger) (faults []string) {
	t.Helper()
	_, err := l.Verify(t.Context(), func(f Fault) error {
		faults = append(faults, f.Kind+": "+f.Why)
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return faults
}
