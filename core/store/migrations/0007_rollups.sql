-- The numbers of the dashboards, kept in the transaction that writes. All but activity.week_hour is derived: neither
-- journaled nor content, counted anew at any time (core/store/rollups.h), and checked by the doctor.
--
-- slot: half an hour since 1970, UTC. The days of the dashboards are those of the person, who moves between zones, so they
-- are put together when read. Half hours, because every zone's day begins on one but three (those of Nepal, Eucla and
-- Chatham, whose first quarter of an hour counts for the day before). day: a day since 1970, UTC: shares over weeks do not
-- turn at midnight. strategy_id 0: all there is, with and without a strategy.

-- Of an e-mail sent: the hour of the week where the lead is, as their clock showed it then (0: Monday, 00:00 to 00:59).
-- Written once; where the lead is may be known better later. NULL where nobody knew, and for everything else.
ALTER TABLE activity ADD COLUMN week_hour INTEGER CHECK (week_hour BETWEEN 0 AND 167);
UPDATE journal_state SET mode = 2;
UPDATE activity SET week_hour = (SELECT week_hour_there(activity.at, l.time_zone, l.country, l.region, l.phone_key)
                                   FROM lead l WHERE l.id = activity.lead_id)
 WHERE kind = 1;
UPDATE journal_state SET mode = 0;

