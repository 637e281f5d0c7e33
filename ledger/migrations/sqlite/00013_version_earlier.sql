-- +goose Up
-- The newest version of a posting has its content there alone: an empty one stands
-- for it, and gets it when the posting gets another. Readings are packed from now on,
-- with zstd and the dictionary reading.dict; those that begin with a brace are JSON
-- still.
UPDATE version SET content = x'' WHERE EXISTS (SELECT 1 FROM posting p WHERE p.n = version.n
	AND p.version = version.version AND CAST(p.content AS BLOB) = CAST(version.content AS BLOB));
-- +goose StatementBegin
CREATE TRIGGER version_ends BEFORE UPDATE OF content ON posting WHEN NOT NEW.forgotten BEGIN
	UPDATE version SET content = OLD.content
		WHERE n = OLD.n AND version = OLD.version AND length(content) = 0;
END;
-- +goose StatementEnd
