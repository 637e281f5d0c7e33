-- +goose Up
-- Keys of four bytes, which are the upper half of those of eight. What groups are made by
-- is read from the postings.
CREATE TABLE vacancy_member_small (
	n       INTEGER PRIMARY KEY REFERENCES posting,
	cluster INTEGER NOT NULL,  -- the posting of it that comes first, by source and id
	joined  INTEGER,           -- the posting of the cluster that this one joined; null for the first
	vacancy INTEGER NOT NULL,  -- stands for the cluster in documents: made from the key of that posting
	role    TEXT NOT NULL,     -- alone, representative or other
	keys    BLOB NOT NULL      -- its keys, 4 bytes each
);
INSERT INTO vacancy_member_small (n, cluster, joined, vacancy, role, keys)
	SELECT n, cluster, joined, vacancy, role, (
		WITH RECURSIVE place (at) AS (
			SELECT 1 WHERE length(keys) > 0 UNION ALL SELECT at + 8 FROM place WHERE at + 8 <= length(keys)
		)
		SELECT unhex(coalesce(group_concat(hex(substr(keys, at, 4)), ''), '')) FROM place
	) FROM vacancy_member ORDER BY n;
DROP TABLE vacancy_member;
ALTER TABLE vacancy_member_small RENAME TO vacancy_member;
CREATE INDEX vacancy_member_cluster ON vacancy_member (cluster, role);
CREATE TABLE vacancy_key_small (
	key INTEGER NOT NULL,
	n   INTEGER NOT NULL REFERENCES posting,
	PRIMARY KEY (key, n)
) WITHOUT ROWID;
INSERT INTO vacancy_key_small (key, n) SELECT DISTINCT key >> 32, n FROM vacancy_key ORDER BY 1, 2;
DROP TABLE vacancy_key;
ALTER TABLE vacancy_key_small RENAME TO vacancy_key;
