-- +goose Up
-- The first schema.
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
