-- +goose Up
-- Which postings are of the same vacancy: see package vacancy.
CREATE TABLE vacancy_member (
	n          INTEGER PRIMARY KEY REFERENCES posting,
	cluster    INTEGER NOT NULL,  -- the posting of it that comes first, by source and id
	joined     INTEGER,           -- the posting of the cluster that this one joined; null for the first
	represents BOOLEAN NOT NULL,  -- whether it stands for the cluster
	traits     BLOB NOT NULL,     -- JSON: what groups are made by
	keys       BLOB NOT NULL      -- its keys, 8 bytes each
);
CREATE INDEX vacancy_member_cluster ON vacancy_member (cluster, represents);
-- What a posting may share with others of its vacancy, one row for each key.
CREATE TABLE vacancy_key (
	key INTEGER NOT NULL,
	n   INTEGER NOT NULL REFERENCES posting,
	PRIMARY KEY (key, n)
) WITHOUT ROWID;
-- Pairs that are the same, or linked; a is the lower number.
CREATE TABLE vacancy_pair (
	a      INTEGER NOT NULL REFERENCES posting,
	b      INTEGER NOT NULL REFERENCES posting,
	linked BOOLEAN NOT NULL,
	score  REAL NOT NULL,
	agreed TEXT NOT NULL,         -- what agrees, as people read it
	PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX vacancy_pair_b ON vacancy_pair (b, a);
-- What people said of pairs. It holds for ever.
CREATE TABLE vacancy_decision (
	a        INTEGER NOT NULL REFERENCES posting,
	b        INTEGER NOT NULL REFERENCES posting,
	together BOOLEAN NOT NULL,
	at       INTEGER NOT NULL,    -- milliseconds since 1970
	PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX vacancy_decision_b ON vacancy_decision (b, a);
-- Postings that wait to be compared: new ones, and those whose document changed.
CREATE TABLE vacancy_due (n INTEGER PRIMARY KEY REFERENCES posting);
INSERT INTO vacancy_due (n) SELECT n FROM posting WHERE NOT forgotten;
-- +goose StatementBegin
CREATE TRIGGER vacancy_due_new AFTER INSERT ON posting BEGIN
	INSERT INTO vacancy_due (n) VALUES (NEW.n) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER vacancy_due_changed AFTER UPDATE OF revision ON posting WHEN NOT NEW.forgotten BEGIN
	INSERT INTO vacancy_due (n) VALUES (NEW.n) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd
