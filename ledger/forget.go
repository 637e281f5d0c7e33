package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Forget takes the text of postings out of the ledger, in all their versions,
// and marks their documents to go from every index; then it writes the file
// anew, so that nothing of them stays on the disk. It says how many postings
// there were, and which ids no posting has. What was forgotten before is
// forgotten again: one that was cut short can be repeated.
func (l *Ledger) Forget(ctx context.Context, ids []string) (n int, unknown []string, err error) {
	err = l.transact(ctx, "forget postings", func(tx *sql.Tx) error {
		n, unknown = 0, nil
		for _, id := range ids {
			found, err := forget(ctx, tx, id)
			if err != nil {
				return err
			}
			if found == 0 {
				unknown = append(unknown, id)
			}
			n += found
		}
		return nil
	})
	if err != nil || n == 0 {
		return n, unknown, err
	}
	return n, unknown, l.shred(ctx)
}

func forget(ctx context.Context, tx *sql.Tx, id string) (found int, err error) {
	for _, statement := range []string{
		"DELETE FROM version WHERE n IN (SELECT n FROM posting WHERE id = ?)",
		"DELETE FROM reading WHERE n IN (SELECT n FROM posting WHERE id = ?)",
		// Which of a source's kept pages hold the posting is not known.
		"DELETE FROM page WHERE source IN (SELECT source FROM posting WHERE id = ?)",
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return 0, err
		}
	}
	res, err := tx.ExecContext(ctx, "UPDATE posting SET gone = 1, revision = revision + 1, content = '{}', reading = '{}', hash = x'', posted = '' WHERE id = ?", id)
	if err != nil {
		return 0, err
	}
	rows, err := res.RowsAffected()
	return int(rows), err
}

// shredPatience is how long shred waits for readers that hold the old text.
const shredPatience = 10 * time.Second

// shred writes the file anew, so that nothing that was deleted stays in it.
func (l *Ledger) shred(ctx context.Context) error {
	vacuum := func() error {
		_, err := l.db.ExecContext(ctx, "VACUUM")
		return err
	}
	if err := patiently(ctx, vacuum); err != nil {
		return fmt.Errorf("rewrite the ledger without what was forgotten: %w; run it again", err)
	}
	for began := time.Now(); ; {
		var held bool
		var pages, done int
		err := l.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&held, &pages, &done)
		if err == nil && !held {
			return nil
		}
		if err != nil && !busy(err) {
			return fmt.Errorf("rewrite the ledger without what was forgotten: %w; run it again", err)
		}
		if ctx.Err() != nil || time.Since(began) > shredPatience {
			return errors.New("the text is out of the ledger, but a process that is reading it keeps it on the disk until it ends; run it again then")
		}
	}
}
