-- Remembered mappings of imports: which column goes where, found again by the columns of a file.
CREATE TABLE import_mapping (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
    fingerprint TEXT NOT NULL, -- of the file's column names
    columns     TEXT NOT NULL, -- JSON, as import.mapping
    key         TEXT NOT NULL DEFAULT 'email',
    policy      TEXT NOT NULL DEFAULT 'fill',
    created_at  INTEGER NOT NULL,
    used_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX import_mapping_fingerprint ON import_mapping(fingerprint, used_at);
