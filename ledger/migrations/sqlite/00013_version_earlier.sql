-- +goose Up
-- The newest version of a posting has its content there alone: an empty one stands
-- for it. Readings are packed from now on, with zstd and the dictionary reading.dict;
-- those that begin with a brace are JSON still.
UPDATE version SET content = x''
	WHERE EXISTS (SELECT 1 FROM posting p WHERE p.n = version.n AND p.version = version.version);
