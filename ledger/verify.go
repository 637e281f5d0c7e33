package ledger

import (
	"context"
	"errors"
	"fmt"
)

// Mend is what mends a fault.
type Mend string

// The mends of faults in a ledger.
const (
	// MendForget: forget the posting, and let the next crawl or import store it anew.
	MendForget Mend = "forget"
	// MendReread: read the postings again.
	MendReread Mend = "reread"
	// MendRebuild: rebuild the index.
	MendRebuild Mend = "rebuild"
	// MendRecrawl: crawl the source, or import the file, again.
	MendRecrawl Mend = "recrawl"
	// MendReach: see why the index can't be reached.
	MendReach Mend = "reach"
	// MendRestore: put a backup in place. Nothing else has what was lost.
	MendRestore Mend = "restore"
)

// Fault is something wrong in a ledger.
type Fault struct {
	// Kind is what is wrong: one of Kinds.
	Kind string `json:"kind"`
	// Key is that of the posting that it belongs to; else a number or a name; empty for
	// the file.
	Key  string `json:"key,omitempty"`
	Why  string `json:"why"`
	Mend Mend   `json:"mend"`
}

// Kinds are what Verify looks at, in this order.
var Kinds = []string{
	"file", "posting", "summary", "version", "reading", "delivery", "run", "receipt", "crawl", "page",
}

// Looked is how many rows of a kind were looked at, and how many faults they have.
type Looked struct {
	Kind   string `json:"kind"`
	Rows   int    `json:"rows"`
	Faults int    `json:"faults"`
}

// Verify looks at everything in the ledger, and calls fault for what is wrong. It stops at
// fault's first error and returns it. progress, which may be nil, is told how many rows of
// a kind were looked at. Others may write meanwhile; memory does not grow with the ledger.
func (l *Ledger) Verify(
	ctx context.Context, fault func(Fault) error, progress func(kind string, rows int),
) ([]Looked, error) {
	v := &verifier{ledger: l, ctx: ctx, tell: fault, progress: progress}
	for _, kind := range Kinds {
		v.looked = append(v.looked, Looked{Kind: kind})
		if err := v.look(kind); err != nil {
			return v.looked, fmt.Errorf("verify the ledger: %w", err)
		}
	}
	return v.looked, nil
}

// verifier is one Verify.
type verifier struct {
	ledger   *Ledger
	ctx      context.Context
	tell     func(Fault) error
	progress func(string, int)
	looked   []Looked
}

// scanner reads a row.
type scanner func(dest ...any) error

// rowChecks give the query for the rows of each kind, and the faults of a row.
var rowChecks = map[string]struct {
	query string
	look  func(*verifier, scanner) []Fault
}{
	"posting": {"SELECT " + recordColumns + ", hash FROM posting p ORDER BY n", (*verifier).ofPosting},
	"summary": {"SELECT " + recordColumns + `, (SELECT packed FROM summary s WHERE s.n = p.n) FROM posting p
		ORDER BY n`, (*verifier).ofSummary},
	"version": {`SELECT p.source, p.id, p.version, p.forgotten, v.version, v.seen, v.content,
		(SELECT min(w.version) FROM version w WHERE w.n = v.n AND w.version > v.version)
		FROM posting p LEFT JOIN version v ON v.n = p.n ORDER BY p.n, v.version`, (*verifier).ofVersion},
	"reading": {`SELECT p.source, p.id, p.revision, r.revision, r.until, r.body
		FROM reading r JOIN posting p USING (n) ORDER BY r.n, r.revision`, (*verifier).ofReading},
	"delivery": {`SELECT p.source, p.id, p.revision, d.revision, d.target, d.at, d.refused
		FROM delivery d JOIN posting p USING (n)`, (*verifier).ofDelivery},
	"run":     {"SELECT id, command, pid, started, finished, outcome FROM run ORDER BY id", (*verifier).ofRun},
	"receipt": {"SELECT id, body FROM receipt ORDER BY id", (*verifier).ofReceipt},
	"crawl":   {"SELECT source, n, ended, attempt, frontier, run FROM crawl ORDER BY source", (*verifier).ofCrawl},
	"page":    {"SELECT source, url, asked, fetched, status, body FROM page", (*verifier).ofPage},
}

// look looks at everything of a kind. What can't be read at all is a fault, too.
func (v *verifier) look(kind string) error {
	var err error
	if check, ok := rowChecks[kind]; ok {
		err = v.rows(kind, check.query, check.look)
	} else {
		v.at().Rows = 1
		err = v.ledger.engine.check(v.ctx, func(why string) error {
			return v.fault(Fault{kind, "", why, MendRestore})
		})
	}
	var told *tellError
	if err == nil || errors.As(err, &told) || v.ctx.Err() != nil {
		return err
	}
	return v.fault(Fault{kind, "", "what follows can't be read: " + err.Error(), MendRestore})
}

// tellError is an error of whoever is told.
type tellError struct{ error }

func (e *tellError) Unwrap() error { return e.error }

func (v *verifier) at() *Looked { return &v.looked[len(v.looked)-1] }

func (v *verifier) fault(f Fault) error {
	v.at().Faults++
	if err := v.tell(f); err != nil {
		return &tellError{err}
	}
	return nil
}

// rows looks at the rows of a query.
func (v *verifier) rows(kind, query string, look func(*verifier, scanner) []Fault) (err error) {
	rows, err := v.ledger.engine.db().QueryContext(v.ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v.at().Rows++
		if v.progress != nil {
			v.progress(kind, v.at().Rows)
		}
		for _, f := range look(v, rows.Scan) {
			f.Kind = kind
			if err := v.fault(f); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}
