-- +goose Up
-- What is known of the addresses of sitemaps: which were asked for, and what came of it.
CREATE TABLE address (
	source   TEXT NOT NULL,
	link     BLOB NOT NULL,      -- stands for the address, as in posting
	crawl    INTEGER NOT NULL,   -- the last one of the source that asked for it, 0 for none that is known
	asked    INTEGER NOT NULL,   -- when it did, milliseconds since 1970
	modified INTEGER NOT NULL,   -- lastmod then, milliseconds since 1970; 0 where there was none
	way      TEXT NOT NULL,      -- stands for how the source was read
	n        INTEGER,            -- the posting that it gave; null where it gave none
	outcome  TEXT NOT NULL,      -- what came of it: given, again, none or failed
	said     TEXT NOT NULL,      -- what lastmod said of the page: nothing, changed or unchanged
	changed  BOOLEAN NOT NULL,   -- whether it had changed
	PRIMARY KEY (source, link)
) WITHOUT ROWID;
CREATE INDEX address_posting ON address (n) WHERE n IS NOT NULL;
