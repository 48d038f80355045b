-- Where reading a mailbox stands, and what lay in it when it was connected.

-- Where a provider's own list has been read to (Gmail's history), and the server's mark of the last change (RFC 7162).
ALTER TABLE mailbox_cursor ADD COLUMN position TEXT NOT NULL DEFAULT '';
ALTER TABLE mailbox_cursor ADD COLUMN mod_seq INTEGER NOT NULL DEFAULT 0;

-- How the last looks into a mailbox went; not content. No row: never failed.
CREATE TABLE mailbox_reading (
    mailbox_id  INTEGER PRIMARY KEY REFERENCES mailbox(id) ON DELETE CASCADE,
    failures    INTEGER NOT NULL DEFAULT 0,
    error       TEXT NOT NULL DEFAULT '', -- machine name
    detail      TEXT NOT NULL DEFAULT '',
    next_try_at INTEGER
) STRICT;

-- Mail from before a mailbox was connected, until the person has said what becomes of it; not content, reading gathers it
-- again.
CREATE TABLE mail_history (
    mailbox_id   INTEGER PRIMARY KEY REFERENCES mailbox(id) ON DELETE CASCADE,
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    since_day    INTEGER NOT NULL, -- days since 1970
    until_day    INTEGER NOT NULL,
    total        INTEGER NOT NULL DEFAULT 0,
    read         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE mail_history_item (
    id         INTEGER PRIMARY KEY,
    mailbox_id INTEGER NOT NULL REFERENCES mail_history(mailbox_id) ON DELETE CASCADE,
    lead_id    INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    class      INTEGER NOT NULL CHECK (class BETWEEN 0 AND 5),
    at         INTEGER NOT NULL,
    hard       INTEGER NOT NULL DEFAULT 0 CHECK (hard IN (0, 1)), -- a bounce that ends an address
    known_by   TEXT NOT NULL,                                    -- its Message-ID, or where it lies
    raw        BLOB NOT NULL,                                    -- zstd
    UNIQUE (mailbox_id, known_by)
) STRICT;
CREATE INDEX mail_history_item_lead ON mail_history_item(lead_id);
CREATE INDEX mail_history_item_at ON mail_history_item(mailbox_id, at, id);

-- Which rules judged a mail (inbound/rules_version.h).
ALTER TABLE message ADD COLUMN rules_version INTEGER NOT NULL DEFAULT 0;

-- E-mail the person sent with another program (22) is a touch, too: the bits of 0013_board_walk and this one.
DROP TRIGGER activity_touch;
DROP TRIGGER activity_untouch;
CREATE TRIGGER activity_touch AFTER INSERT ON activity WHEN (1 << new.kind) & 4718822 BEGIN
    UPDATE lead SET last_touch_at = new.at
     WHERE id = new.lead_id AND (last_touch_at IS NULL OR last_touch_at < new.at);
END;
CREATE TRIGGER activity_untouch AFTER DELETE ON activity WHEN (1 << old.kind) & 4718822 BEGIN
    UPDATE lead SET last_touch_at =
        (SELECT max(at) FROM activity WHERE lead_id = old.lead_id AND (1 << kind) & 4718822)
     WHERE id = old.lead_id;
END;
