-- +goose Up
-- What is needed to count deliveries, without the postings themselves.
CREATE INDEX posting_document ON posting (revision, gone);
