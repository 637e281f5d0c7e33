package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"jobsieve/job"
)

// Record is a current posting as the ledger has it.
type Record struct {
	N       int64  // the ledger's own number
	Key     string // the document's id in every index, see Key
	Posting job.Posting
	Reading
	// Hand is the label that a person gave it; nil where only the rules did. Label
	// says which one holds.
	Hand *job.HandLabel
	// Posted is the date, YYYY-MM-DD, a relative one resolved at first sight;
	// empty where none is known. PostedHow says how it is known, and is empty too
	// where an earlier version stored the posting.
	Posted    string
	PostedHow job.DateKnown
	Version   int64 // of the content
	Revision  int64 // of the document
	FirstSeen time.Time
	LastSeen  time.Time
	// State says whether it is open, Closed since when it is not; the zero time unless it
	// is closed.
	State  job.State
	Closed time.Time
	// Vacancy is that which it is of, and Role what it is among the postings of that: alone
	// as long as it waits to be compared with others.
	Vacancy job.Vacancy
	Role    job.VacancyRole
	// Forgotten says that the posting was forgotten; then it has no more than
	// its id, source and revision.
	Forgotten bool
}

const recordColumns = "n, source, id, version, revision, first_seen, last_seen, posted, posted_how, " +
	"forgotten, content, reading, hand, state, closed, " + vacancyColumns

// vacancyColumns give the vacancy of posting p, and its role there; null while it waits to
// be compared with others.
const vacancyColumns = "(SELECT m.vacancy FROM vacancy_member m WHERE m.n = p.n), " +
	"(SELECT m.role FROM vacancy_member m WHERE m.n = p.n)"

// scanRecord reads a row of recordColumns of posting p. damaged is why it isn't a record,
// though the row is there; then the record has no more than its number, source
// and id.
func scanRecord(scan func(...any) error) (r *Record, damaged error) {
	r = new(Record)
	var (
		source, id          string
		first, last         int64
		body, reading, hand []byte
		c                   content
		closed              sql.NullInt64
		vacancy             vacancyOf
	)
	err := scan(&r.N, &source, &id, &r.Version, &r.Revision, &first, &last, &r.Posted, &r.PostedHow, &r.Forgotten,
		&body, &reading, &hand, &r.State, &closed, &vacancy.number, &vacancy.role)
	r.Key, r.Posting.Source, r.Posting.ID = Key(source, id), source, id
	if err != nil {
		return r, err
	}
	if err := c.unmarshal(body); err != nil {
		return r, fmt.Errorf("content: %w", err)
	}
	if err := r.unpack(reading); err != nil {
		return r, fmt.Errorf("reading: %w", err)
	}
	if r.Hand, err = handOf(hand); err != nil {
		return r, fmt.Errorf("label by hand: %w", err)
	}
	r.Posting = c.posting(source, id)
	r.FirstSeen, r.LastSeen, r.Closed = time.UnixMilli(first), time.UnixMilli(last), closedAt(closed)
	r.Vacancy, r.Role = vacancy.of(r.Key)
	return r, nil
}

// vacancyOf are vacancyColumns.
type vacancyOf struct {
	number sql.NullInt64
	role   sql.Null[job.VacancyRole]
}

// of gives the vacancy of the posting with a key, and its role.
func (v *vacancyOf) of(key string) (job.Vacancy, job.VacancyRole) {
	if !v.number.Valid {
		return job.VacancyOf(key), job.RoleAlone
	}
	return job.Vacancy(v.number.Int64), v.role.V
}

// closedAt reads since when a posting is closed.
func closedAt(stored sql.NullInt64) time.Time {
	if !stored.Valid {
		return time.Time{}
	}
	return time.UnixMilli(stored.Int64)
}

// unpack reads a reading as it is stored.
func (r *Reading) unpack(stored []byte) error {
	body, err := unpackReading(stored)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, r)
}

// handOf reads a label by hand as it is stored; nil where there is none.
func handOf(body []byte) (hand *job.HandLabel, err error) {
	if len(body) > 0 {
		err = json.Unmarshal(body, &hand)
	}
	return hand, err
}

// Each calls f for every current posting, ordered by id and source. It stops
// at f's first error and returns it.
func (l *Ledger) Each(ctx context.Context, f func(*Record) error) error {
	return l.each(ctx, "SELECT "+recordColumns+" FROM posting p WHERE NOT forgotten ORDER BY id, source", f)
}

func (l *Ledger) each(ctx context.Context, query string, f func(*Record) error, args ...any) error {
	_, err := l.rows(ctx, query, f, args...)
	return err
}

