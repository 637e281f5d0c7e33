-- +goose Up
-- What crawls were answered.
CREATE TABLE crawl (
	source TEXT PRIMARY KEY,
	n      INTEGER NOT NULL,          -- of the last crawl of the source
	ended  INTEGER NOT NULL           -- 0 while it goes on, or where it was cut off
) WITHOUT ROWID;
CREATE TABLE page (
	source   TEXT NOT NULL,
	request  TEXT NOT NULL,           -- stands for method, address and body
	crawl    INTEGER NOT NULL,        -- the last one that sent it
	asked    INTEGER NOT NULL,        -- milliseconds since 1970
	status   INTEGER NOT NULL,        -- of the answer then; 304 leaves the body
	fetched  INTEGER NOT NULL,        -- when the body came
	url      TEXT NOT NULL,           -- after redirects
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	robots   TEXT NOT NULL,           -- X-Robots-Tag
	body     BLOB NOT NULL,           -- zstd
	UNIQUE (source, request)
);
CREATE INDEX page_crawl ON page (source, crawl, asked);
