package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"jobsieve/job"
)

// Record is a current posting as the ledger has it.
type Record struct {
	N       int64  // the ledger's own number
	Key     string // the document's id in every index
	Posting job.Posting
	Reading
	// Posted is the date, YYYY-MM-DD, a relative one resolved at first sight;
	// empty where none is known.
	Posted    string
	Version   int64 // of the content
	Revision  int64 // of the document
	FirstSeen time.Time
	LastSeen  time.Time
	// Gone says that the posting was forgotten; then it has no more than its
	// id, source and revision.
	Gone bool
}

const recordColumns = "n, key, source, id, version, revision, first_seen, last_seen, posted, gone, content, reading"

// asRowsHaveIt reads JSON that came with imported rows and is kept as it was:
// names may stand twice in it, and halves of characters.
var asRowsHaveIt = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// scanRecord reads a row of recordColumns.
func scanRecord(scan func(...any) error) (*Record, error) {
	var (
		r             Record
		source, id    string
		first, last   int64
		body, reading []byte
		c             content
	)
	if err := scan(&r.N, &r.Key, &source, &id, &r.Version, &r.Revision, &first, &last, &r.Posted, &r.Gone, &body, &reading); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &c, asRowsHaveIt); err != nil {
		return nil, fmt.Errorf("posting %s: content: %w", id, err)
	}
	if err := json.Unmarshal(reading, &r.Reading); err != nil {
		return nil, fmt.Errorf("posting %s: reading: %w", id, err)
	}
	r.Posting = c.posting(source, id)
	r.FirstSeen, r.LastSeen = time.UnixMilli(first), time.UnixMilli(last)
	return &r, nil
}

// Each calls f for every current posting, ordered by id and source. It stops
// at f's first error and returns it.
func (l *Ledger) Each(ctx context.Context, f func(*Record) error) error {
	return l.each(ctx, "SELECT "+recordColumns+" FROM posting WHERE NOT gone ORDER BY id, source", f)
}

func (l *Ledger) each(ctx context.Context, query string, f func(*Record) error, args ...any) (err error) {
	rows, err := l.db.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read postings: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		r, err := scanRecord(rows.Scan)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if err := f(r); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read postings: %w", err)
	}
	return nil
}

// Get gives the postings of an id; several where several sources use it, none
// where none does.
func (l *Ledger) Get(ctx context.Context, id string) ([]*Record, error) {
	var out []*Record
	err := l.each(ctx, "SELECT "+recordColumns+" FROM posting WHERE id = ? AND NOT gone ORDER BY source", func(r *Record) error {
		out = append(out, r)
		return nil
	}, id)
	return out, err
}

// Count is how many current postings there are.
func (l *Ledger) Count(ctx context.Context) (int, error) {
	return l.count(ctx, "SELECT count(*) FROM posting WHERE NOT gone")
}

func (l *Ledger) count(ctx context.Context, query string, args ...any) (n int, err error) {
	if err := l.db.QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	return n, nil
}

// Sources gives the names of the sources that have postings, with how many.
func (l *Ledger) Sources(ctx context.Context) (counts map[string]int, err error) {
	rows, err := l.db.QueryContext(ctx, "SELECT source, count(*) FROM posting WHERE NOT gone GROUP BY source")
	if err != nil {
		return nil, fmt.Errorf("count sources: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	counts = map[string]int{}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return nil, fmt.Errorf("count sources: %w", err)
		}
		counts[name] = n
	}
	return counts, rows.Err()
}

// Version is one version of a posting.
type Version struct {
	Version int64
	Seen    time.Time
	Posting job.Posting
}

// Versions gives all versions of a posting, oldest first.
func (l *Ledger) Versions(ctx context.Context, r *Record) (out []Version, err error) {
	rows, err := l.db.QueryContext(ctx, "SELECT version, seen, content FROM version WHERE n = ? ORDER BY version", r.N)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scanVersion(rows, r)
		if err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func scanVersion(rows *sql.Rows, r *Record) (v Version, err error) {
	var seen int64
	var body []byte
	var c content
	if err := rows.Scan(&v.Version, &seen, &body); err != nil {
		return v, err
	}
	if err := json.Unmarshal(body, &c, asRowsHaveIt); err != nil {
		return v, err
	}
	v.Seen, v.Posting = time.UnixMilli(seen), c.posting(r.Posting.Source, r.Posting.ID)
	return v, nil
}
