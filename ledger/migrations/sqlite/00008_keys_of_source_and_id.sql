-- +goose Up
-- A document's key is made from its posting's source and id, and is stored no
-- more. What indexes took under the older keys counts for nothing.
CREATE TABLE posting_new (
	n          INTEGER PRIMARY KEY,
	source     TEXT NOT NULL,
	id         TEXT NOT NULL,
	hash       BLOB NOT NULL,         -- of what decides whether it changed
	version    INTEGER NOT NULL,      -- of its content, from 1
	revision   INTEGER NOT NULL,      -- of its document: content, facts, pay or verdict
	first_seen INTEGER NOT NULL,      -- milliseconds since 1970
	last_seen  INTEGER NOT NULL,
	posted     TEXT NOT NULL,         -- date, a relative one resolved at first sight
	forgotten  INTEGER NOT NULL DEFAULT 0, -- its document must go from every index
	content    BLOB NOT NULL,         -- JSON
	reading    BLOB NOT NULL,         -- JSON: facts, pay, verdict
	UNIQUE (id, source)
);
INSERT INTO posting_new (n, source, id, hash, version, revision, first_seen, last_seen, posted, forgotten, content, reading)
	SELECT n, source, id, hash, version, revision, first_seen, last_seen, posted, gone, content, reading FROM posting ORDER BY n;
DROP TABLE posting;
ALTER TABLE posting_new RENAME TO posting;
CREATE INDEX posting_document ON posting (revision, forgotten);
DELETE FROM delivery;
-- Programs that count schemas by this number refuse the ledger.
PRAGMA user_version = 8;
