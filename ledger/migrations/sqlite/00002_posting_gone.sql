-- +goose Up
-- Postings that were forgotten: their documents must go from every index.
ALTER TABLE posting ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
