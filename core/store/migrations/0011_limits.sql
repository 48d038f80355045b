-- Limits of a mailbox beside the daily one, its ramp, and what makes it pause by itself (core/domain/mailbox.h).

ALTER TABLE mailbox ADD COLUMN minute_limit INTEGER NOT NULL DEFAULT 0 CHECK (minute_limit >= 0);
ALTER TABLE mailbox ADD COLUMN hour_limit INTEGER NOT NULL DEFAULT 0 CHECK (hour_limit >= 0);
ALTER TABLE mailbox ADD COLUMN week_limit INTEGER NOT NULL DEFAULT 0 CHECK (week_limit >= 0);
ALTER TABLE mailbox ADD COLUMN domain_hour_limit INTEGER NOT NULL DEFAULT 0 CHECK (domain_hour_limit >= 0);
ALTER TABLE mailbox ADD COLUMN spacing_up_to INTEGER NOT NULL DEFAULT 0 CHECK (spacing_up_to >= 0);
ALTER TABLE mailbox ADD COLUMN ramp_start INTEGER NOT NULL DEFAULT 0 CHECK (ramp_start >= 0);
ALTER TABLE mailbox ADD COLUMN ramp_step INTEGER NOT NULL DEFAULT 0 CHECK (ramp_step >= 0);
ALTER TABLE mailbox ADD COLUMN ramp_began_at INTEGER;
ALTER TABLE mailbox ADD COLUMN pause_bounce_percent INTEGER NOT NULL DEFAULT 5 CHECK (pause_bounce_percent BETWEEN 0 AND 100);
ALTER TABLE mailbox ADD COLUMN pause_error_percent INTEGER NOT NULL DEFAULT 0 CHECK (pause_error_percent BETWEEN 0 AND 100);

-- What left for one domain lately, from whichever mailbox.
CREATE INDEX send_ledger_domain ON send_ledger(domain, at);
