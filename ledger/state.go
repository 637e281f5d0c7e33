package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"jobsieve/job"
)

// Ending is what a crawl that came to its end can tell of the postings that it did not
// see.
type Ending struct {
	At time.Time
	// Way stands for how the source is read: crawls of a source that was changed are not
	// compared with those before.
	Way string
	// Listed says that the list of postings was read to its end.
	Listed bool
	// Misses is how many complete crawls in a row must have missed a posting, of which
	// this is the last, until it is closed; 0 closes none.
	Misses int
	// Gone are the links to postings whose pages are gone.
	Gone []string
	// Over are the ids of postings that say that they are over, with since when.
	Over map[string]time.Time
}

// What a crawl is compared with: as many good ones before it at most, and at least so
// many for it to close anything; it must have found this share of their median.
const (
	yieldsCompared = 5
	leastYields    = 2
	leastShare     = 0.7
)

// beyondAfter is after how many good crawls that did not find it a posting counts as
// beyond what its source shows.
const beyondAfter = 3

// turnBatch is how many postings change their state in one transaction.
const turnBatch = 500

// Found notes that the list of this crawl has postings that were not read: by their ids,
// or by the links that lead to them.
func (c *Crawl) Found(ctx context.Context, ids, links []string) error {
	for ids, links := range inBatches(ids, links) {
		err := c.ledger.transact(ctx, "note postings", c.while(ctx, func(tx *sql.Tx) (err error) {
			statements := prepare(tx)
			defer func() { err = errors.Join(err, statements.close()) }()
			for _, id := range ids {
				const query = "UPDATE posting SET crawl = $1 WHERE source = $2 AND id = $3 AND NOT forgotten"
				if err := statements.exec(ctx, query, c.n, c.source, id); err != nil {
					return err
				}
			}
			for _, link := range links {
				const query = "UPDATE posting SET crawl = $1 WHERE source = $2 AND link = $3 AND NOT forgotten"
				if err := statements.exec(ctx, query, c.n, c.source, linkOf(link)); err != nil {
					return err
				}
			}
			return nil
		}))
		if err != nil {
			return err
		}
	}
	return nil
}

// inBatches gives two lists in parts of turnBatch.
func inBatches(a, b []string) func(yield func([]string, []string) bool) {
	return func(yield func([]string, []string) bool) {
		for len(a)+len(b) > 0 {
			i, j := min(len(a), turnBatch), min(len(b), turnBatch)
			if !yield(a[:i], b[:j]) {
				return
			}
			a, b = a[i:], b[j:]
		}
	}
}

// linkOf stands for an address.
func linkOf(link string) []byte {
	h := fnv.New64a()
	_, _ = h.Write([]byte(job.ExactURL(link))) // it never fails
	return h.Sum(nil)
}

// Settle closes what a crawl shows to be over, in transactions that take a moment each,
// and says how many postings the crawl gave which state. It may be called again after it was cut
// short.
func (c *Crawl) Settle(ctx context.Context, e *Ending) (turned map[job.State]int, err error) {
	turned = map[job.State]int{job.StateOpen: c.opened}
	y, err := c.keepYield(ctx, e)
	if err != nil {
		return turned, err
	}
	s := settling{crawl: c, ending: e, turned: turned}
	err = s.over(ctx)
	if err == nil && y.good {
		err = s.gone(ctx)
	}
	if err == nil && y.complete && e.Misses > 0 {
		err = s.missed(ctx)
	}
	if err == nil && y.good && (!e.Listed || e.Misses == 0) {
		err = s.beyond(ctx)
	}
	return turned, err
}

// yield is what a crawl found.
type yield struct {
	found          int
	good, complete bool
}

// judge says whether a crawl can be trusted, beside what good ones before it found, the
// newest first.
func (y *yield) judge(before []int, listed bool) {
	before = slices.Sorted(slices.Values(before))
	y.good = y.found > 0
	if len(before) >= leastYields {
		y.good = y.good && float64(y.found) >= leastShare*median(before)
		y.complete = y.good && listed
	}
}

// median is that of sorted numbers.
func median(sorted []int) float64 {
	n := len(sorted)
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2
}

// keepYield notes what the crawl found.
func (c *Crawl) keepYield(ctx context.Context, e *Ending) (y yield, err error) {
	err = c.ledger.transact(ctx, "note what a crawl found", c.while(ctx, func(tx *sql.Tx) error {
		y = yield{}
		const found = "SELECT count(*) FROM posting WHERE source = $1 AND crawl = $2 AND NOT forgotten"
		if err := tx.QueryRowContext(ctx, found, c.source, c.n).Scan(&y.found); err != nil {
			return err
		}
		before, err := c.goodYields(ctx, tx, e.Way)
		if err != nil {
			return err
		}
		y.judge(before, e.Listed)
		_, err = tx.ExecContext(ctx, `INSERT INTO yield (source, crawl, at, way, found, good, complete)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source, crawl) DO UPDATE SET
			at = excluded.at, way = excluded.way, found = excluded.found, good = excluded.good, complete = excluded.complete`,
			c.source, c.n, e.At.UnixMilli(), e.Way, y.found, y.good, y.complete)
		return err
	}))
	return y, err
}

