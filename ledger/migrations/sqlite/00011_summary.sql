-- +goose Up
-- What tables and filters use of each current posting, packed: see job.Summary.
-- One of no bytes is made from content and reading when it is read.
CREATE TABLE summary (
	n      INTEGER PRIMARY KEY REFERENCES posting,
	packed BLOB NOT NULL
);
INSERT INTO summary (n, packed) SELECT n, x'' FROM posting WHERE NOT forgotten ORDER BY n;
