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
	turned = map[job.State]int{job.StateOpen: c.Opened}
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
