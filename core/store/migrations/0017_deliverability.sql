-- What is known about how deliverable a mailbox is.

ALTER TABLE mailbox ADD COLUMN pause_on_policy INTEGER NOT NULL DEFAULT 1 CHECK (pause_on_policy IN (0, 1));
ALTER TABLE mailbox ADD COLUMN state_detail TEXT NOT NULL DEFAULT ''; -- engine: the server's words for the state
ALTER TABLE mailbox ADD COLUMN dkim_selector TEXT NOT NULL DEFAULT '';

-- What looking found last: its DNS records, a message it sent to itself. Not content: it is found again by looking.
CREATE TABLE mailbox_report (
    mailbox_id INTEGER NOT NULL REFERENCES mailbox(id) ON DELETE CASCADE,
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1), -- DNS, probe
    at         INTEGER NOT NULL,
    body       TEXT NOT NULL, -- JSON
    PRIMARY KEY (mailbox_id, kind)
) STRICT, WITHOUT ROWID;
