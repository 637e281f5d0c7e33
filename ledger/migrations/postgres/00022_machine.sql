-- +goose Up
-- The machines that work on the ledger. Times are milliseconds since 1970, by the server's
-- clock.
CREATE TABLE machine (
	id       text COLLATE "C" PRIMARY KEY,
	name     text COLLATE "C" NOT NULL, -- as people read it: HOST:PID
	version  text COLLATE "C" NOT NULL, -- of its program
	roles    text COLLATE "C" NOT NULL, -- what it does, with spaces between
	workers  bigint NOT NULL,           -- how many sources it crawls at once
	keeps    text COLLATE "C" NOT NULL, -- the index that it keeps
	started  bigint NOT NULL,
	seen     bigint NOT NULL,           -- when it said last that it is there
	draining boolean NOT NULL           -- it begins nothing more
);
-- The crawls that are claimed, each until its lease ends.
CREATE TABLE claim (
	source  bytea PRIMARY KEY,
	token   text COLLATE "C" NOT NULL,  -- tells claims apart
	machine text COLLATE "C" NOT NULL,  -- empty for a process that is none
	holder  text COLLATE "C" NOT NULL,  -- PID HOST COMMAND
	started bigint NOT NULL,
	until   bigint NOT NULL
);
