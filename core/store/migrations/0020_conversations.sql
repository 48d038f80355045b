-- Conversations of the inbox: all mail to and from one lead who has answered.

-- What the person says of one; a row only where they have said something.
CREATE TABLE conversation (
    id            INTEGER PRIMARY KEY,
    lead_id       INTEGER NOT NULL UNIQUE REFERENCES lead(id),
    snoozed_until INTEGER,
    closed_at     INTEGER,                                                 -- done by the person's word
    verdict       INTEGER NOT NULL DEFAULT 0 CHECK (verdict BETWEEN 0 AND 6)
) STRICT;

-- Where each stands, kept by the triggers below from the messages and the table above: derived, like the columns called
-- so. Only read_upto is its own: the latest message the person has seen, which is neither journaled nor content.
CREATE TABLE conversation_row (
    lead_id       INTEGER PRIMARY KEY,
    last_in       INTEGER NOT NULL,
    last_out      INTEGER NOT NULL DEFAULT 0,  -- of what was not dropped
    last_id       INTEGER NOT NULL,            -- the newest of theirs
    waiting       INTEGER NOT NULL DEFAULT 0,  -- replies not handled
    unread        INTEGER NOT NULL DEFAULT 0,  -- of those, not seen
    read_upto     INTEGER NOT NULL DEFAULT 0,
    snoozed_until INTEGER,
    closed_at     INTEGER NOT NULL DEFAULT 0,
    state         INTEGER NOT NULL AS (CASE WHEN waiting > 0 THEN 0 WHEN last_out > max(last_in, closed_at) THEN 1 ELSE 2 END),
    last_at       INTEGER NOT NULL AS (max(last_in, last_out))
) STRICT;
CREATE INDEX conversation_list ON conversation_row(state, last_at, lead_id, snoozed_until, unread);
CREATE INDEX conversation_snoozed ON conversation_row(snoozed_until, lead_id) WHERE waiting > 0 AND snoozed_until IS NOT NULL;

-- Works one lead's row out anew: INSERT INTO conversation_touch(lead_id).
CREATE VIEW conversation_touch(lead_id) AS SELECT lead_id FROM conversation_row;
CREATE TRIGGER conversation_touched INSTEAD OF INSERT ON conversation_touch BEGIN
    DELETE FROM conversation_row WHERE lead_id = new.lead_id
       AND NOT EXISTS (SELECT 1 FROM message m WHERE m.lead_id = new.lead_id AND m.lead_id IS NOT NULL
                          AND m.direction = 1 AND (m.class = 1 OR m.class = 4));
    INSERT INTO conversation_row(lead_id, last_in, last_out, last_id, waiting, unread, snoozed_until, closed_at)
    SELECT new.lead_id, f.last_in, f.last_out, f.last_id, f.waiting, f.unread, c.snoozed_until, coalesce(c.closed_at, 0)
      FROM (SELECT max(CASE WHEN direction = 1 THEN at END) AS last_in,
                   coalesce(max(CASE WHEN direction = 0 AND NOT EXISTS
                       (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state = 7) THEN at END), 0) AS last_out,
                   max(CASE WHEN direction = 1 THEN id END) AS last_id,
                   sum(direction = 1 AND class = 1 AND handled = 0) AS waiting,
                   sum(direction = 1 AND class = 1 AND handled = 0 AND id > coalesce(
                       (SELECT read_upto FROM conversation_row WHERE lead_id = new.lead_id), 0)) AS unread
              FROM message m
             WHERE m.lead_id = new.lead_id AND m.lead_id IS NOT NULL AND (direction = 0 OR class = 1 OR class = 4)) f
      LEFT JOIN conversation c ON c.lead_id = new.lead_id
     WHERE f.last_in IS NOT NULL
        ON CONFLICT (lead_id) DO UPDATE SET last_in = excluded.last_in, last_out = excluded.last_out,
           last_id = excluded.last_id, waiting = excluded.waiting, unread = excluded.unread,
           snoozed_until = excluded.snoozed_until, closed_at = excluded.closed_at;
