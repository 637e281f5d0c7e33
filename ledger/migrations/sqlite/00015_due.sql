-- +goose Up
-- When each source is crawled next by its schedule: what that was counted from, and
-- when a crawl was begun last by schedule; 0 where none was.
CREATE TABLE next_due (
	source   TEXT PRIMARY KEY,
	schedule TEXT NOT NULL,
	next     BIGINT NOT NULL,
	begun    BIGINT NOT NULL
);
-- Whether each source was sick when somebody was told last.
CREATE TABLE told_sick (
	source TEXT PRIMARY KEY,
	sick   BOOLEAN NOT NULL
);
