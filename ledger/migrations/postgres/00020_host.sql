-- +goose Up
-- What is known of the hosts that were asked. Times are nanoseconds since 1970.
CREATE TABLE host (
	host     bytea PRIMARY KEY,   -- with its port where that isn't the default
	asked    bigint NOT NULL,     -- when the last slot that was taken begins
	free     bigint NOT NULL,     -- when the next one does, at the earliest
	failures bigint NOT NULL,     -- pages in a row that could not be fetched
	rests    bigint NOT NULL,     -- until then it is left alone
	why      bytea NOT NULL       -- it is
);
-- What came of asking for their robots.txt.
CREATE TABLE robots (
	host   bytea NOT NULL,
	scheme text COLLATE "C" NOT NULL,
	found  boolean NOT NULL,      -- whether there is one
	body   bytea NOT NULL,        -- what it says, packed
	fault  bytea NOT NULL,        -- why it could not be fetched; empty where that is known
	faults bigint NOT NULL,       -- how many times in a row
	until  bigint NOT NULL,       -- when it is asked for again
	PRIMARY KEY (host, scheme)
);
