-- +goose Up
-- The readings anew that machines share, each in chunks of postings. Times are milliseconds
-- since 1970.
CREATE TABLE rereading (
	id     text COLLATE "C" PRIMARY KEY,
	reader text COLLATE "C" NOT NULL, -- what reads: of the rules of one version
	asks   bytea NOT NULL,            -- what is asked of the machines
	begun  bigint NOT NULL
);
-- A chunk is the postings of numbers from first to last; those before next are read.
CREATE TABLE chunk (
	rereading text COLLATE "C" NOT NULL REFERENCES rereading ON DELETE CASCADE,
	first     bigint NOT NULL,
	last      bigint NOT NULL,
	next      bigint NOT NULL,
	machine   text COLLATE "C" NOT NULL, -- that wrote last; empty for a process that is none
	counts    bytea NOT NULL,            -- of what was read otherwise
	samples   bytea NOT NULL,            -- texts of it
	PRIMARY KEY (rereading, first)
);
