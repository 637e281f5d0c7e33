-- +goose Up
-- Readings that later ones replaced.
CREATE TABLE reading (
	n        INTEGER NOT NULL REFERENCES posting,
	revision INTEGER NOT NULL,        -- of the document that it belonged to
	until    INTEGER NOT NULL,        -- milliseconds since 1970
	body     TEXT NOT NULL,           -- JSON: facts, pay, verdict
	PRIMARY KEY (n, revision)
) WITHOUT ROWID;
