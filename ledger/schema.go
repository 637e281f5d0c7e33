package ledger

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations bring the schema from each version to the next; the first makes
// it. One that was released is never changed.
var migrations = []string{
	`
CREATE TABLE posting (
	n          INTEGER PRIMARY KEY,
	key        TEXT NOT NULL UNIQUE,  -- the document's id in every index
	source     TEXT NOT NULL,
	id         TEXT NOT NULL,
	hash       BLOB NOT NULL,         -- of what decides whether it changed
	version    INTEGER NOT NULL,      -- of its content, from 1
	revision   INTEGER NOT NULL,      -- of its document: content, facts, pay or verdict
	first_seen INTEGER NOT NULL,      -- milliseconds since 1970
	last_seen  INTEGER NOT NULL,
	posted     TEXT NOT NULL,         -- date, a relative one resolved at first sight
	content    TEXT NOT NULL,         -- JSON
	reading    TEXT NOT NULL,         -- JSON: facts, pay, verdict
	UNIQUE (id, source)
);
CREATE TABLE version (
	n       INTEGER NOT NULL REFERENCES posting,
	version INTEGER NOT NULL,
	seen    INTEGER NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (n, version)
) WITHOUT ROWID;
CREATE TABLE delivery (
	target   TEXT NOT NULL,           -- which index, and which one of that name
	n        INTEGER NOT NULL REFERENCES posting,
	revision INTEGER NOT NULL,
	refused  TEXT NOT NULL DEFAULT '', -- why it was set aside, empty if delivered
	at       INTEGER NOT NULL,
	PRIMARY KEY (target, n)
) WITHOUT ROWID;
CREATE TABLE run (
	id       INTEGER PRIMARY KEY,
	command  TEXT NOT NULL,
	pid      INTEGER NOT NULL,
	started  INTEGER NOT NULL,
	finished INTEGER,                 -- null while it runs, or if it was killed
	outcome  TEXT NOT NULL DEFAULT ''
);
CREATE TABLE receipt (
	id     INTEGER PRIMARY KEY,
	run    INTEGER NOT NULL REFERENCES run,
	source TEXT NOT NULL,
	body   TEXT NOT NULL              -- JSON
);
CREATE INDEX receipt_source ON receipt (source, id);
CREATE TABLE validator (
	source   TEXT NOT NULL,
	url      TEXT NOT NULL,           -- of a posting's page, as it was linked
	n        INTEGER NOT NULL REFERENCES posting,
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	PRIMARY KEY (source, url)
) WITHOUT ROWID;
`,
	// Postings that were forgotten: their documents must go from every index.
	`ALTER TABLE posting ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;`,
	// Readings that later ones replaced.
	`
CREATE TABLE reading (
	n        INTEGER NOT NULL REFERENCES posting,
	revision INTEGER NOT NULL,        -- of the document that it belonged to
	until    INTEGER NOT NULL,        -- milliseconds since 1970
	body     TEXT NOT NULL,           -- JSON: facts, pay, verdict
	PRIMARY KEY (n, revision)
) WITHOUT ROWID;
`,
	// What crawls were answered.
	`
CREATE TABLE crawl (
	source TEXT PRIMARY KEY,
	n      INTEGER NOT NULL,          -- of the last crawl of the source
	ended  INTEGER NOT NULL           -- 0 while it goes on, or where it was cut off
) WITHOUT ROWID;
CREATE TABLE page (
	source   TEXT NOT NULL,
	request  TEXT NOT NULL,           -- stands for method, address and body
	crawl    INTEGER NOT NULL,        -- the last one that sent it
	asked    INTEGER NOT NULL,        -- milliseconds since 1970
	status   INTEGER NOT NULL,        -- of the answer then; 304 leaves the body
	fetched  INTEGER NOT NULL,        -- when the body came
	url      TEXT NOT NULL,           -- after redirects
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	robots   TEXT NOT NULL,           -- X-Robots-Tag
	body     BLOB NOT NULL,           -- zstd
	UNIQUE (source, request)
);
CREATE INDEX page_crawl ON page (source, crawl, asked);
`,
	// What is needed to count deliveries, without the postings themselves.
	`CREATE INDEX posting_document ON posting (revision, gone);`,
	// How often a crawl was claimed: what an earlier claim writes is refused.
	`ALTER TABLE crawl ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;`,
	// Kept pages have their validators: a page is asked for by them only where
	// its body is kept.
	`DROP TABLE validator;`,
}

func (l *Ledger) schemaVersion(ctx context.Context) (int, error) {
	var v int
	if err := l.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
		return 0, fmt.Errorf("read the ledger %s: %w", l.dir, err)
	}
	return v, nil
}

func (l *Ledger) migrate(ctx context.Context) error {
	at, err := l.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if err := l.tooNew(at); err != nil {
		return err
	}
	for at < len(migrations) {
		err := l.transact(ctx, fmt.Sprintf("bring the ledger to schema %d", at+1), func(tx *sql.Tx) error {
			// Another process may have done it meanwhile.
			if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil || at >= len(migrations) {
				return err
			}
			_, err := tx.ExecContext(ctx, fmt.Sprintf("%s; PRAGMA user_version = %d", migrations[at], at+1))
			return err
		})
		if err != nil {
			return err
		}
		at++
	}
	return nil
}

func (l *Ledger) tooNew(at int) error {
	if at > len(migrations) {
		return fmt.Errorf("the ledger in %s has schema %d, this program knows up to %d: use a newer jobsieve", l.dir, at, len(migrations))
	}
	return nil
}

func (l *Ledger) checkSchema(ctx context.Context) error {
	at, err := l.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if at < len(migrations) {
		return fmt.Errorf("the ledger in %s has schema %d, this program needs %d: run any command that writes, such as \"jobsieve run\" or \"jobsieve index sync\", once to upgrade it", l.dir, at, len(migrations))
	}
	return l.tooNew(at)
}
