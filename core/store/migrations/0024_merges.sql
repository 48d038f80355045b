-- Leads that were merged, pairs that are not duplicates, and lists of leads.

-- One lead was taken into another; its row stays, in the trash and with what it said. action_id: the action that did it.
CREATE TABLE merge (
    id        INTEGER PRIMARY KEY,
    kept_id   INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    gone_id   INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    action_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    CHECK (kept_id <> gone_id)
) STRICT;
CREATE INDEX merge_kept ON merge(kept_id, at);
CREATE INDEX merge_gone ON merge(gone_id, at);
CREATE INDEX merge_action ON merge(action_id);

-- What it changed, row by row, as the journal has it, but for as long as the merge stands: a split needs it after the
-- journal has forgotten. tbl: journal/journaled_tables.cpp.
CREATE TABLE merge_part (
    id       INTEGER PRIMARY KEY,
    merge_id INTEGER NOT NULL REFERENCES merge(id) ON DELETE CASCADE,
    tbl      INTEGER NOT NULL,
    row_id   INTEGER NOT NULL,
    col      TEXT NOT NULL DEFAULT '', -- '': the row was added
    old      ANY,
    new      ANY
) STRICT;
CREATE INDEX merge_part_merge ON merge_part(merge_id, id);

-- The person's word that these two are different people.
CREATE TABLE not_duplicate (
    id        INTEGER PRIMARY KEY,
    first_id  INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    second_id INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    at        INTEGER NOT NULL,
    UNIQUE (first_id, second_id),
    CHECK (first_id < second_id)
) STRICT;
CREATE INDEX not_duplicate_second ON not_duplicate(second_id);

-- Lists a person puts leads on. leads is derived: how many are on it that are not in the trash.
CREATE TABLE list (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    created_at  INTEGER NOT NULL,
    archived_at INTEGER,
    leads       INTEGER NOT NULL DEFAULT 0 -- derived
) STRICT;
CREATE TABLE list_member (
    id       INTEGER PRIMARY KEY,
    list_id  INTEGER NOT NULL REFERENCES list(id) ON DELETE CASCADE,
    lead_id  INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    added_at INTEGER NOT NULL,
    UNIQUE (list_id, lead_id)
) STRICT;
CREATE INDEX list_member_lead ON list_member(lead_id, list_id);

CREATE TRIGGER list_member_insert AFTER INSERT ON list_member BEGIN
    UPDATE list SET leads = leads + 1
     WHERE id = new.list_id AND EXISTS (SELECT 1 FROM lead WHERE id = new.lead_id AND trashed_at IS NULL);
END;
CREATE TRIGGER list_member_delete AFTER DELETE ON list_member BEGIN
    UPDATE list SET leads = leads - 1
     WHERE id = old.list_id AND EXISTS (SELECT 1 FROM lead WHERE id = old.lead_id AND trashed_at IS NULL);
END;
CREATE TRIGGER list_member_move AFTER UPDATE OF lead_id ON list_member WHEN new.lead_id <> old.lead_id BEGIN
    UPDATE list SET leads = leads + (SELECT trashed_at IS NULL FROM lead WHERE id = new.lead_id)
                                  - (SELECT trashed_at IS NULL FROM lead WHERE id = old.lead_id)
     WHERE id = new.list_id;
END;
CREATE TRIGGER list_lead_trashed AFTER UPDATE OF trashed_at ON lead
WHEN (new.trashed_at IS NULL) <> (old.trashed_at IS NULL) BEGIN
    UPDATE list SET leads = leads + iif(new.trashed_at IS NULL, 1, -1)
     WHERE id IN (SELECT list_id FROM list_member WHERE lead_id = new.id);
END;
-- With its lead: the rows of list_member go after it does, and no longer know whether it was in the trash.
CREATE TRIGGER list_lead_deleted BEFORE DELETE ON lead WHEN old.trashed_at IS NULL BEGIN
    UPDATE list SET leads = leads - 1 WHERE id IN (SELECT list_id FROM list_member WHERE lead_id = old.id);
END;

-- ── What follows a row from one lead to another. Until now rows only came and went ───────────────────────────────

-- An activity counts where its lead is. Counted out of a strategy and into it alike only where the strategy's lead is.
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
     WHERE e.id = new.enrolment_id AND e.lead_id = new.lead_id
       AND (1 << new.kind) & 524518 AND NOT (new.kind = 2 AND e.stop_reason = 2)
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

CREATE TRIGGER rollup_activity_move AFTER UPDATE OF lead_id ON activity
WHEN new.lead_id <> old.lead_id AND (1 << new.kind) & 590070 AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_change(sign, id, lead_id, at, kind, enrolment_id, step_id, message_id, week_hour)
    VALUES (-1, old.id, old.lead_id, old.at, old.kind, old.enrolment_id, old.step_id, old.message_id, old.week_hour),
           (1, new.id, new.lead_id, new.at, new.kind, new.enrolment_id, new.step_id, new.message_id, new.week_hour);
END;
CREATE TRIGGER rollup_enrolment_leave BEFORE UPDATE OF lead_id ON enrolment
WHEN new.lead_id <> old.lead_id AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_enrolment(strategy_id, day, enrolled, reached, replied, met)
    SELECT strategy_id, day, 0, -reached, -replied, -met FROM counted_enrolment WHERE id = old.id
    ON CONFLICT (strategy_id, day) DO UPDATE SET reached = reached + excluded.reached,
       replied = replied + excluded.replied, met = met + excluded.met;
END;
CREATE TRIGGER rollup_enrolment_arrive AFTER UPDATE OF lead_id ON enrolment
WHEN new.lead_id <> old.lead_id AND (SELECT deferred FROM rollup_state WHERE id = 1) = 0 BEGIN
    INSERT INTO rollup_enrolment(strategy_id, day, enrolled, reached, replied, met)
    SELECT strategy_id, day, 0, reached, replied, met FROM counted_enrolment WHERE id = new.id
    ON CONFLICT (strategy_id, day) DO UPDATE SET reached = reached + excluded.reached,
       replied = replied + excluded.replied, met = met + excluded.met;
END;

CREATE TRIGGER activity_touch_move AFTER UPDATE OF lead_id ON activity
WHEN new.lead_id <> old.lead_id AND (1 << new.kind) & 4718822 BEGIN
    UPDATE lead SET last_touch_at =
        (SELECT max(at) FROM activity WHERE lead_id = lead.id AND (1 << kind) & 4718822)
     WHERE id IN (old.lead_id, new.lead_id);
END;
CREATE TRIGGER task_score_move AFTER UPDATE OF lead_id ON task WHEN new.lead_id <> old.lead_id BEGIN
    UPDATE task SET score = (SELECT score FROM lead WHERE id = new.lead_id) WHERE id = new.id;
END;