// goodYields gives what the good crawls before this one found, the newest first.
func (c *Crawl) goodYields(ctx context.Context, tx *sql.Tx, way string) (found []int, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT found FROM yield WHERE source = $1 AND crawl < $2 AND way = $3 AND good
		ORDER BY crawl DESC LIMIT $4`, c.source, c.n, way, yieldsCompared)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		found = append(found, n)
	}
	return found, rows.Err()
}

// settling is the end of a crawl.
type settling struct {
	crawl  *Crawl
	ending *Ending
	turned map[job.State]int
}

// over closes what says itself that it is over, since then.
func (s *settling) over(ctx context.Context) error {
	turn := turning{state: job.StateClosed, cause: job.CauseOver, crawl: s.crawl.n}
	for id, since := range s.ending.Over {
		turn.at = since
		if err := s.turn(ctx, turn, "id = $3", id); err != nil {
			return err
		}
	}
	turn.at = time.Time{}
	return s.turn(ctx, turn, "until < $3", s.ending.At.UnixMilli())
}

// gone closes postings whose pages are gone.
func (s *settling) gone(ctx context.Context) error {
	turn := turning{state: job.StateClosed, cause: job.CauseGone, crawl: s.crawl.n, at: s.ending.At}
	for _, link := range s.ending.Gone {
		if err := s.turn(ctx, turn, "crawl < $4 AND link = $3", linkOf(link), s.crawl.n); err != nil {
			return err
		}
	}
	return nil
}

// missed closes what the last complete crawls missed.
func (s *settling) missed(ctx context.Context) error {
	first, ok, err := s.nth(ctx, "complete", s.ending.Misses)
	if err != nil || !ok {
		return err
	}
	turn := turning{state: job.StateClosed, cause: job.CauseMissed, crawl: s.crawl.n, at: s.ending.At}
	return s.turn(ctx, turn, "crawl > 0 AND crawl < $3", first)
}

// beyond lets it be unknown whether postings are open that good crawls no longer come to.
func (s *settling) beyond(ctx context.Context) error {
	first, ok, err := s.nth(ctx, "good", beyondAfter)
	if err != nil || !ok {
		return err
	}
	turn := turning{state: job.StateUnknown, cause: job.CauseBeyond, crawl: s.crawl.n, at: s.ending.At}
	return s.turn(ctx, turn, "state = 'open' AND crawl > 0 AND crawl < $3", first)
}

// nth gives the n-th newest crawl of the source of a kind, this one included, as it is
// read now; ok is false where there are fewer.
func (s *settling) nth(ctx context.Context, kind string, n int) (crawl int64, ok bool, err error) {
	query := "SELECT crawl FROM yield WHERE source = $1 AND way = $2 AND crawl <= $3 AND " + kind +
		" ORDER BY crawl DESC LIMIT 1 OFFSET $4"
	row := s.crawl.ledger.engine.db().QueryRowContext(ctx, query, s.crawl.source, s.ending.Way, s.crawl.n, n-1)
	err = row.Scan(&crawl)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("read what crawls found: %w", err)
	}
	return crawl, true, nil
}

// turn changes the state of the source's postings that are not in it and not closed, and
// for which a condition holds, whose parameters begin with $3.
func (s *settling) turn(ctx context.Context, t turning, where string, args ...any) error {
	query := "SELECT " + turningColumns + " FROM posting WHERE source = $1 AND state <> 'closed' AND state <> $2 " +
		"AND NOT forgotten AND " + where
	args = append([]any{s.crawl.source, t.state}, args...)
	n, err := s.crawl.ledger.turnAll(ctx, s.crawl, t, query, args...)
	s.turned[t.state] += n
	return err
}

// turning is a change of state: since when, by which crawl of the source, and why. The
// zero time stands for the one until which the posting says that it holds.
type turning struct {
	state job.State
	cause job.Cause
	crawl int64
	at    time.Time
}

const turningColumns = "n, until"

// turnAll changes the state of the postings that a query for turningColumns finds, until
// it finds no more, and says how many. crawl is the claimed crawl that does, nil for none.
func (l *Ledger) turnAll(
	ctx context.Context, crawl *Crawl, t turning, query string, args ...any,
) (done int, err error) {
	for {
		n := 0
		err := l.transact(ctx, "note the state of postings", func(tx *sql.Tx) (err error) {
			if err := crawl.mine(ctx, tx); err != nil {
				return err
			}
			these, err := found(ctx, tx, query+fmt.Sprintf(" LIMIT %d", turnBatch), args)
			if err != nil {
				return err
			}
			statements := prepare(tx)
			defer func() { err = errors.Join(err, statements.close()) }()
			for _, p := range these {
				one := t
				if one.at.IsZero() {
					one.at = p.until
				}
				if err := one.turn(ctx, statements, p.n); err != nil {
					return err
				}
			}
			n = len(these)
			return nil
		})
		done += n
		if err != nil || n < turnBatch {
			return done, err
		}
	}
}

// turnable is a posting whose state may change.
type turnable struct {
	n     int64
	until time.Time
}

func found(ctx context.Context, tx *sql.Tx, query string, args []any) (out []turnable, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p turnable
		var until sql.NullInt64
		if err := rows.Scan(&p.n, &until); err != nil {
			return nil, err
		}
		p.until = time.UnixMilli(until.Int64)
		out = append(out, p)
	}
	return out, rows.Err()
}

// turn changes the state of posting n, whose document waits for every index again.
func (t *turning) turn(ctx context.Context, tx *prepared, n int64) error {
	var closed any
	if t.state == job.StateClosed {
		closed = t.at.UnixMilli()
	}
	const query = "UPDATE posting SET state = $1, closed = $2, revision = revision + 1 WHERE n = $3"
	if err := tx.exec(ctx, query, t.state, closed, n); err != nil {
		return err
	}
	const note = "INSERT INTO turn (n, at, crawl, state, cause) VALUES ($1, $2, $3, $4, $5)"
	if err := tx.exec(ctx, note, n, t.at.UnixMilli(), t.crawl, t.state, t.cause); err != nil {
		return err
	}
	return t.summarise(ctx, tx, n)
}

// summarise puts the state into the summary of posting n. One that can't be read stays
// to be made anew.
func (t *turning) summarise(ctx context.Context, tx *prepared, n int64) error {
	return editSummary(ctx, tx, n, func(s *job.Summary) {
		s.State, s.Closed = t.state, ""
		if t.state == job.StateClosed {
			s.Closed = dayOf(t.at)
		}
	})
}

// dayOf is the day of a moment in India.
func dayOf(at time.Time) string { return at.In(job.IST).Format(time.DateOnly) }

// Unread lets it be unknown whether postings are open whose source was last read well
// before a time, and that were not seen since. It says how many those are.
func (l *Ledger) Unread(ctx context.Context, before, now time.Time) (n int, err error) {
	sources, err := l.texts(ctx, `SELECT s.source FROM (SELECT DISTINCT source FROM posting WHERE state = 'open') s
		WHERE NOT EXISTS (SELECT 1 FROM yield y WHERE y.source = s.source AND y.good AND y.at >= $1)`, before.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("find sources that were not read: %w", err)
	}
	turn := turning{state: job.StateUnknown, cause: job.CauseUnread, at: now}
	for _, source := range sources {
		query := "SELECT " + turningColumns + " FROM posting " +
			"WHERE source = $1 AND state = 'open' AND last_seen < $2 AND NOT forgotten"
		turned, err := l.turnAll(ctx, nil, turn, query, source, before.UnixMilli())
		n += turned
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// texts gives the first column of a query.
func (l *Ledger) texts(ctx context.Context, query string, args ...any) (out []string, err error) {
	rows, err := l.engine.db().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// Turn is one change of a posting's state.
type Turn struct {
	At    time.Time `json:"at"`
	State job.State `json:"state"`
	Cause job.Cause `json:"cause"`
	// Crawl is which crawl of its source showed it, counted from 1; 0 where none did.
	Crawl int64 `json:"crawl,omitempty"`
}

// Turns gives the changes of a posting's state, oldest first.
func (l *Ledger) Turns(ctx context.Context, r *Record) (out []Turn, err error) {
	const query = "SELECT at, state, cause, crawl FROM turn WHERE n = $1 ORDER BY id"
	rows, err := l.engine.db().QueryContext(ctx, query, r.N)
	if err != nil {
		return nil, fmt.Errorf("read what became of a posting: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t Turn
		var at int64
		if err := rows.Scan(&at, &t.State, &t.Cause, &t.Crawl); err != nil {
			return nil, fmt.Errorf("read what became of a posting: %w", err)
		}
		t.At = time.UnixMilli(at)
		out = append(out, t)
	}
	return out, rows.Err()
}
