package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ToldSick says, by source, whether it was sick when somebody was told last.
func (l *Ledger) ToldSick(ctx context.Context) (told map[string]bool, err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT source, sick FROM told_sick")
	if err != nil {
		return nil, fmt.Errorf("read what was told of sources: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	told = map[string]bool{}
	for rows.Next() {
		var source string
		var sick bool
		if err := rows.Scan(&source, &sick); err != nil {
			return nil, fmt.Errorf("read what was told of sources: %w", err)
		}
		told[source] = sick
	}
	return told, rows.Err()
}

// TellSick notes that somebody was told that a source is sick, or well again.
func (l *Ledger) TellSick(ctx context.Context, source string, sick bool) error {
	return l.transact(ctx, "note what was told of "+source, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO told_sick (source, sick) VALUES ($1, $2)
			ON CONFLICT (source) DO UPDATE SET sick = excluded.sick`, source, sick)
		return err
	})
}
