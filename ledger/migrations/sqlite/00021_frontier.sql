-- +goose Up
-- Where a crawl goes on that is done in slices.
ALTER TABLE crawl ADD COLUMN frontier BLOB NOT NULL DEFAULT x''; -- packed; empty where there is none
ALTER TABLE crawl ADD COLUMN run INTEGER NOT NULL DEFAULT 0;     -- that its receipt will belong to, 0 for none yet
