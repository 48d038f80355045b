-- Rules of strategies: what ends them, colleagues, canary, drip; variants of a step; gaps between contacts.

-- core/domain/strategy.h, StrategyRules. Strategies from before leave colleagues alone.
ALTER TABLE strategy_version ADD COLUMN stop_on_reply INTEGER NOT NULL DEFAULT 1 CHECK (stop_on_reply IN (0, 1));
ALTER TABLE strategy_version ADD COLUMN stop_on_meeting INTEGER NOT NULL DEFAULT 1 CHECK (stop_on_meeting IN (0, 1));
ALTER TABLE strategy_version ADD COLUMN stop_on_talked INTEGER NOT NULL DEFAULT 0 CHECK (stop_on_talked IN (0, 1));
ALTER TABLE strategy_version ADD COLUMN stop_status_id INTEGER REFERENCES status(id);
ALTER TABLE strategy_version ADD COLUMN colleague_reply INTEGER NOT NULL DEFAULT 0 CHECK (colleague_reply BETWEEN 0 AND 2);
ALTER TABLE strategy_version ADD COLUMN colleague_days INTEGER NOT NULL DEFAULT 5 CHECK (colleague_days BETWEEN 0 AND 365);
ALTER TABLE strategy_version ADD COLUMN canary_percent INTEGER NOT NULL DEFAULT 0 CHECK (canary_percent BETWEEN 0 AND 100);
ALTER TABLE strategy_version ADD COLUMN per_weekday INTEGER NOT NULL DEFAULT 0 CHECK (per_weekday >= 0);
ALTER TABLE strategy_version ADD COLUMN released_at INTEGER;

ALTER TABLE step ADD COLUMN weight INTEGER NOT NULL DEFAULT 1 CHECK (weight >= 0);
CREATE TABLE step_variant (
    id       INTEGER PRIMARY KEY,
    step_id  INTEGER NOT NULL REFERENCES step(id),
    position INTEGER NOT NULL CHECK (position >= 1), -- 1 is B
    weight   INTEGER NOT NULL DEFAULT 1 CHECK (weight >= 0),
    subject  TEXT NOT NULL DEFAULT '',
    body     TEXT NOT NULL DEFAULT '',
    UNIQUE (step_id, position)
) STRICT;

ALTER TABLE enrolment ADD COLUMN starts_at INTEGER;
ALTER TABLE enrolment ADD COLUMN pause_reason INTEGER NOT NULL DEFAULT 0 CHECK (pause_reason BETWEEN 0 AND 15);
ALTER TABLE enrolment ADD COLUMN canary INTEGER NOT NULL DEFAULT 0 CHECK (canary BETWEEN 0 AND 2);
-- The reasons stop_reason cannot hold; it says 6 then.
ALTER TABLE enrolment ADD COLUMN stop_cause INTEGER NOT NULL DEFAULT 0 CHECK (stop_cause BETWEEN 0 AND 63);
DROP INDEX enrolment_lead;
CREATE INDEX enrolment_lead ON enrolment(lead_id, id, strategy_id, version_id, state, stop_reason, next_step, stop_cause);
-- Whose turn a day of the drip was, and what the canary made of the latest.
CREATE INDEX enrolment_starts ON enrolment(strategy_id, starts_at) WHERE starts_at IS NOT NULL;
CREATE INDEX enrolment_canary ON enrolment(version_id, id, canary) WHERE canary > 0;

-- An open status that ends a strategy (core/domain/auto_stop.h has the final ones), whoever sets it.
CREATE TRIGGER lead_status_stop AFTER UPDATE OF status_id ON lead
WHEN new.status_id <> old.status_id
 AND (SELECT kind FROM status WHERE id = new.status_id) = 0
 AND (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    UPDATE enrolment SET state = 3, stop_reason = 6, stop_cause = 10, paused_until = NULL,
           ended_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)
     WHERE lead_id = new.id AND state < 2
       AND version_id IN (SELECT id FROM strategy_version WHERE stop_status_id = new.status_id);
END;
