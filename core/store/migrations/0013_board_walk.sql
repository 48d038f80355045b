-- What many writes pay for. No table changes.

-- A column of the board is the list of its status (repositories/board_repository.h): found in memory where leads are
-- indexed there, else walked in the order of all leads and judged in lead_facet. An index of its own cost every change of
-- a status two places in each of these.
DROP INDEX lead_board;
DROP INDEX lead_board_due;
DROP INDEX lead_board_touch;

-- Which kinds of activity a trigger is about, as bits: (1 << kind) & bits. Of a list of more than two values SQLite makes
-- a temporary table each time the trigger fires, which costs more than what most of them then do.
--       226  contact: e-mail, call, LinkedIn, SMS (1, 5, 6, 7)
--       230  what a step counts: these and a reply (2)
--    524518  a touch: these and a meeting (19), as isTouch() has it
--    590070  what rollups count: these, a bounce (4) and an opt-out (16)
--        22  mail: sent, received, bounced (1, 2, 4)
--     50176  what says nothing a person wrote: a status, an import, a creation (10, 14, 15)

DROP TRIGGER activity_touch;
DROP TRIGGER activity_untouch;
CREATE TRIGGER activity_touch AFTER INSERT ON activity WHEN (1 << new.kind) & 524518 BEGIN
    UPDATE lead SET last_touch_at = new.at
     WHERE id = new.lead_id AND (last_touch_at IS NULL OR last_touch_at < new.at);
END;
CREATE TRIGGER activity_untouch AFTER DELETE ON activity WHEN (1 << old.kind) & 524518 BEGIN
    UPDATE lead SET last_touch_at =
        (SELECT max(at) FROM activity WHERE lead_id = old.lead_id AND (1 << kind) & 524518)
     WHERE id = old.lead_id;
END;

DROP TRIGGER text_search_activity_insert;
DROP TRIGGER text_search_activity_update;
DROP TRIGGER text_search_activity_delete;
CREATE TRIGGER text_search_activity_insert AFTER INSERT ON activity
WHEN NOT (1 << new.kind) & 50176 AND new.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_update AFTER UPDATE OF subject, text ON activity
WHEN (new.subject <> old.subject OR new.text <> old.text) AND NOT (1 << old.kind) & 50176
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_delete AFTER DELETE ON activity
WHEN (old.text <> '' OR old.subject <> '') AND NOT (1 << old.kind) & 50176
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    DELETE FROM search_waiting WHERE kind = 2 AND row_id = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
END;

DROP TRIGGER rollup_activity_insert;
DROP TRIGGER rollup_activity_delete;
CREATE TRIGGER rollup_activity_insert AFTER INSERT ON activity
WHEN (1 << new.kind) & 590070 AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour)
    VALUES (1, new.id, new.lead_id, new.at, new.kind, new.enrolment_id, new.step_id, new.message_id, new.week_hour);
END;
CREATE TRIGGER rollup_activity_delete AFTER DELETE ON activity
WHEN (1 << old.kind) & 590070 AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour)
    VALUES (-1, old.id, old.lead_id, old.at, old.kind, old.enrolment_id, old.step_id, old.message_id, old.week_hour);
END;

DROP TRIGGER rollup_change_add;
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
                       AND (1 << kind) & 226 ORDER BY at, id LIMIT 1))
     WHERE (1 << new.kind) & 226
       AND NOT EXISTS (SELECT 1 FROM activity WHERE lead_id = new.lead_id AND (at, id) < (new.at, new.id)
                          AND (1 << kind) & 226);

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
    SELECT e.strategy_id, e.enrolled_at / 86400000, new.sign * ((1 << new.kind) & 226 <> 0), new.sign * (new.kind = 2),
           new.sign * (new.kind = 19)
      FROM enrolment e
     WHERE e.id = new.enrolment_id AND (1 << new.kind) & 524518 AND NOT (new.kind = 2 AND e.stop_reason = 2)
       AND NOT EXISTS (SELECT 1 FROM activity o WHERE o.lead_id = new.lead_id AND o.enrolment_id = new.enrolment_id
                          AND o.id <> new.id AND (o.kind = new.kind
                              OR ((1 << o.kind) & 226 AND (1 << new.kind) & 226)))
    ON CONFLICT (strategy_id, day) DO UPDATE SET reached = reached + excluded.reached,
       replied = replied + excluded.replied, met = met + excluded.met;

    INSERT INTO rollup_mailbox(mailbox_id, day, sent, replies, bounces)
    SELECT mailbox_id, new.at / 86400000, new.sign * (new.kind = 1), new.sign * (new.kind = 2), new.sign * (new.kind = 4)
      FROM message WHERE id = new.message_id AND mailbox_id IS NOT NULL AND (1 << new.kind) & 22
    ON CONFLICT (mailbox_id, day) DO UPDATE SET sent = sent + excluded.sent, replies = replies + excluded.replies,
       bounces = bounces + excluded.bounces;

    INSERT INTO rollup_step(step_id, day, touches, replies)
    SELECT new.step_id, new.at / 86400000, new.sign * ((1 << new.kind) & 226 <> 0), new.sign * (new.kind = 2)
     WHERE new.step_id IS NOT NULL AND (1 << new.kind) & 230
    ON CONFLICT (step_id, day) DO UPDATE SET touches = touches + excluded.touches, replies = replies + excluded.replies;
END;
