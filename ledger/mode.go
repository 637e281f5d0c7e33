package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	// An earlier version left its lock here, with its command line in it.
	if err := os.Remove(filepath.Join(dir, "writer.lock")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("open the ledger: %w", err)
	}
	for _, beside := range []string{"-wal", "-shm", "-journal"} {
		if err := private.Narrow(path + beside); err != nil {
			return fmt.Errorf("open the ledger: %w", err)
		}
	}
	return nil
}
