package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Target names an index that documents are delivered to: which one, and which
// one of that name, so that a rebuilt index starts from nothing.
type Target string

// Delivery is what became of a document at an index.
type Delivery struct {
	N        int64
	Revision int64
	// Refused is why the index will never take it, empty if it was delivered.
	Refused string
}

// Waiting gives up to limit postings, from those with a number greater than
// after, whose document the target has neither taken nor refused, in the order
// of their numbers.
func (l *Ledger) Waiting(ctx context.Context, t Target, after int64, limit int) ([]*Record, error) {
	return l.batch(ctx,
		"NOT EXISTS (SELECT 1 FROM delivery d WHERE d.target = $3 AND d.n = p.n AND d.revision >= "+
			"p.revision)", after, limit, string(t))
}

// Acknowledge notes what became of documents at the target, and when. It does not
// wait for the disk: a document whose note is lost in a power cut is delivered
// again. A zero time says that the target is an index that is being built: it is
// not the last target until Built.
func (l *Ledger) Acknowledge(ctx context.Context, t Target, now time.Time, ds []Delivery) error {
	return l.transactLazily(ctx, "note deliveries", func(tx *sql.Tx) (err error) {
		stmt, err := tx.PrepareContext(ctx, `INSERT INTO delivery (target, n, revision, refused, at)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (target, n) DO UPDATE
			SET revision = excluded.revision, refused = excluded.refused,
				at = CASE WHEN excluded.at < delivery.at THEN delivery.at ELSE excluded.at END
			WHERE excluded.revision >= delivery.revision`)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stmt.Close()) }()
		for _, d := range ds {
			if _, err := stmt.ExecContext(ctx, string(t), d.N, d.Revision, d.Refused, now.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Built notes that the index that was being built is whole.
func (l *Ledger) Built(ctx context.Context, t Target, now time.Time) error {
	return l.transact(ctx, "note that an index was built", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE delivery SET at = $2 WHERE target = $1 AND at < 0", string(t),
			now.UnixMilli())
		return err
	})
}

// Took reports whether the target took or refused any document.
func (l *Ledger) Took(ctx context.Context, t Target) (took bool, err error) {
	row := l.engine.db().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM delivery WHERE target = $1)", string(t))
	if err := row.Scan(&took); err != nil {
		return false, fmt.Errorf("look for deliveries: %w", err)
	}
	return took, nil
}

// Deliveries counts the documents of all postings, including those that must
// go, by what became of them at an index: Taken = Delivered + Waiting +
// Refused.
type Deliveries struct {
	Taken     int `json:"taken"`
	Delivered int `json:"delivered"`
	Waiting   int `json:"waiting"`
	Refused   int `json:"refused"`
	// Missing is how many fewer documents the index holds than were delivered and
	// must be there, Foreign how many more than the ledger has: 0 where they were
	// not counted.
	Missing int `json:"missing"`
	Foreign int `json:"foreign"`
}

// Deliveries counts the documents at the target. Delivered are those that it must hold:
// that it took in their newest revision, and that are not forgotten.
func (l *Ledger) Deliveries(ctx context.Context, t Target) (Deliveries, error) {
	return remembered(ctx, l, t, func() (d Deliveries, err error) {
		if n, whole, err := l.deliveredWhole(ctx, t); err != nil || whole {
			return Deliveries{Taken: n, Delivered: n}, err
		}
		row := l.engine.db().QueryRowContext(ctx, `SELECT count(*),
			count(*) FILTER (WHERE d.refused = ''), count(*) FILTER (WHERE d.refused <> '')
			FROM posting p LEFT JOIN delivery d ON d.target = $1 AND d.n = p.n AND d.revision >= p.revision
			WHERE NOT p.forgotten OR d.refused IS NULL OR d.refused <> ''`, string(t))
		if err := row.Scan(&d.Taken, &d.Delivered, &d.Refused); err != nil {
			return d, fmt.Errorf("count deliveries: %w", err)
		}
		d.Waiting = d.Taken - d.Delivered - d.Refused
		return d, nil
	})
}

// deliveredWhole reports that a target took the newest revision of every posting, refused
// none, and that none was forgotten, and gives how many there are. It looks up nothing for
// each: a target never has a revision beyond that of its posting, so all are the newest
// where both have the same sum.
func (l *Ledger) deliveredWhole(ctx context.Context, t Target) (n int, whole bool, err error) {
	row := l.engine.db().QueryRowContext(ctx, `SELECT p.n, p.forgotten = 0 AND d.refused = 0 AND p.n = d.n AND p.revisions = d.revisions
		FROM (SELECT count(*) AS n, coalesce(sum(revision), 0) AS revisions,
				count(*) FILTER (WHERE forgotten) AS forgotten FROM posting) p,
			(SELECT count(*) AS n, coalesce(sum(revision), 0) AS revisions,
				count(*) FILTER (WHERE refused <> '') AS refused FROM delivery WHERE target = $1) d`, string(t))
	if err := row.Scan(&n, &whole); err != nil {
		return 0, false, fmt.Errorf("count deliveries: %w", err)
	}
	return n, whole, nil
}