// rows calls f for every row of a query for recordColumns, except for damaged
// ones, and gives the number of the last row; 0 where there is none.
func (l *Ledger) rows(ctx context.Context, query string, f func(*Record) error, args ...any) (last int64, err error) {
	rows, err := l.engine.db().QueryContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("read postings: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		r, damaged := scanRecord(rows.Scan)
		last = r.N
		if damaged != nil {
			l.damage.note(fmt.Sprintf("posting %s of source %s", r.Posting.ID, r.Posting.Source), damaged)
			continue
		}
		if err := f(r); err != nil {
			return last, err
		}
	}
	if err := rows.Err(); err != nil {
		return last, fmt.Errorf("read postings: %w", err)
	}
	return last, nil
}

// batch gives the next postings after number $1, at most $2, for which a
// condition holds; none where there are none.
func (l *Ledger) batch(
	ctx context.Context, where string, after int64, limit int, args ...any,
) (out []*Record, err error) {
	query := "SELECT " + recordColumns + " FROM posting p WHERE n > $1 AND " + where + " ORDER BY n LIMIT $2"
	for len(out) == 0 { // as long as everything that is found is damaged
		last, err := l.rows(ctx, query, func(r *Record) error {
			out = append(out, r)
			return nil
		}, append([]any{after, limit}, args...)...)
		if err != nil || last == 0 {
			return out, err
		}
		after = last
	}
	return out, nil
}

// Get gives the postings of a name: those with that id, several where several
// sources use it; where none does, that of a source and an id with a slash
// between, or of a key. None where there is none. They are in the order of
// their sources.
func (l *Ledger) Get(ctx context.Context, name string) ([]*Record, error) {
	var out []*Record
	for _, n := range namesOf(name) {
		query := "SELECT " + recordColumns + " FROM posting p WHERE " + n.where +
			" AND NOT forgotten ORDER BY source, id"
		err := l.each(ctx, query, func(r *Record) error {
			out = append(out, r)
			return nil
		}, n.args...)
		if err != nil || len(out) > 0 {
			return out, err
		}
	}
	return out, nil
}

// Numbers gives the ledger's own numbers of the postings with some keys.
func (l *Ledger) Numbers(ctx context.Context, keys map[string]bool) (numbers map[int64]bool, err error) {
	rows, err := l.engine.db().QueryContext(ctx, "SELECT n, source, id FROM posting")
	if err != nil {
		return nil, fmt.Errorf("find postings: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	numbers = make(map[int64]bool, len(keys))
	for rows.Next() {
		var n int64
		var source, id string
		if err := rows.Scan(&n, &source, &id); err != nil {
			return nil, fmt.Errorf("find postings: %w", err)
		}
		if keys[Key(source, id)] {
			numbers[n] = true
		}
	}
	return numbers, rows.Err()
}

// Count is how many current postings there are.
func (l *Ledger) Count(ctx context.Context) (int, error) {
	return l.count(ctx, "SELECT count(*) FROM posting WHERE NOT forgotten")
}

func (l *Ledger) count(ctx context.Context, query string, args ...any) (n int, err error) {
	if err := l.engine.db().QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count: %w", err)
	}
	return n, nil
}

// Sources gives the names of the sources that have postings, with how many.
func (l *Ledger) Sources(ctx context.Context) (counts map[string]int, err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		"SELECT source, count(*) FROM posting WHERE NOT forgotten GROUP BY source")
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

// KnownSources gives the names of all sources that were ever read, in order.
func (l *Ledger) KnownSources(ctx context.Context) (names []string, err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		"SELECT source FROM posting UNION SELECT source FROM receipt ORDER BY 1")
	if err != nil {
		return nil, fmt.Errorf("name the sources: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("name the sources: %w", err)
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Version is one version of a posting.
type Version struct {
	Version int64
	Seen    time.Time
	Posting job.Posting
}

// Versions gives all versions of a posting, oldest first, but those whose text was pruned.
func (l *Ledger) Versions(ctx context.Context, r *Record) (out []Version, err error) {
	rows, err := l.engine.db().QueryContext(ctx,
		`SELECT v.version, v.seen, CASE WHEN length(v.content) = 0 THEN p.content ELSE v.content END
			FROM version v JOIN posting p USING (n) WHERE v.n = $1 ORDER BY v.version`, r.N)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, pruned, damaged := scanVersion(rows, r)
		if pruned {
			continue
		}
		if damaged != nil {
			const format = "version %d of posting %s of source %s"
			l.damage.note(fmt.Sprintf(format, v.Version, r.Posting.ID, r.Posting.Source), damaged)
			continue
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func scanVersion(rows *sql.Rows, r *Record) (v Version, pruned bool, err error) {
	var seen int64
	var body []byte
	var c content
	if err := rows.Scan(&v.Version, &seen, &body); err != nil {
		return v, false, err
	}
	if string(body) == prunedText {
		return v, true, nil
	}
	if err := c.unmarshal(body); err != nil {
		return v, false, err
	}
	v.Seen, v.Posting = time.UnixMilli(seen), c.posting(r.Posting.Source, r.Posting.ID)
	return v, false, nil
}
