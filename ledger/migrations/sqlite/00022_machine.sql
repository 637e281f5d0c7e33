-- +goose Up
-- The machines that work on the ledger. Times are milliseconds since 1970.
CREATE TABLE machine (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,       -- as people read it: HOST:PID
	version  TEXT NOT NULL,       -- of its program
	roles    TEXT NOT NULL,       -- what it does, with spaces between
	workers  BIGINT NOT NULL,     -- how many sources it crawls at once
	keeps    TEXT NOT NULL,       -- the index that it keeps
	started  BIGINT NOT NULL,
	seen     BIGINT NOT NULL,     -- when it said last that it is there
	draining BOOLEAN NOT NULL     -- it begins nothing more
);
-- The crawls that are claimed; of a ledger in a file, locks on other files say so.
CREATE TABLE claim (
	source  TEXT PRIMARY KEY,
	token   TEXT NOT NULL,
	machine TEXT NOT NULL,
	holder  TEXT NOT NULL,
	started BIGINT NOT NULL,
	until   BIGINT NOT NULL
);