// Refusal is a document that an index refused.
type Refusal struct {
	Key    string    `json:"key"`
	ID     string    `json:"id"`
	Source string    `json:"source"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// Refused gives the documents that the target refused in their newest
// revision, by source and id.
func (l *Ledger) Refused(ctx context.Context, t Target) (out []Refusal, err error) {
	rows, err := l.engine.db().QueryContext(ctx, `SELECT p.id, p.source, d.refused, d.at FROM delivery d JOIN posting p ON p.n = d.n
		WHERE d.target = $1 AND d.refused <> '' AND d.revision >= p.revision ORDER BY p.source, p.id`, string(t))
	if err != nil {
		return nil, fmt.Errorf("read refusals: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r Refusal
		var at int64
		if err := rows.Scan(&r.ID, &r.Source, &r.Reason, &at); err != nil {
			return nil, fmt.Errorf("read refusals: %w", err)
		}
		r.Key, r.At = Key(r.Source, r.ID), time.UnixMilli(at)
		out = append(out, r)
	}
	return out, rows.Err()
}

// Retry lets the refused documents of a target wait again.
func (l *Ledger) Retry(ctx context.Context, t Target) error {
	return l.transact(ctx, "retry refused documents", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM delivery WHERE target = $1 AND refused <> ''", string(t))
		return err
	})
}

// Document is a posting's document, and what is known of it at a target.
type Document struct {
	Key string
	// Revision is the newest.
	Revision int64
	// Forgotten says that the posting was forgotten.
	Forgotten bool
	// Delivered says that the target took the newest revision, or deleted the
	// document.
	Delivered bool
}

// Documents calls f for every posting's document.
func (l *Ledger) Documents(ctx context.Context, t Target, f func(*Document) error) (err error) {
	rows, err := l.engine.db().QueryContext(ctx, `SELECT p.source, p.id, p.revision, p.forgotten, d.refused IS NOT NULL AND d.refused = ''
		FROM posting p LEFT JOIN delivery d ON d.target = $1 AND d.n = p.n AND d.revision >= p.revision`, string(t))
	if err != nil {
		return fmt.Errorf("read deliveries: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d Document
		var source, id string
		if err := rows.Scan(&source, &id, &d.Revision, &d.Forgotten, &d.Delivered); err != nil {
			return fmt.Errorf("read deliveries: %w", err)
		}
		d.Key = Key(source, id)
		if err := f(&d); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Revision gives the newest revision of posting n.
func (l *Ledger) Revision(ctx context.Context, n int64) (revision int64, err error) {
	if err := l.engine.db().QueryRowContext(ctx, "SELECT revision FROM posting WHERE n = $1",
		n).Scan(&revision); err != nil {
		return 0, fmt.Errorf("read a revision: %w", err)
	}
	return revision, nil
}

// LastTarget gives the target whose name begins with prefix that was delivered
// to last, and isn't being built; empty where there is none.
func (l *Ledger) LastTarget(ctx context.Context, prefix string) (Target, error) {
	var t string
	err := l.engine.db().QueryRowContext(ctx,
		"SELECT target FROM delivery WHERE target >= $1 AND target < $2 AND at >= 0 ORDER BY at DESC, target LIMIT 1",
		prefix, beyond(prefix)).Scan(&t)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find an index: %w", err)
	}
	return Target(t), nil
}

// beyond is greater than all names of targets that begin with a prefix: no UTF-8 has its
// last byte.
func beyond(prefix string) string { return prefix + "\xff" }

// ForgetDeliveries forgets all that was delivered to targets other than t, of
// those whose name begins with prefix: indexes that no longer exist.
func (l *Ledger) ForgetDeliveries(ctx context.Context, prefix string, t Target) error {
	return l.transact(ctx, "forget deliveries", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM delivery WHERE target >= $1 AND target < $2 AND target <> $3",
			prefix, beyond(prefix), string(t))
		return err
	})
}

// ForgetTarget forgets all that was delivered to an index that no longer
// exists.
func (l *Ledger) ForgetTarget(ctx context.Context, t Target) error {
	return l.transact(ctx, "forget deliveries", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM delivery WHERE target = $1", string(t))
		return err
	})
}
