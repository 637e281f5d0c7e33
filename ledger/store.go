package ledger

import (
	"bytes"
	"cmp"
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
	// Posted is the date that Posting.Posted means, YYYY-MM-DD, and PostedHow how
	// it means that; both are empty where it means none.
	Posted    string
	PostedHow job.DateKnown
	// Link is the address that led to it; that of the posting where it is empty.
	Link string
	// Until is when, as the posting says, it can be applied for no longer; the zero time
	// where it says nothing.
	Until time.Time
	// Reading is what was read from the posting; nil leaves the reading out of a
	// posting that Known says is known.
	Reading *Reading

	hash []byte // of the posting, once it was needed
}

// digest is the hash of the posting.
func (e *Entry) digest() []byte {
	if e.hash == nil {
		e.hash = e.Posting.Hash(e.PostedHow.Relative())
	}
	return e.hash
}

// Known says of each entry whether the ledger has a posting that says the same,
// so that it need not be read. Of several entries of one posting only the first
// may be known: it may change what the ledger has before the next.
func (l *Ledger) Known(ctx context.Context, entries []Entry) (known []bool, err error) {
	known = make([]bool, len(entries))
	statements := prepare(l.engine.db())
	defer func() { err = errors.Join(err, statements.close()) }()
	found, err := l.engine.find(ctx, statements, entries)
	if err != nil {
		return nil, fmt.Errorf("find postings: %w", err)
	}
	seen := map[[2]string]bool{}
	for i, k := range found {
		if name := entries[i].name(); !seen[name] {
			seen[name], known[i] = true, k.says(entries[i].digest())
		}
	}
	return known, nil
}

// Unread is what Store says of an entry without a reading that was known and no
// longer is, since another process has written meanwhile: it was not stored.
const Unread job.Change = ""

// Store stores entries, all or none except for those that are Unread, and says
// what each of them changed. A posting that says what it said before is only
// marked as seen. crawl is the claimed crawl that found the entries, nil for an
// import.
func (l *Ledger) Store(ctx context.Context, crawl *Crawl, entries []Entry) ([]job.Change, error) {
	changes := make([]job.Change, len(entries))
	opened := 0
	err := l.transact(ctx, "store postings", func(tx *sql.Tx) error {
		if err := crawl.mine(ctx, tx); err != nil {
			return err
		}
		s := storing{crawl: crawl, tx: prepare(tx)}
		found, err := l.engine.find(ctx, s.tx, entries)
		if err != nil {
			return err
		}
		stored := map[[2]string]bool{}
		for i := range entries {
			e := &entries[i]
			k := found[i]
			if name := e.name(); stored[name] {
				k, err = find(ctx, s.tx, e)
			} else {
				stored[name] = true
			}
			if err != nil {
				return err
			}
			change, err := s.store(ctx, e, k)
			if err != nil {
				return fmt.Errorf("%s: %w", e.Posting.ID, err)
			}
			changes[i] = change
		}
		opened = s.opened
		return s.tx.close()
	})
	if err == nil && crawl != nil {
		crawl.Opened += opened
	}
	return changes, err
}

// storing stores the entries of one transaction.
type storing struct {
	crawl *Crawl
	tx    *prepared
	// opened counts the postings that are open again.
	opened int
}

// name tells postings apart.
func (e *Entry) name() [2]string { return [2]string{e.Posting.Source, e.Posting.ID} }

// known is what the ledger has of a posting; nil where it has none.
type known struct {
	n, version int64
	hash       []byte
	posted     string
	how        job.DateKnown
	forgotten  bool
	// firstSeen is a number, and hand a label, unless they are damaged.
	firstSeen any
	hand      []byte
	state     job.State
	closed    sql.NullInt64
	vacancy   vacancyOf
}

// says reports that the posting is there and says what has this hash.
func (k *known) says(hash []byte) bool { return k != nil && !k.forgotten && bytes.Equal(k.hash, hash) }

func (s *storing) store(ctx context.Context, e *Entry, k *known) (job.Change, error) {
	hash := e.digest()
	switch {
	case k.says(hash):
		return job.Unchanged, s.see(ctx, e, k)
	case e.Reading == nil:
		return Unread, nil
	case k == nil:
		return job.New, s.insert(ctx, e, hash)
	}
	change := job.Changed
	if k.forgotten {
		change = job.New
	}
	if err := update(ctx, s.tx, e, hash, k); err != nil {
		return change, err
	}
	return change, s.see(ctx, e, k)
}

// number is that of the crawl, 0 for an import.
func (c *Crawl) number() int64 {
	if c == nil {
		return 0
	}
	return c.n
}

// see notes that a posting was seen.
func (s *storing) see(ctx context.Context, e *Entry, k *known) error {
	crawl := s.crawl.number()
	const query = `UPDATE posting SET last_seen = CASE WHEN last_seen < $1 THEN $1 ELSE last_seen END,
		crawl = CASE WHEN $2 = 0 THEN crawl ELSE $2 END, link = $3, until = $4 WHERE n = $5`
	if err := s.tx.exec(ctx, query, e.Seen.UnixMilli(), crawl, e.link(), e.until(), k.n); err != nil {
		return err
	}
	turn := turning{state: job.StateOpen, cause: job.CauseSeen, crawl: crawl, at: e.Seen}
	switch {
	case crawl > 0 && k.state != job.StateOpen:
		s.opened++
	case crawl == 0 && k.state == job.StateClosed && k.closed.Int64 < e.Seen.UnixMilli():
		turn.state, turn.cause = job.StateUnknown, job.CauseInAFile
	default:
		return nil
	}
	return turn.turn(ctx, s.tx, k.n)
}

