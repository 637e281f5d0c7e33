package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jobsieve/job"
)

// Reading is what was read from a posting.
type Reading struct {
	Facts   job.Facts   `json:"facts"`
	Pay     job.Pay     `json:"pay"`
	Verdict job.Verdict `json:"verdict"`
}

// Entry is a posting to store.
type Entry struct {
	Posting job.Posting
	// Seen is when the posting was seen.
	Seen time.Time
	// Relative says that Posting.Posted is a date relative to today; Posted is
	// the date it means, or the date that it states, empty for none.
	Relative bool
	Posted   string
	// Read reads the posting; it is called only where it is new or changed.
	Read func() Reading
}

// Store stores entries, all or none, and says of each what that
// changed. A posting that says what it said before is only marked as seen.
func (l *Ledger) Store(ctx context.Context, entries []Entry) ([]job.Change, error) {
	changes := make([]job.Change, len(entries))
	err := l.transact(ctx, "store postings", func(tx *sql.Tx) error {
		for i := range entries {
			e := &entries[i]
			change, err := store(ctx, tx, e)
			if err != nil {
				return fmt.Errorf("%s: %w", e.Posting.ID, err)
			}
			changes[i] = change
		}
		return nil
	})
	return changes, err
}

// known is what the ledger has of a posting.
type known struct {
	n, version int64
	hash       []byte
	posted     string
	gone       bool
}

func store(ctx context.Context, tx *sql.Tx, e *Entry) (job.Change, error) {
	hash := e.Posting.Hash(e.Relative)
	k, err := find(ctx, tx, e.Posting.Source, e.Posting.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return job.New, insert(ctx, tx, e, hash)
	case err != nil:
		return "", err
	case bytes.Equal(k.hash, hash) && !k.gone:
		_, err := tx.ExecContext(ctx, "UPDATE posting SET last_seen = max(last_seen, ?) WHERE n = ?", e.Seen.UnixMilli(), k.n)
		return job.Unchanged, err
	}
	change := job.Changed
	if k.gone {
		change = job.New
	}
	return change, update(ctx, tx, e, hash, k)
}

func find(ctx context.Context, tx *sql.Tx, source, id string) (k known, err error) {
	row := tx.QueryRowContext(ctx, "SELECT n, version, hash, posted, gone FROM posting WHERE id = ? AND source = ?", id, source)
	return k, row.Scan(&k.n, &k.version, &k.hash, &k.posted, &k.gone)
}

// Known reports whether a posting of a source has the id, or had it before it was
// forgotten.
func (l *Ledger) Known(ctx context.Context, source, id string) (known bool, err error) {
	err = l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM posting WHERE id = ? AND source = ?)", id, source).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("look for the posting %s: %w", id, err)
	}
	return known, nil
}

func insert(ctx context.Context, tx *sql.Tx, e *Entry, hash []byte) error {
	key, err := freeKey(ctx, tx, &e.Posting)
	if err != nil {
		return err
	}
	body, reading, err := marshal(e)
	if err != nil {
		return err
	}
	seen := e.Seen.UnixMilli()
	res, err := tx.ExecContext(ctx, `INSERT INTO posting (key, source, id, hash, version, revision, first_seen, last_seen, posted, content, reading)
		VALUES (?, ?, ?, ?, 1, 1, ?, ?, ?, ?, ?)`, key, e.Posting.Source, e.Posting.ID, hash, seen, seen, e.Posted, body, reading)
	if err != nil {
		return err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return err
	}
	return keepVersion(ctx, tx, n, 1, seen, body)
}

func update(ctx context.Context, tx *sql.Tx, e *Entry, hash []byte, k known) error {
	body, reading, err := marshal(e)
	if err != nil {
		return err
	}
	posted := e.Posted
	if e.Relative && k.posted != "" {
		posted = k.posted // resolved once
	}
	seen := e.Seen.UnixMilli()
	_, err = tx.ExecContext(ctx, `UPDATE posting SET hash = ?, version = version + 1, revision = revision + 1, last_seen = max(last_seen, ?), posted = ?, gone = 0, content = ?, reading = ?
		WHERE n = ?`, hash, seen, posted, body, reading, k.n)
	if err != nil {
		return err
	}
	return keepVersion(ctx, tx, k.n, k.version+1, seen, body)
}

func keepVersion(ctx context.Context, tx *sql.Tx, n, version, seen int64, body []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO version (n, version, seen, content) VALUES (?, ?, ?, ?)", n, version, seen, body)
	return err
}

// freeKey gives the document id for a new posting: its own id; where another
// source has a posting of that id, its id and source.
func freeKey(ctx context.Context, tx *sql.Tx, p *job.Posting) (string, error) {
	for key := p.ID; ; key += "@" + p.Source {
		var one int
		err := tx.QueryRowContext(ctx, "SELECT 1 FROM posting WHERE key = ?", key).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return key, nil
		}
		if err != nil {
			return "", err
		}
	}
}

func marshal(e *Entry) (body, reading []byte, err error) {
	if body, err = json.Marshal(contentOf(&e.Posting)); err != nil {
		return nil, nil, err
	}
	reading, err = json.Marshal(e.Read())
	return body, reading, err
}

// Forget takes the text of postings out of the ledger, in all their versions,
// and marks their documents to go from every index; then it writes the file
// anew, so that nothing of them stays on the disk. It says how many postings
// there were, and which ids no posting has.
func (l *Ledger) Forget(ctx context.Context, ids []string) (n int, unknown []string, err error) {
	err = l.transact(ctx, "forget postings", func(tx *sql.Tx) error {
		for _, id := range ids {
			res, err := tx.ExecContext(ctx, "UPDATE posting SET gone = 1, revision = revision + 1, content = '{}', reading = '{}', hash = x'', posted = '' WHERE id = ? AND NOT gone", id)
			if err != nil {
				return err
			}
			found, err := res.RowsAffected()
			if err != nil {
				return err
			}
			if found == 0 {
				unknown = append(unknown, id)
				continue
			}
			n += int(found)
			for _, table := range []string{"version", "reading"} {
				if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE n IN (SELECT n FROM posting WHERE id = ? AND gone)", id); err != nil {
					return err
				}
			}
			// Which of a source's kept pages hold the posting is not known.
			if _, err := tx.ExecContext(ctx, "DELETE FROM page WHERE source IN (SELECT source FROM posting WHERE id = ? AND gone)", id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		return n, unknown, err
	}
	for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := l.db.ExecContext(ctx, statement); err != nil {
			return n, unknown, fmt.Errorf("write the ledger anew without what was forgotten: %w", err)
		}
	}
	return n, unknown, nil
}
