-- What messages are made of (core/domain/message_parts.h).

CREATE TABLE snippet (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    text TEXT NOT NULL
) STRICT;

-- No row: plain text, no postal address, no endpoint.
CREATE TABLE mailbox_writing (
    id              INTEGER PRIMARY KEY,
    mailbox_id      INTEGER NOT NULL UNIQUE REFERENCES mailbox(id) ON DELETE CASCADE,
    format          INTEGER NOT NULL DEFAULT 0 CHECK (format BETWEEN 0 AND 1),
    postal_address  TEXT NOT NULL DEFAULT '',
    unsubscribe_url TEXT NOT NULL DEFAULT ''
) STRICT;

-- No row: as the mailbox writes.
CREATE TABLE strategy_writing (
    id          INTEGER PRIMARY KEY,
    strategy_id INTEGER NOT NULL UNIQUE REFERENCES strategy(id),
    format      INTEGER NOT NULL CHECK (format BETWEEN 0 AND 1)
) STRICT;

-- The bytes of every file that goes with a message, once. Not journaled: what is in it never changes, and an undo or
-- a redo has to find it again.
CREATE TABLE attachment_content (
    id   INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE, -- BLAKE2b-256 of the bytes, hex
    size INTEGER NOT NULL,
    data BLOB NOT NULL         -- zstd
) STRICT;

CREATE TABLE step_attachment (
    id         INTEGER PRIMARY KEY,
    step_id    INTEGER NOT NULL REFERENCES step(id),
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    hash       TEXT NOT NULL
) STRICT;
CREATE INDEX step_attachment_step ON step_attachment(step_id, position);

-- message.raw is kept without the files' bytes: raw_at says where each belongs, as base64.
CREATE TABLE message_attachment (
    id         INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message(id),
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    hash       TEXT NOT NULL,
    raw_at     INTEGER -- in bytes of what is kept; NULL: the bytes are in it
) STRICT;
CREATE INDEX message_attachment_message ON message_attachment(message_id, position);
