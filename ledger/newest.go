package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Newest is when a current posting was seen last; the zero time where there is none.
func (l *Ledger) Newest(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	row := l.engine.db().QueryRowContext(ctx, "SELECT max(last_seen) FROM posting WHERE NOT forgotten")
	if err := row.Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("find the newest posting: %w", err)
	}
	if !at.Valid {
		return time.Time{}, nil
	}
	return time.UnixMilli(at.Int64), nil
}
