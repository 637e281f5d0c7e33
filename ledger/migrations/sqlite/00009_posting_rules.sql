-- +goose Up
-- By which rules each posting was read, so that those can be counted which were
-- read by others than today's. A damaged reading was read by none.
ALTER TABLE posting ADD COLUMN rules TEXT NOT NULL DEFAULT '';
UPDATE posting SET rules = coalesce(json_extract(CAST(reading AS TEXT), '$.verdict.rules_version'), '')
	WHERE NOT forgotten AND json_valid(CAST(reading AS TEXT));
DROP INDEX posting_document;
CREATE INDEX posting_document ON posting (revision, forgotten, rules);
