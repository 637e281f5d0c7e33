-- +goose Up
-- What is known of the addresses of sitemaps: which were asked for, and what came of it.
CREATE TABLE address (
	source   bytea NOT NULL,
	link     bytea NOT NULL,         -- stands for the address, as in posting
	crawl    bigint NOT NULL,        -- the last one of the source that asked for it, 0 for none that is known
	asked    bigint NOT NULL,        -- when it did
	modified bigint NOT NULL,        -- lastmod then; 0 where there was none
	way      text COLLATE "C" NOT NULL, -- stands for how the source was read
	n        bigint,                 -- the posting that it gave; null where it gave none
	outcome  text COLLATE "C" NOT NULL, -- what came of it: given, again, none or failed
	said     text COLLATE "C" NOT NULL, -- what lastmod said of the page: nothing, changed or unchanged
	changed  boolean NOT NULL,       -- whether it had changed
	PRIMARY KEY (source, link)
);
CREATE INDEX address_posting ON address (n) WHERE n IS NOT NULL;