// link stands for the address that led to the posting; nil where none did.
func (e *Entry) link() any {
	if link := cmp.Or(e.Link, e.Posting.URL); link != "" {
		return linkOf(link)
	}
	return nil
}

func (e *Entry) until() any {
	if e.Until.IsZero() {
		return nil
	}
	return e.Until.UnixMilli()
}

// knownColumns are read into the places of a known.
const knownColumns = "n, version, hash, posted, posted_how, forgotten, first_seen, hand, state, closed, " +
	vacancyColumns

func (k *known) places() []any {
	return []any{
		&k.n, &k.version, &k.hash, &k.posted, &k.how, &k.forgotten, &k.firstSeen, &k.hand, &k.state, &k.closed,
		&k.vacancy.number, &k.vacancy.role,
	}
}

// find gives what the ledger has of an entry's posting.
func find(ctx context.Context, tx *prepared, e *Entry) (*known, error) {
	const query = "SELECT " + knownColumns + " FROM posting p WHERE id = $1 AND source = $2"
	k := new(known)
	err := tx.row(ctx, query, []any{e.Posting.ID, e.Posting.Source}, k.places()...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return k, err
}

// Has reports whether a posting of a source has the id, or had it before it was
// forgotten.
func (l *Ledger) Has(ctx context.Context, source, id string) (known bool, err error) {
	err = l.engine.db().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM posting WHERE id = $1 AND source = $2)", id,
		source).Scan(&known)
	if err != nil {
		return false, fmt.Errorf("look for the posting %s: %w", id, err)
	}
	return known, nil
}

func (s *storing) insert(ctx context.Context, e *Entry, hash []byte) error {
	body, reading, err := marshal(e)
	if err != nil {
		return err
	}
	seen := e.Seen.UnixMilli()
	const query = `INSERT INTO posting
		(source, id, hash, version, revision, first_seen, last_seen, posted, content, reading, rules, posted_how,
		state, crawl, link, until)
		VALUES ($1, $2, $3, 1, 1, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING n`
	var n int64
	state := job.StateOpen
	if s.crawl == nil {
		state = job.StateUnknown
	}
	args := []any{
		e.Posting.Source, e.Posting.ID, hash, seen, e.Posted, body, reading, e.Reading.Verdict.RulesVersion,
		e.PostedHow, state, s.crawl.number(), e.link(), e.until(),
	}
	if err := s.tx.row(ctx, query, args, &n); err != nil {
		return err
	}
	if err := beginVersion(ctx, s.tx, n, 1, seen); err != nil {
		return err
	}
	r := e.record(e.Posted, e.PostedHow, seen, nil)
	r.State = state
	r.Vacancy, r.Role = new(vacancyOf).of(r.Key)
	return keepSummary(ctx, s.tx, n, r)
}

func update(ctx context.Context, tx *prepared, e *Entry, hash []byte, k *known) error {
	body, reading, err := marshal(e)
	if err != nil {
		return err
	}
	posted, how := PostedAfter(k.posted, k.how, e.Posted, e.PostedHow)
	seen := e.Seen.UnixMilli()
	const query = `UPDATE posting SET hash = $1, version = version + 1, revision = revision + 1,
		last_seen = CASE WHEN last_seen < $2 THEN $2 ELSE last_seen END, posted = $3, forgotten = FALSE, content = $4,
		reading = $5, rules = $6, posted_how = $7 WHERE n = $8`
	err = tx.exec(ctx, query, hash, seen, posted, body, reading, e.Reading.Verdict.RulesVersion, how, k.n)
	if err != nil {
		return err
	}
	if err := beginVersion(ctx, tx, k.n, k.version+1, seen); err != nil {
		return err
	}
	hand, err := handOf(k.hand)
	first, ok := k.firstSeen.(int64)
	if err != nil || !ok {
		return keepPacked(ctx, tx, k.n, []byte{})
	}
	r := e.record(posted, how, first, hand)
	r.State, r.Closed = k.state, closedAt(k.closed)
	r.Vacancy, r.Role = k.vacancy.of(r.Key)
	return keepSummary(ctx, tx, k.n, r)
}

// PostedAfter gives the date of a posting that had one, which may be empty, and now says
// another: a relative one is resolved once, unless less was known before.
func PostedAfter(
	before string, knownBefore job.DateKnown, posted string, how job.DateKnown,
) (string, job.DateKnown) {
	tells := knownBefore != job.DateBounded || how == job.DateBounded // no less than what is said now
	if how.Relative() && before != "" && tells {
		return before, knownBefore
	}
	return posted, how
}

// record is what a summary needs of the record that an entry becomes.
func (e *Entry) record(posted string, how job.DateKnown, firstSeen int64, hand *job.HandLabel) *Record {
	return &Record{
		Key: Key(e.Posting.Source, e.Posting.ID), Posting: e.Posting, Reading: *e.Reading, Posted: posted,
		PostedHow: how, FirstSeen: time.UnixMilli(firstSeen), Hand: hand,
	}
}

// beginVersion notes a new version of posting n. It is empty as long as the posting has
// its content; the database puts that there before it is replaced.
func beginVersion(ctx context.Context, tx *prepared, n, version, seen int64) error {
	const query = "INSERT INTO version (n, version, seen, content) VALUES ($1, $2, $3, $4)"
	return tx.exec(ctx, query, n, version, seen, []byte{})
}

func marshal(e *Entry) (body, reading []byte, err error) {
	c := contentOf(&e.Posting)
	if body, err = c.marshal(); err != nil {
		return nil, nil, err
	}
	if reading, err = json.Marshal(e.Reading); err != nil {
		return nil, nil, err
	}
	return body, packReading(reading), nil
}
