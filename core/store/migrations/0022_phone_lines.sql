-- Phone lines that call and send messages.

-- A mailbox with a row here is a phone line, whatever its column `account` says: that one's CHECK is older
-- (core/domain/phone_line.h).
CREATE TABLE phone_line (
    id          INTEGER PRIMARY KEY,
    mailbox_id  INTEGER NOT NULL UNIQUE REFERENCES mailbox(id) ON DELETE CASCADE,
    account_sid TEXT NOT NULL,
    key_sid     TEXT NOT NULL DEFAULT '',
    number      TEXT NOT NULL DEFAULT '',
    service_sid TEXT NOT NULL DEFAULT '',
    own_number  TEXT NOT NULL DEFAULT ''
) STRICT;

-- Text messages the provider has taken, and when to ask it again how they fared; not content, it knows them.
CREATE TABLE phone_delivery (
    outbox_id INTEGER PRIMARY KEY REFERENCES outbox(id) ON DELETE CASCADE,
    sid       TEXT NOT NULL UNIQUE, -- the provider's name for it
    status    TEXT NOT NULL DEFAULT '',
    asked     INTEGER NOT NULL DEFAULT 0,
    ask_at    INTEGER               -- NULL: settled
) STRICT;
CREATE INDEX phone_delivery_ask ON phone_delivery(ask_at) WHERE ask_at IS NOT NULL;
