-- +goose Up
-- Kept pages have their validators: a page is asked for by them only where
-- its body is kept.
DROP TABLE validator;
