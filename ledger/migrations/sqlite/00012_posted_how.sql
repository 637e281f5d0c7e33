-- +goose Up
-- How the date in "posted" is known: stated, inferred or bounded; empty where there
-- is none, or an earlier version stored it.
ALTER TABLE posting ADD COLUMN posted_how TEXT NOT NULL DEFAULT '';