CREATE TABLE rollup_activity (
    strategy_id INTEGER NOT NULL,
    slot        INTEGER NOT NULL,
    sent        INTEGER NOT NULL DEFAULT 0, -- e-mails that left
    calls       INTEGER NOT NULL DEFAULT 0,
    touches     INTEGER NOT NULL DEFAULT 0, -- LinkedIn, SMS
    replies     INTEGER NOT NULL DEFAULT 0,
    meetings    INTEGER NOT NULL DEFAULT 0,
    bounces     INTEGER NOT NULL DEFAULT 0,
    opt_outs    INTEGER NOT NULL DEFAULT 0,
    worked      INTEGER NOT NULL DEFAULT 0, -- leads written to, called… for the first time
    PRIMARY KEY (strategy_id, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_mailbox (
    mailbox_id INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    sent       INTEGER NOT NULL DEFAULT 0,
    replies    INTEGER NOT NULL DEFAULT 0,
    bounces    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (mailbox_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_step (
    step_id INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    touches INTEGER NOT NULL DEFAULT 0,
    replies INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (step_id, day)
) STRICT, WITHOUT ROWID;

-- An e-mail was answered when the next mail between the lead and the person came from the lead.
CREATE TABLE rollup_hour (
    strategy_id INTEGER NOT NULL,
    week_hour   INTEGER NOT NULL,
    sent        INTEGER NOT NULL DEFAULT 0,
    answered    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (strategy_id, week_hour)
) STRICT, WITHOUT ROWID;

-- day: when the leads were put into the strategy; what has become of them since.
CREATE TABLE rollup_enrolment (
    strategy_id INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    enrolled    INTEGER NOT NULL DEFAULT 0,
    reached     INTEGER NOT NULL DEFAULT 0, -- a message left, a call was made
    replied     INTEGER NOT NULL DEFAULT 0,
    met         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (strategy_id, day)
) STRICT, WITHOUT ROWID;

-- One row. While deferred, rows are not counted one by one: who inserts them counts them together, in the same
-- transaction.
CREATE TABLE rollup_state (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    deferred INTEGER NOT NULL DEFAULT 0 CHECK (deferred IN (0, 1))
) STRICT;
INSERT INTO rollup_state(id) VALUES (1);

-- ── What there is to count: the sum of these is what the tables above hold ───────────────────────────────────────

CREATE VIEW counted_activity(lead_id, strategy_id, slot, sent, calls, touches, replies, meetings, bounces, opt_outs,
                             worked) AS
SELECT a.lead_id, 0, a.at / 1800000, a.kind = 1, a.kind = 5, a.kind IN (6, 7), a.kind = 2, a.kind = 19, a.kind = 4,
       a.kind = 16,
       CASE WHEN a.kind IN (1, 5, 6, 7) THEN
           NOT EXISTS (SELECT 1 FROM activity b WHERE b.lead_id = a.lead_id AND (b.at, b.id) < (a.at, a.id)
                          AND b.kind IN (1, 5, 6, 7)) ELSE 0 END
  FROM activity a WHERE a.kind IN (1, 2, 4, 5, 6, 7, 16, 19)
UNION ALL
SELECT a.lead_id, e.strategy_id, a.at / 1800000, a.kind = 1, a.kind = 5, a.kind IN (6, 7), a.kind = 2, a.kind = 19,
       a.kind = 4, a.kind = 16,
       CASE WHEN a.kind IN (1, 5, 6, 7) THEN
           NOT EXISTS (SELECT 1 FROM activity b WHERE b.lead_id = a.lead_id AND (b.at, b.id) < (a.at, a.id)
                          AND b.kind IN (1, 5, 6, 7)) ELSE 0 END
  FROM activity a CROSS JOIN enrolment e ON e.id = a.enrolment_id WHERE a.kind IN (1, 2, 4, 5, 6, 7, 16, 19);

CREATE VIEW counted_mailbox(lead_id, mailbox_id, day, sent, replies, bounces) AS
SELECT a.lead_id, m.mailbox_id, a.at / 86400000, a.kind = 1, a.kind = 2, a.kind = 4
  FROM activity a CROSS JOIN message m ON m.id = a.message_id
 WHERE a.kind IN (1, 2, 4) AND m.mailbox_id IS NOT NULL AND EXISTS (SELECT 1 FROM mailbox);

CREATE VIEW counted_step(lead_id, step_id, day, touches, replies) AS
SELECT lead_id, step_id, at / 86400000, kind IN (1, 5, 6, 7), kind = 2
  FROM activity WHERE kind IN (1, 2, 5, 6, 7) AND step_id IS NOT NULL;

CREATE VIEW counted_hour(lead_id, strategy_id, week_hour, sent, answered) AS
SELECT a.lead_id, 0, a.week_hour, 1,
       coalesce((SELECT b.kind = 2 FROM activity b WHERE b.lead_id = a.lead_id AND (b.at, b.id) > (a.at, a.id)
                    AND b.kind IN (1, 2) ORDER BY b.at, b.id LIMIT 1), 0)
  FROM activity a WHERE a.kind = 1 AND a.week_hour IS NOT NULL
UNION ALL
SELECT a.lead_id, e.strategy_id, a.week_hour, 1,
       coalesce((SELECT b.kind = 2 FROM activity b WHERE b.lead_id = a.lead_id AND (b.at, b.id) > (a.at, a.id)
                    AND b.kind IN (1, 2) ORDER BY b.at, b.id LIMIT 1), 0)
  FROM activity a CROSS JOIN enrolment e ON e.id = a.enrolment_id WHERE a.kind = 1 AND a.week_hour IS NOT NULL;

CREATE VIEW counted_enrolment(lead_id, id, strategy_id, day, enrolled, reached, replied, met) AS
SELECT e.lead_id, e.id, e.strategy_id, e.enrolled_at / 86400000, 1,
       EXISTS (SELECT 1 FROM activity a WHERE a.lead_id = e.lead_id AND a.enrolment_id = e.id AND a.kind IN (1, 5, 6, 7)),
       e.stop_reason = 2
           OR EXISTS (SELECT 1 FROM activity a WHERE a.lead_id = e.lead_id AND a.enrolment_id = e.id AND a.kind = 2),
       EXISTS (SELECT 1 FROM activity a WHERE a.lead_id = e.lead_id AND a.enrolment_id = e.id AND a.kind = 19)
  FROM enrolment e;

INSERT INTO rollup_activity SELECT strategy_id, slot, sent, calls, touches, replies, meetings, bounces, opt_outs, worked
  FROM counted_activity WHERE true
    ON CONFLICT (strategy_id, slot) DO UPDATE SET sent = sent + excluded.sent, calls = calls + excluded.calls,
       touches = touches + excluded.touches, replies = replies + excluded.replies,
       meetings = meetings + excluded.meetings, bounces = bounces + excluded.bounces,
       opt_outs = opt_outs + excluded.opt_outs, worked = worked + excluded.worked;
INSERT INTO rollup_mailbox SELECT mailbox_id, day, sum(sent), sum(replies), sum(bounces)
  FROM counted_mailbox GROUP BY mailbox_id, day;
INSERT INTO rollup_step SELECT step_id, day, sum(touches), sum(replies) FROM counted_step GROUP BY step_id, day;
INSERT INTO rollup_hour SELECT strategy_id, week_hour, sum(sent), sum(answered)
  FROM counted_hour GROUP BY strategy_id, week_hour;
INSERT INTO rollup_enrolment SELECT strategy_id, day, sum(enrolled), sum(reached), sum(replied), sum(met)
  FROM counted_enrolment GROUP BY strategy_id, day;

-- ── Kept row by row. A view that is only inserted into is what SQL has for a procedure ───────────────────────────

-- One thing that happened, for one strategy or all; kind -1: the lead's first touch.
CREATE VIEW rollup_count(sign, strategy_id, at, kind) AS SELECT NULL, NULL, NULL, NULL WHERE false;
CREATE TRIGGER rollup_count_add INSTEAD OF INSERT ON rollup_count BEGIN
    INSERT INTO rollup_activity(strategy_id, slot, sent, calls, touches, replies, meetings, bounces, opt_outs, worked)
    VALUES (new.strategy_id, new.at / 1800000, new.sign * (new.kind = 1), new.sign * (new.kind = 5),
            new.sign * (new.kind IN (6, 7)), new.sign * (new.kind = 2), new.sign * (new.kind = 19),
            new.sign * (new.kind = 4), new.sign * (new.kind = 16), new.sign * (new.kind = -1))
    ON CONFLICT (strategy_id, slot) DO UPDATE SET sent = sent + excluded.sent, calls = calls + excluded.calls,
       touches = touches + excluded.touches, replies = replies + excluded.replies,
       meetings = meetings + excluded.meetings, bounces = bounces + excluded.bounces,
       opt_outs = opt_outs + excluded.opt_outs, worked = worked + excluded.worked;
END;

-- A lead's first touch, for all and for its strategy.
CREATE VIEW rollup_first(sign, at, enrolment_id) AS SELECT NULL, NULL, NULL WHERE false;
CREATE TRIGGER rollup_first_add INSTEAD OF INSERT ON rollup_first BEGIN
    INSERT INTO rollup_count(sign, strategy_id, at, kind)
    SELECT new.sign, 0, new.at, -1
     UNION ALL SELECT new.sign, strategy_id, new.at, -1 FROM enrolment WHERE id = new.enrolment_id;
END;

-- An e-mail's hour, for all and for its strategy.
CREATE VIEW rollup_hour_count(enrolment_id, week_hour, sent, answered) AS SELECT NULL, NULL, NULL, NULL WHERE false;
CREATE TRIGGER rollup_hour_count_add INSTEAD OF INSERT ON rollup_hour_count BEGIN
    INSERT INTO rollup_hour(strategy_id, week_hour, sent, answered)
    SELECT 0, new.week_hour, new.sent, new.answered
     UNION ALL SELECT strategy_id, new.week_hour, new.sent, new.answered FROM enrolment WHERE id = new.enrolment_id
    ON CONFLICT (strategy_id, week_hour) DO UPDATE SET sent = sent + excluded.sent,
       answered = answered + excluded.answered;
END;

-- An activity that has come (1) or gone (-1).
CREATE VIEW rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour) AS
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE false;
CREATE TRIGGER rollup_change_add INSTEAD OF INSERT ON rollup_change BEGIN
    INSERT INTO rollup_count(sign, strategy_id, at, kind)
    SELECT new.sign, 0, new.at, new.kind
     UNION ALL SELECT new.sign, strategy_id, new.at, new.kind FROM enrolment WHERE id = new.enrolment_id;

    -- The lead's first touch is this one, and the one after it no longer; or the other way round.
    INSERT INTO rollup_first(sign, at, enrolment_id)
    SELECT sign, at, enrolment_id
      FROM (SELECT new.sign AS sign, new.at AS at, new.enrolment_id AS enrolment_id
             UNION ALL
            SELECT -new.sign, at, enrolment_id
              FROM (SELECT at, enrolment_id FROM activity WHERE lead_id = new.lead_id AND (at, id) > (new.at, new.id)
                       AND kind IN (1, 5, 6, 7) ORDER BY at, id LIMIT 1))
     WHERE new.kind IN (1, 5, 6, 7)
       AND NOT EXISTS (SELECT 1 FROM activity WHERE lead_id = new.lead_id AND (at, id) < (new.at, new.id)
                          AND kind IN (1, 5, 6, 7));

    -- The e-mail itself…
    INSERT INTO rollup_hour_count(enrolment_id, week_hour, sent, answered)
    SELECT new.enrolment_id, new.week_hour, new.sign, new.sign * coalesce(
               (SELECT kind = 2 FROM activity WHERE lead_id = new.lead_id AND (at, id) > (new.at, new.id)
                   AND kind IN (1, 2) ORDER BY at, id LIMIT 1), 0)
     WHERE new.kind = 1 AND new.week_hour IS NOT NULL;
    -- …and the one before, whose next mail this is now, or was.
    INSERT INTO rollup_hour_count(enrolment_id, week_hour, sent, answered)
    SELECT p.enrolment_id, p.week_hour, 0, new.sign * ((new.kind = 2) - coalesce(
               (SELECT kind = 2 FROM activity WHERE lead_id = new.lead_id AND (at, id) > (new.at, new.id)
                   AND kind IN (1, 2) ORDER BY at, id LIMIT 1), 0))
      FROM (SELECT kind, enrolment_id, week_hour FROM activity WHERE lead_id = new.lead_id
               AND (at, id) < (new.at, new.id) AND kind IN (1, 2) ORDER BY at DESC, id DESC LIMIT 1) p
     WHERE new.kind IN (1, 2) AND p.kind = 1 AND p.week_hour IS NOT NULL;

    INSERT INTO rollup_enrolment(strategy_id, day, reached, replied, met)
    SELECT e.strategy_id, e.enrolled_at / 86400000, new.sign * (new.kind IN (1, 5, 6, 7)), new.sign * (new.kind = 2),
           new.sign * (new.kind = 19)
      FROM enrolment e
     WHERE e.id = new.enrolment_id AND new.kind IN (1, 2, 5, 6, 7, 19) AND NOT (new.kind = 2 AND e.stop_reason = 2)
       AND NOT EXISTS (SELECT 1 FROM activity o WHERE o.lead_id = new.lead_id AND o.enrolment_id = new.enrolment_id
                          AND o.id <> new.id AND (o.kind = new.kind
                              OR (o.kind IN (1, 5, 6, 7) AND new.kind IN (1, 5, 6, 7))))
    ON CONFLICT (strategy_id, day) DO UPDATE SET reached = reached + excluded.reached,
       replied = replied + excluded.replied, met = met + excluded.met;

    INSERT INTO rollup_mailbox(mailbox_id, day, sent, replies, bounces)
    SELECT mailbox_id, new.at / 86400000, new.sign * (new.kind = 1), new.sign * (new.kind = 2), new.sign * (new.kind = 4)
      FROM message WHERE id = new.message_id AND mailbox_id IS NOT NULL AND new.kind IN (1, 2, 4)
    ON CONFLICT (mailbox_id, day) DO UPDATE SET sent = sent + excluded.sent, replies = replies + excluded.replies,
       bounces = bounces + excluded.bounces;

    INSERT INTO rollup_step(step_id, day, touches, replies)
    SELECT new.step_id, new.at / 86400000, new.sign * (new.kind IN (1, 5, 6, 7)), new.sign * (new.kind = 2)
     WHERE new.step_id IS NOT NULL AND new.kind IN (1, 2, 5, 6, 7)
    ON CONFLICT (step_id, day) DO UPDATE SET touches = touches + excluded.touches, replies = replies + excluded.replies;
END;

CREATE TRIGGER rollup_activity_insert AFTER INSERT ON activity
WHEN new.kind IN (1, 2, 4, 5, 6, 7, 16, 19) AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour)
    VALUES (1, new.id, new.lead_id, new.at, new.kind, new.enrolment_id, new.step_id, new.message_id, new.week_hour);
END;
CREATE TRIGGER rollup_activity_delete AFTER DELETE ON activity
WHEN old.kind IN (1, 2, 4, 5, 6, 7, 16, 19) AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour)
    VALUES (-1, old.id, old.lead_id, old.at, old.kind, old.enrolment_id, old.step_id, old.message_id, old.week_hour);
END;

-- A lead's way through a strategy, with what happened on it: an undo and its redo may take one away, and bring it back,
-- while the other is there.
CREATE VIEW rollup_way(sign, id) AS SELECT NULL, NULL WHERE false;
CREATE TRIGGER rollup_way_add INSTEAD OF INSERT ON rollup_way BEGIN
    INSERT INTO rollup_enrolment(strategy_id, day, enrolled, reached, replied, met)
    SELECT strategy_id, day, new.sign, new.sign * reached, new.sign * replied, new.sign * met
      FROM counted_enrolment WHERE id = new.id
    ON CONFLICT (strategy_id, day) DO UPDATE SET enrolled = enrolled + excluded.enrolled,
       reached = reached + excluded.reached, replied = replied + excluded.replied, met = met + excluded.met;
    INSERT INTO rollup_count(sign, strategy_id, at, kind)
    SELECT new.sign, e.strategy_id, a.at, a.kind FROM enrolment e CROSS JOIN activity a ON a.lead_id = e.lead_id
     WHERE e.id = new.id AND a.enrolment_id = new.id AND a.kind IN (1, 2, 4, 5, 6, 7, 16, 19);
    INSERT INTO rollup_count(sign, strategy_id, at, kind)
    SELECT new.sign, e.strategy_id, a.at, -1 FROM enrolment e CROSS JOIN activity a ON a.lead_id = e.lead_id
     WHERE e.id = new.id AND a.enrolment_id = new.id AND a.kind IN (1, 5, 6, 7)
       AND NOT EXISTS (SELECT 1 FROM activity b WHERE b.lead_id = a.lead_id AND (b.at, b.id) < (a.at, a.id)
                          AND b.kind IN (1, 5, 6, 7));
    INSERT INTO rollup_hour(strategy_id, week_hour, sent, answered)
    SELECT e.strategy_id, a.week_hour, new.sign, new.sign * coalesce(
               (SELECT kind = 2 FROM activity WHERE lead_id = a.lead_id AND (at, id) > (a.at, a.id)
                   AND kind IN (1, 2) ORDER BY at, id LIMIT 1), 0)
      FROM enrolment e CROSS JOIN activity a ON a.lead_id = e.lead_id
     WHERE e.id = new.id AND a.enrolment_id = new.id AND a.kind = 1 AND a.week_hour IS NOT NULL
    ON CONFLICT (strategy_id, week_hour) DO UPDATE SET sent = sent + excluded.sent,
       answered = answered + excluded.answered;
END;
CREATE TRIGGER rollup_enrolment_insert AFTER INSERT ON enrolment
WHEN (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_way(sign, id) VALUES (1, new.id);
END;
CREATE TRIGGER rollup_enrolment_delete BEFORE DELETE ON enrolment
WHEN (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_way(sign, id) VALUES (-1, old.id);
END;
CREATE TRIGGER rollup_enrolment_stopped AFTER UPDATE OF stop_reason ON enrolment
WHEN (new.stop_reason = 2) <> (old.stop_reason = 2) AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    UPDATE rollup_enrolment SET replied = replied + iif(new.stop_reason = 2, 1, -1)
     WHERE strategy_id = new.strategy_id AND day = new.enrolled_at / 86400000
       AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.lead_id = new.lead_id AND a.enrolment_id = new.id AND a.kind = 2);
END;

-- The mail of an activity, which says the mailbox.
CREATE TRIGGER rollup_message_insert AFTER INSERT ON message
WHEN new.mailbox_id IS NOT NULL AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_mailbox(mailbox_id, day, sent, replies, bounces)
    SELECT new.mailbox_id, at / 86400000, kind = 1, kind = 2, kind = 4 FROM activity
     WHERE lead_id = new.lead_id AND message_id = new.id AND kind IN (1, 2, 4)
    ON CONFLICT (mailbox_id, day) DO UPDATE SET sent = sent + excluded.sent, replies = replies + excluded.replies,
       bounces = bounces + excluded.bounces;
END;
CREATE TRIGGER rollup_message_delete BEFORE DELETE ON message
WHEN old.mailbox_id IS NOT NULL AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_mailbox(mailbox_id, day, sent, replies, bounces)
    SELECT old.mailbox_id, at / 86400000, -(kind = 1), -(kind = 2), -(kind = 4) FROM activity
     WHERE lead_id = old.lead_id AND message_id = old.id AND kind IN (1, 2, 4)
    ON CONFLICT (mailbox_id, day) DO UPDATE SET sent = sent + excluded.sent, replies = replies + excluded.replies,
       bounces = bounces + excluded.bounces;
END;
