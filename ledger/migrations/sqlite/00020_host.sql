-- +goose Up
-- What is known of the hosts that were asked. Times are nanoseconds since 1970.
CREATE TABLE host (
	host     TEXT PRIMARY KEY,    -- with its port where that isn't the default
	asked    BIGINT NOT NULL,     -- when the last slot that was taken begins
	free     BIGINT NOT NULL,     -- when the next one does, at the earliest
	failures BIGINT NOT NULL,     -- pages in a row that could not be fetched
	rests    BIGINT NOT NULL,     -- until then it is left alone
	why      TEXT NOT NULL        -- it is
);
-- What came of asking for their robots.txt.
CREATE TABLE robots (
	host   TEXT NOT NULL,
	scheme TEXT NOT NULL,
	found  BOOLEAN NOT NULL,      -- whether there is one
	body   BLOB NOT NULL,         -- what it says, packed
	fault  TEXT NOT NULL,         -- why it could not be fetched; empty where that is known
	faults BIGINT NOT NULL,       -- how many times in a row
	until  BIGINT NOT NULL,       -- when it is asked for again
	PRIMARY KEY (host, scheme)
);
