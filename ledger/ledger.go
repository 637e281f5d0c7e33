// Package ledger is the system of record: every posting and its versions, every
// run and receipt, the pages that crawls received, with their HTTP validators,
// and what each index has acknowledged. It is the only home of SQL.
//
// Postings, receipts and acknowledgements enter and leave as nouns of package
// job. Several processes may write: each write is one transaction, which holds
// the ledger for a moment, and a crawl is claimed by the one that does it.
// Readers never wait.
//
// A locator says where a ledger is: a folder, which then holds it in one SQLite
// file, or a database of PostgreSQL. What depends on the database is behind
// engine; package conformance says what every engine must do.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
)

// Ledger is an open ledger. Its methods may be called by several goroutines.
type Ledger struct {
	older  atomic.Int64 // how many summaries the last Summaries made anew
	engine engine
	damage damage
	memory *memory
	// machine is the machine that was joined through this ledger.
	machine *membership
	lent    bool // the engine is another's, and stays open
}

// Open opens the ledger at a locator, makes it where there is none, and brings
// an older one to the newest schema. Of several processes that open an older
// ledger at once one brings it up, and the others wait for it.
func Open(ctx context.Context, locator string) (*Ledger, error) {
	e, err := engineAt(locator)
	if err != nil {
		return nil, err
	}
	return opened(ctx, e)
}

func opened(ctx context.Context, e engine) (*Ledger, error) {
	if err := e.open(ctx); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return &Ledger{engine: e, memory: &memory{}, machine: &membership{}}, nil
}

// Lend gives the ledger as one of its own, which does not close this one: of damaged rows
// it knows those that were met through it.
func (l *Ledger) Lend() *Ledger {
	return &Ledger{engine: l.engine, memory: l.memory, machine: l.machine, lent: true}
}

// Attach is Open for a ledger that already exists: its error is ErrNone where
// there is none.
func Attach(ctx context.Context, locator string) (*Ledger, error) {
	e, err := engineAt(locator)
	if err != nil {
		return nil, err
	}
	if err := e.exists(); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return opened(ctx, e)
}

// ErrNone says that there is no ledger yet.
var ErrNone = errors.New("no ledger")

// Exists gives ErrNone where there is no ledger at a locator yet.
func Exists(locator string) error {
	e, err := engineAt(locator)
	if err != nil {
		return err
	}
	return errors.Join(e.exists(), e.close())
}

// scheme finds what a locator that isn't a folder begins with.
var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*)://`)

// engineAt gives the engine of a locator, not opened yet. A locator may hold a
// password and is not part of any error.
func engineAt(locator string) (engine, error) {
	found := scheme.FindStringSubmatch(locator)
	if found == nil {
		return &sqliteFile{dir: locator}, nil
	}
	switch name := strings.ToLower(found[1]); name {
	case "postgres", "postgresql":
		return postgresAt("postgres://" + locator[len(found[0]):])
	default:
		return nil, fmt.Errorf("a ledger at %s://… is not known; expected a folder, such as ./jobsieve-data, or "+
			"postgres://HOST/DATABASE", name)
	}
}

// Close closes the ledger. Its error is a *DamagedError where rows could not be
// read, and nothing else is wrong.
func (l *Ledger) Close() error {
	if l.lent {
		return l.Damaged()
	}
	if err := l.engine.close(); err != nil {
		return fmt.Errorf("close the ledger: %w", err)
	}
	return l.Damaged()
}
