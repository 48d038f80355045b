-- Lists of a million leads: a page is walked in the order of one index and judged by another, so that the rows
-- themselves are read only for what is shown.

-- What filters ask about a lead, in the order of the table but seven times narrower. Walking any other index, a
-- lead is judged here; only a condition on a column that is not here reads the row.
CREATE INDEX lead_facet ON lead(id, status_id, owner_id, score, reach, company_id, next_task_at, last_touch_at,
                                created_at, archived_at, trashed_at, country);

-- The sortable columns, each with the id that makes a keyset unique. The two columns of the condition are in the
-- index too (they are NULL, a byte each): without them SQLite reads the row to know what the index says already.
DROP INDEX lead_by_name;
DROP INDEX lead_by_last_name;
DROP INDEX lead_by_company;
DROP INDEX lead_by_score;
DROP INDEX lead_by_status;
DROP INDEX lead_by_due;
DROP INDEX lead_by_touch;
CREATE INDEX lead_by_name ON lead(name_key, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_last_name ON lead(last_name_key, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_company ON lead(company_key, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_score ON lead(score, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_status ON lead(status_id, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_due ON lead(next_task_at, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_touch ON lead(last_touch_at, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_email ON lead(email_key, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_country ON lead(country, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_city ON lead(city, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_by_title ON lead(job_title, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
-- Who has few leads has them found here.
CREATE INDEX lead_by_owner ON lead(owner_id, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
-- Open leads nothing comes next for: few, if the workspace is in order.
CREATE INDEX lead_stranded ON lead(status_id, id, next_task_at, reach, archived_at, trashed_at)
    WHERE next_task_at IS NULL AND reach = 0 AND archived_at IS NULL AND trashed_at IS NULL;
-- What lists leave out unless asked for it.
CREATE INDEX lead_hidden ON lead(archived_at, trashed_at, id) WHERE archived_at IS NOT NULL OR trashed_at IS NOT NULL;

-- What a row of a list shows beside the lead, answered without the rows of these tables.
DROP INDEX enrolment_lead;
CREATE INDEX enrolment_lead ON enrolment(lead_id, id, strategy_id, version_id, state, stop_reason, next_step);
DROP INDEX task_lead_open;
CREATE INDEX task_lead_open ON task(lead_id, due_at, channel, state) WHERE state = 0;
-- Counting what is due reads no tasks either.
DROP INDEX task_queue;
CREATE INDEX task_queue ON task(due_at, score DESC, id, state) WHERE state = 0;
DROP INDEX task_queue_channel;
CREATE INDEX task_queue_channel ON task(channel, due_at, score DESC, id, state) WHERE state = 0;