END;
INSERT INTO conversation_touch(lead_id)
    SELECT DISTINCT lead_id FROM message WHERE direction = 1 AND class IN (1, 4) AND lead_id IS NOT NULL;

CREATE TRIGGER conversation_message_in AFTER INSERT ON message
WHEN new.lead_id IS NOT NULL AND new.direction = 1 AND (new.class = 1 OR new.class = 4) BEGIN
    INSERT INTO conversation_touch(lead_id) VALUES (new.lead_id);
END;
-- Most that is sent belongs to nobody who has answered: one look in the table above.
CREATE TRIGGER conversation_message_out AFTER INSERT ON message WHEN new.lead_id IS NOT NULL AND new.direction = 0 BEGIN
    UPDATE conversation_row SET last_out = new.at WHERE lead_id = new.lead_id AND last_out < new.at;
END;
CREATE TRIGGER conversation_message_update AFTER UPDATE OF lead_id, class, handled, at ON message
WHEN new.lead_id IS NOT old.lead_id OR new.class <> old.class OR new.handled <> old.handled OR new.at <> old.at BEGIN
    INSERT INTO conversation_touch(lead_id) SELECT old.lead_id WHERE old.lead_id IS NOT NULL AND new.lead_id IS NOT old.lead_id;
    INSERT INTO conversation_touch(lead_id)
        SELECT new.lead_id WHERE new.lead_id IS NOT NULL
           AND (new.direction = 1 OR EXISTS (SELECT 1 FROM conversation_row WHERE lead_id = new.lead_id));
END;
CREATE TRIGGER conversation_message_delete AFTER DELETE ON message WHEN old.lead_id IS NOT NULL BEGIN
    INSERT INTO conversation_touch(lead_id)
        SELECT old.lead_id WHERE EXISTS (SELECT 1 FROM conversation_row WHERE lead_id = old.lead_id);
END;
CREATE TRIGGER conversation_dropped AFTER UPDATE OF state ON outbox WHEN (new.state = 7) <> (old.state = 7) BEGIN
    INSERT INTO conversation_touch(lead_id)
        SELECT new.lead_id WHERE EXISTS (SELECT 1 FROM conversation_row WHERE lead_id = new.lead_id);
END;
CREATE TRIGGER conversation_said AFTER INSERT ON conversation BEGIN
    INSERT INTO conversation_touch(lead_id) VALUES (new.lead_id);
END;
CREATE TRIGGER conversation_said_anew AFTER UPDATE ON conversation BEGIN
    INSERT INTO conversation_touch(lead_id) SELECT old.lead_id WHERE old.lead_id <> new.lead_id;
    INSERT INTO conversation_touch(lead_id) VALUES (new.lead_id);
END;
CREATE TRIGGER conversation_unsaid AFTER DELETE ON conversation BEGIN
    INSERT INTO conversation_touch(lead_id) VALUES (old.lead_id);
END;

-- Who writes again is not put off any longer, and was not judged yet.
CREATE TRIGGER conversation_answered AFTER INSERT ON message
WHEN new.lead_id IS NOT NULL AND new.direction = 1 AND new.class = 1 AND new.handled = 0
 AND (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    UPDATE conversation SET snoozed_until = NULL, verdict = 0
     WHERE lead_id = new.lead_id AND (snoozed_until IS NOT NULL OR verdict <> 0);
END;
CREATE TRIGGER conversation_answered_after_all AFTER UPDATE OF class ON message
WHEN new.lead_id IS NOT NULL AND new.direction = 1 AND new.class = 1 AND old.class <> 1
 AND (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    UPDATE conversation SET snoozed_until = NULL, verdict = 0
     WHERE lead_id = new.lead_id AND (snoozed_until IS NOT NULL OR verdict <> 0);
END;
