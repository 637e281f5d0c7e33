-- +goose Up
-- Whether postings are open, which only crawls from now on can tell.
ALTER TABLE posting ADD COLUMN state TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE posting ADD COLUMN closed INTEGER;             -- since when, milliseconds since 1970; null unless closed
ALTER TABLE posting ADD COLUMN crawl INTEGER NOT NULL DEFAULT 0; -- the last one of its source whose list had it, 0 for none
ALTER TABLE posting ADD COLUMN until INTEGER;              -- when, as it says, it can be applied for no longer
ALTER TABLE posting ADD COLUMN link BLOB;                  -- stands for the address that leads to it
CREATE INDEX posting_state ON posting (source, state, crawl);
CREATE INDEX posting_link ON posting (source, link) WHERE link IS NOT NULL;
-- What became of postings: one row for each time that their state changed.
CREATE TABLE turn (
	id    INTEGER PRIMARY KEY,
	n     INTEGER NOT NULL REFERENCES posting,
	at    INTEGER NOT NULL,          -- milliseconds since 1970
	crawl INTEGER NOT NULL,          -- of its source, 0 where none showed it
	state TEXT NOT NULL,
	cause TEXT NOT NULL
);
CREATE INDEX turn_posting ON turn (n);
-- What crawls found that came to their end.
CREATE TABLE yield (
	source   TEXT NOT NULL,
	crawl    INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	way      TEXT NOT NULL,          -- stands for how the source was read
	found    INTEGER NOT NULL,       -- how many stored postings its list had
	good     BOOLEAN NOT NULL,       -- as many as crawls before it, about
	complete BOOLEAN NOT NULL,       -- good, read to its end, and there were crawls to compare it with
	PRIMARY KEY (source, crawl)
) WITHOUT ROWID;
