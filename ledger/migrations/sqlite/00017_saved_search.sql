-- +goose Up
-- Searches that somebody saved, and how far each was looked at.
CREATE TABLE saved_search (
	name     TEXT PRIMARY KEY,
	question TEXT NOT NULL,          -- the parameters of its filter, as the query of a URL
	saved    BIGINT NOT NULL,        -- milliseconds since 1970
	looked   BIGINT NOT NULL,        -- the last look, 0 for none
	seen     BIGINT NOT NULL,        -- the number of the last posting that a look took in
	webhook  TEXT NOT NULL,          -- the address that is told of new postings; empty for none
	told     BIGINT NOT NULL         -- the number of the last posting that it was told of
);
