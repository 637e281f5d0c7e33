-- +goose Up
-- The readings anew that machines share, each in chunks of postings. Times are milliseconds
-- since 1970.
CREATE TABLE rereading (
	id     TEXT PRIMARY KEY,
	reader TEXT NOT NULL,   -- what reads: of the rules of one version
	asks   BLOB NOT NULL,   -- what is asked of the machines
	begun  INTEGER NOT NULL
);
-- A chunk is the postings of numbers from first to last; those before next are read.
CREATE TABLE chunk (
	rereading TEXT NOT NULL REFERENCES rereading ON DELETE CASCADE,
	first     INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	next      INTEGER NOT NULL,
	machine   TEXT NOT NULL,  -- that wrote last; empty for a process that is none
	counts    BLOB NOT NULL,  -- of what was read otherwise
	samples   BLOB NOT NULL,  -- texts of it
	PRIMARY KEY (rereading, first)
);
