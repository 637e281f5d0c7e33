-- +goose Up
-- The label that a person gave a posting: JSON, null where only the rules did.
ALTER TABLE posting ADD COLUMN hand BLOB;
