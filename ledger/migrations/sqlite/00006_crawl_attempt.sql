-- +goose Up
-- How often a crawl was claimed: what an earlier claim writes is refused.
ALTER TABLE crawl ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
