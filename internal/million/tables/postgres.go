package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// addPostgres copies the ledger to a database of PostgreSQL, which holds no ledger yet, or an
// earlier copy of this one.
func (b *bench) addPostgres(ctx context.Context) error {
	config := filepath.Join(b.dir, "postgres.yaml")
	if err := os.WriteFile(config, fmt.Appendf(nil, "ledger: %q\n", b.locator), 0o600); err != nil {
		return err
	}
	data := filepath.Join(b.dir, "data")
	if err := b.once(ctx, "copy", "", b.program, "ledger", "copy", data, b.locator); err != nil {
		return err
	}
	args := b.with("--config", config, "--index", "embedded")
	b.backends = append(b.backends, backend{name: postgres, locator: b.locator, args: args})
	return nil
}

// size gives how many bytes a backend takes on disk.
func (b *backend) size(ctx context.Context) (int64, error) {
	if b.locator == "" {
		return sizeOf(b.files)
	}
	var out bytes.Buffer
	const query = "SELECT pg_database_size(current_database())"
	if _, err := process(ctx, "", &out, "psql", "-X", "-A", "-t", "-c", query, b.locator); err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(out.String()), 10, 64)
}
