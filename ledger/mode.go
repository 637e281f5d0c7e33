package ledger

import (
	"fmt"
	"path/filepath"

	"jobsieve/internal/private"
)

// own makes the ledger's file where there is none, and keeps it and those that
// SQLite puts beside it, which take its mode, from other users.
func own(dir string) error {
	path := filepath.Join(dir, FileName)
	if err := private.File(path); err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	for _, beside := range []string{"-wal", "-shm", "-journal"} {
		if err := private.Narrow(path + beside); err != nil {
			return fmt.Errorf("open the ledger: %w", err)
		}
	}
	return nil
}
