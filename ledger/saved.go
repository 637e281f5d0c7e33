package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// SavedSearch is a search that somebody saved. How far it was looked at is the ledger's
// own number of the last posting that a look took in: no clock decides what is new.
type SavedSearch struct {
	Name string
	// Question has the parameters of its filter, as the query of a URL.
	Question string
	Saved    time.Time
	// Looked is when it was looked at last, the zero time for never.
	Looked time.Time
	Seen   int64
	// Webhook is the address that is told of new postings, empty for none; Told is for it
	// what Seen is for looks.
	Webhook string
	Told    int64
}

// ErrSaved says that there is a saved search of that name already.
var ErrSaved = errors.New("it is saved already")

// Save saves a search, of which only Name, Question, Saved and Webhook count: what is
// stored already is not new to it. Its error is ErrSaved where there is one of that name,
// unless that is replaced.
func (l *Ledger) Save(ctx context.Context, s *SavedSearch, replace bool) error {
	return l.transact(ctx, "save the search "+s.Name, func(tx *sql.Tx) error {
		if replace {
			if _, err := tx.ExecContext(ctx, "DELETE FROM saved_search WHERE name = $1", s.Name); err != nil {
				return err
			}
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO saved_search (name, question, saved, looked, seen, webhook, told)
			SELECT $1, $2, $3, 0, coalesce(max(n), 0), $4, coalesce(max(n), 0) FROM posting WHERE true
			ON CONFLICT (name) DO NOTHING`, s.Name, s.Question, s.Saved.UnixMilli(), s.Webhook)
		return changedOr(done, err, ErrSaved)
	})
}

// changedOr gives an error of its own for a statement that changed no row.
func changedOr(done sql.Result, err, none error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return none
}

// SavedSearches gives the saved searches in the order of their names.
func (l *Ledger) SavedSearches(ctx context.Context) (out []SavedSearch, err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		"SELECT name, question, saved, looked, seen, webhook, told FROM saved_search ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("read the saved searches: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s SavedSearch
		var saved, looked int64
		if err := rows.Scan(&s.Name, &s.Question, &saved, &looked, &s.Seen, &s.Webhook, &s.Told); err != nil {
			return nil, fmt.Errorf("read the saved searches: %w", err)
		}
		s.Saved, s.Looked = dueTime(saved), dueTime(looked)
		out = append(out, s)
	}
	return out, rows.Err()
}

// ForgetSaved forgets a saved search; was is false where there is none of that name.
func (l *Ledger) ForgetSaved(ctx context.Context, name string) (was bool, err error) {
	err = l.transact(ctx, "forget the saved search "+name, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "DELETE FROM saved_search WHERE name = $1", name)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		was = n > 0
		return err
	})
	return was, err
}

// LookedAt notes that a saved search was looked at, up to the posting with a number. It
// changes nothing where the search was replaced or forgotten meanwhile, and takes nothing
// back that a later look took in.
func (l *Ledger) LookedAt(ctx context.Context, s *SavedSearch, seen int64, now time.Time) error {
	return l.transact(ctx, "note a look at "+s.Name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE saved_search
			SET looked = $4, seen = CASE WHEN seen < $3 THEN $3 ELSE seen END
			WHERE name = $1 AND saved = $2`, s.Name, s.Saved.UnixMilli(), seen, now.UnixMilli())
		return err
	})
}

// TellSaved notes that the webhook of a saved search was told of the new postings up to
// the one with a number, as LookedAt does for looks.
func (l *Ledger) TellSaved(ctx context.Context, s *SavedSearch, told int64) error {
	return l.transact(ctx, "note what was told of "+s.Name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			"UPDATE saved_search SET told = $3 WHERE name = $1 AND saved = $2 AND told < $3", s.Name,
			s.Saved.UnixMilli(), told)
		return err
	})
}

// LastNumber is the number of the newest posting, 0 where there is none. Postings that
// are stored later have greater ones.
func (l *Ledger) LastNumber(ctx context.Context) (n int64, err error) {
	if err := l.engine.db().QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM posting").Scan(&n); err != nil {
		return 0, fmt.Errorf("find the newest posting: %w", err)
	}
	return n, nil
}

// Between gives up to limit current postings with numbers greater than after and no
// greater than last, in the order of their numbers.
func (l *Ledger) Between(ctx context.Context, after, last int64, limit int) ([]*Record, error) {
	return l.batch(ctx, "NOT forgotten AND n <= $3", after, limit, last)
}

// FirstWaiting is the number of the first posting, of those with a number greater than
// after, that waits for the target as those of Waiting do; 0 where none does.
func (l *Ledger) FirstWaiting(ctx context.Context, t Target, after int64) (n int64, err error) {
	row := l.engine.db().QueryRowContext(ctx, `SELECT coalesce(min(p.n), 0) FROM posting p WHERE p.n > $2 AND NOT p.forgotten
		AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.target = $1 AND d.n = p.n AND d.revision >= p.revision)`,
		string(t), after)
	if err := row.Scan(&n); err != nil {
		return 0, fmt.Errorf("find the first waiting document: %w", err)
	}
	return n, nil
}
