-- +goose Up
-- Keys of four bytes, which are the upper half of those of eight. What groups are made by
-- is read from the postings.
ALTER TABLE vacancy_member DROP COLUMN traits;
UPDATE vacancy_member SET keys = (
	SELECT coalesce(string_agg(substring(keys FROM at FOR 4), ''::bytea ORDER BY at), ''::bytea)
	FROM generate_series(1, length(keys), 8) at
);
CREATE TABLE vacancy_key_small (
	key integer NOT NULL,
	n   bigint NOT NULL REFERENCES posting,
	PRIMARY KEY (key, n)
);
INSERT INTO vacancy_key_small (key, n) SELECT DISTINCT key >> 32, n FROM vacancy_key ORDER BY 1, 2;
DROP TABLE vacancy_key;
ALTER TABLE vacancy_key_small RENAME TO vacancy_key;
ALTER INDEX vacancy_key_small_pkey RENAME TO vacancy_key_pkey;
