-- +goose Up
-- What each posting is among those of its vacancy. All are compared anew; what people said
-- of pairs stays.
DROP TRIGGER vacancy_due_changed;
DROP TABLE vacancy_member;
DELETE FROM vacancy_pair;
DELETE FROM vacancy_key;
CREATE TABLE vacancy_member (
	n       INTEGER PRIMARY KEY REFERENCES posting,
	cluster INTEGER NOT NULL,  -- the posting of it that comes first, by source and id
	joined  INTEGER,           -- the posting of the cluster that this one joined; null for the first
	vacancy INTEGER NOT NULL,  -- stands for the cluster in documents: made from the key of that posting
	role    TEXT NOT NULL,     -- alone, representative or other
	traits  BLOB NOT NULL,     -- JSON: what groups are made by
	keys    BLOB NOT NULL      -- its keys, 8 bytes each
);
CREATE INDEX vacancy_member_cluster ON vacancy_member (cluster, role);
INSERT INTO vacancy_due (n) SELECT n FROM posting WHERE NOT forgotten ON CONFLICT DO NOTHING;
-- A posting waits to be compared again where what it says, or what was read from it, changed.
-- +goose StatementBegin
CREATE TRIGGER vacancy_due_changed AFTER UPDATE OF hash, reading ON posting WHEN NOT NEW.forgotten BEGIN
	INSERT INTO vacancy_due (n) VALUES (NEW.n) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd
