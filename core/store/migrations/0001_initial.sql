-- The first schema. Immutable once released: a change is the next numbered file.
--
-- Moments are milliseconds since 1970 (UTC). Enum values are those of core/domain. A column marked
-- "derived" is kept by a trigger below: it is neither journaled nor part of the content hash.
-- A column marked "engine" is moved by the sending engine and not journaled either.

-- What this file is. One row per fact.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL -- JSON
) STRICT;

-- ── The journal: every change of every path, grouped into named actions ──────────────────────────

CREATE TABLE action (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,                                  -- machine name: "lead.edit"
    subject   TEXT NOT NULL DEFAULT '',                       -- whom or what it concerned, for people
    actor_id  INTEGER,
    origin    INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 7),
    undoable  INTEGER NOT NULL DEFAULT 1 CHECK (undoable IN (0, 1)),
    hlc       TEXT NOT NULL,                                  -- hybrid logical clock
    at        INTEGER NOT NULL,
    kind      INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 2), -- done, undo, redo
    undo_of   INTEGER REFERENCES action(id),                  -- undo: what it took back; redo: which undo
    undone_by INTEGER REFERENCES action(id),                  -- the action that took this one back
    first_change INTEGER,                                     -- its changes lie in this range of ids
    last_change  INTEGER
) STRICT;
CREATE INDEX action_undo ON action(kind, id) WHERE undoable = 1 AND undone_by IS NULL;

CREATE TABLE change (
    id        INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL,
    tbl       INTEGER NOT NULL,                               -- journal/journaled_tables.cpp
    row_id    INTEGER NOT NULL,                               -- of a range: its first row
    op        INTEGER NOT NULL CHECK (op BETWEEN 0 AND 3),    -- insert, update, delete, insert range
    col       INTEGER,                                        -- update: which column
    old       ANY,                                            -- update: the value; delete: the row as JSON
    new       ANY                                             -- update: the value; range: its last row
) STRICT;
CREATE INDEX change_row ON change(tbl, row_id, id);

-- One row. The capture triggers write only while an action is set; every other way into the file
-- (a recovery shell, a migration) goes unjournaled but keeps every rule below.
CREATE TABLE journal_state (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    action_id INTEGER,
    mode      INTEGER NOT NULL DEFAULT 0 CHECK (mode BETWEEN 0 AND 2) -- normal, bulk insert, undo
) STRICT;
INSERT INTO journal_state(id) VALUES (1);

-- ── People of the workspace ──────────────────────────────────────────────────────────────────────

CREATE TABLE member (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    email      TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE status (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    kind     INTEGER NOT NULL CHECK (kind IN (0, 1)),
    position INTEGER NOT NULL,
    built_in INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1))
) STRICT;
INSERT INTO status(id, key, name, kind, position, built_in) VALUES
    (1, 'new',          'New',          0, 0, 1),
    (2, 'in_progress',  'In progress',  0, 1, 1),
    (3, 'replied',      'Replied',      1, 2, 1),
    (4, 'qualified',    'Qualified',    1, 3, 1),
    (5, 'disqualified', 'Disqualified', 1, 4, 1);

-- ── Companies and leads ──────────────────────────────────────────────────────────────────────────

CREATE TABLE company (
    id           INTEGER PRIMARY KEY,
    domain       TEXT NOT NULL DEFAULT '',
    name         TEXT NOT NULL DEFAULT '',
    name_key     TEXT NOT NULL DEFAULT '', -- folded, without accents
    short_name   TEXT NOT NULL DEFAULT '',
    industry     TEXT NOT NULL DEFAULT '',
    employees    INTEGER,
    revenue      TEXT NOT NULL DEFAULT '',
    phone        TEXT NOT NULL DEFAULT '',
    website      TEXT NOT NULL DEFAULT '',
    linkedin_url TEXT NOT NULL DEFAULT '',
    city         TEXT NOT NULL DEFAULT '',
    region       TEXT NOT NULL DEFAULT '',
    country      TEXT NOT NULL DEFAULT '',
    external_id  TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX company_domain ON company(domain) WHERE domain <> '';
CREATE INDEX company_name ON company(name_key) WHERE name_key <> '';

CREATE TABLE lead (
    id            INTEGER PRIMARY KEY,
    company_id    INTEGER REFERENCES company(id),
    status_id     INTEGER NOT NULL DEFAULT 1 REFERENCES status(id),
    owner_id      INTEGER REFERENCES member(id),
    score         INTEGER NOT NULL DEFAULT 0 CHECK (score BETWEEN 0 AND 100),
    reach         INTEGER NOT NULL DEFAULT 0 CHECK (reach BETWEEN 0 AND 3),
    next_task_at  INTEGER,                 -- derived: when the earliest open task is due
    last_touch_at INTEGER,                 -- derived: the last activity with the person
    created_at    INTEGER NOT NULL,
    archived_at   INTEGER,
    trashed_at    INTEGER,
    first_name    TEXT NOT NULL DEFAULT '',
    last_name     TEXT NOT NULL DEFAULT '',
    company_name  TEXT NOT NULL DEFAULT '',
    job_title     TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    email_key     TEXT NOT NULL DEFAULT '',
    phone         TEXT NOT NULL DEFAULT '',
    phone_key     TEXT NOT NULL DEFAULT '',
    linkedin_url  TEXT NOT NULL DEFAULT '',
    city          TEXT NOT NULL DEFAULT '',
    country       TEXT NOT NULL DEFAULT '',
    time_zone     TEXT NOT NULL DEFAULT '',
    name_key      TEXT NOT NULL DEFAULT '', -- "first last" folded, for sorting and searching
    last_name_key TEXT NOT NULL DEFAULT '',
    company_key   TEXT NOT NULL DEFAULT '',
    salutation    TEXT NOT NULL DEFAULT '',
    middle_name   TEXT NOT NULL DEFAULT '',
    department    TEXT NOT NULL DEFAULT '',
    street        TEXT NOT NULL DEFAULT '',
    region        TEXT NOT NULL DEFAULT '',
    postal_code   TEXT NOT NULL DEFAULT '',
    language      TEXT NOT NULL DEFAULT '',
    source        TEXT NOT NULL DEFAULT '',
    external_id   TEXT NOT NULL DEFAULT '',
    import_id     INTEGER REFERENCES import(id)
) STRICT;
-- Upsert keys.
CREATE INDEX lead_email ON lead(email_key) WHERE email_key <> '';
CREATE INDEX lead_phone ON lead(phone_key) WHERE phone_key <> '';
CREATE INDEX lead_linkedin ON lead(linkedin_url) WHERE linkedin_url <> '';
CREATE INDEX lead_external ON lead(external_id) WHERE external_id <> '';
CREATE INDEX lead_company ON lead(company_id) WHERE company_id IS NOT NULL;
CREATE INDEX lead_import ON lead(import_id) WHERE import_id IS NOT NULL;
-- The sortable columns of the leads table, each with the id that makes a keyset unique.
CREATE INDEX lead_by_name ON lead(name_key, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_last_name ON lead(last_name_key, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_company ON lead(company_key, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_score ON lead(score, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_status ON lead(status_id, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_due ON lead(next_task_at, id) WHERE trashed_at IS NULL AND archived_at IS NULL;
CREATE INDEX lead_by_touch ON lead(last_touch_at, id) WHERE trashed_at IS NULL AND archived_at IS NULL;

-- Second addresses, numbers and profiles; the primary ones are in the lead itself.
CREATE TABLE contact_point (
    id       INTEGER PRIMARY KEY,
    lead_id  INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    label    TEXT NOT NULL DEFAULT '',
    value    TEXT NOT NULL,
    key      TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_point_lead ON contact_point(lead_id, position);
CREATE INDEX contact_point_key ON contact_point(key, kind) WHERE key <> '';

CREATE TABLE tag (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE lead_tag (
    id      INTEGER PRIMARY KEY,
    lead_id INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    tag_id  INTEGER NOT NULL REFERENCES tag(id),
    UNIQUE (lead_id, tag_id)
) STRICT;
CREATE INDEX lead_tag_tag ON lead_tag(tag_id, lead_id);

CREATE TABLE custom_field (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    type       INTEGER NOT NULL DEFAULT 0 CHECK (type BETWEEN 0 AND 7), -- text first; the rest with their rules
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE custom_value (
    id       INTEGER PRIMARY KEY,
    lead_id  INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    field_id INTEGER NOT NULL REFERENCES custom_field(id),
    value    TEXT NOT NULL,
    UNIQUE (lead_id, field_id)
) STRICT;
CREATE INDEX custom_value_field ON custom_value(field_id, value);

CREATE TABLE import (
    id           INTEGER PRIMARY KEY,
    file_name    TEXT NOT NULL,
    format       TEXT NOT NULL,
    mapping      TEXT NOT NULL, -- JSON
    row_count    INTEGER NOT NULL DEFAULT 0,
    new_count    INTEGER NOT NULL DEFAULT 0,
    update_count INTEGER NOT NULL DEFAULT 0,
    same_count   INTEGER NOT NULL DEFAULT 0,
    error_count  INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
) STRICT;

-- Rows that could not be taken, kept word for word until the person has dealt with them.
CREATE TABLE import_error (
    id         INTEGER PRIMARY KEY,
    import_id  INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
    row_number INTEGER NOT NULL, -- 1-based, as a spreadsheet counts
    code       TEXT NOT NULL,    -- machine name of the error
    detail     TEXT NOT NULL DEFAULT '',
    raw        TEXT NOT NULL     -- JSON array of the cells
) STRICT;
CREATE INDEX import_error_import ON import_error(import_id, row_number);

-- ── Strategies ───────────────────────────────────────────────────────────────────────────────────

CREATE TABLE mailbox (
    id              INTEGER PRIMARY KEY,
    kind            INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),
    address         TEXT NOT NULL,
    address_key     TEXT NOT NULL UNIQUE,
    display_name    TEXT NOT NULL DEFAULT '',
    signature       TEXT NOT NULL DEFAULT '',
    opt_out_line    TEXT NOT NULL DEFAULT '',
    smtp_host       TEXT NOT NULL DEFAULT '',
    smtp_port       INTEGER NOT NULL DEFAULT 0,
    smtp_tls        INTEGER NOT NULL DEFAULT 2 CHECK (smtp_tls BETWEEN 0 AND 2),
    imap_host       TEXT NOT NULL DEFAULT '',
    imap_port       INTEGER NOT NULL DEFAULT 0,
    imap_tls        INTEGER NOT NULL DEFAULT 2 CHECK (imap_tls BETWEEN 0 AND 2),
    auth            INTEGER NOT NULL DEFAULT 1 CHECK (auth BETWEEN 0 AND 3),
    user_name       TEXT NOT NULL DEFAULT '',
    ca_file         TEXT NOT NULL DEFAULT '',
    inbox_folder    TEXT NOT NULL DEFAULT 'INBOX',
    sent_folder     TEXT NOT NULL DEFAULT '',
    daily_limit     INTEGER NOT NULL DEFAULT 50 CHECK (daily_limit >= 0),
    hold_seconds    INTEGER NOT NULL DEFAULT 10 CHECK (hold_seconds >= 0),
    spacing_seconds INTEGER NOT NULL DEFAULT 0 CHECK (spacing_seconds >= 0),
    state           INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
    state_reason    TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL
) STRICT;

-- Where reading a folder has come to; not content, a resync rebuilds it (RFC 3501 §2.3.1.1).
CREATE TABLE mailbox_cursor (
    mailbox_id   INTEGER NOT NULL REFERENCES mailbox(id) ON DELETE CASCADE,
    folder       TEXT NOT NULL,
    uid_validity INTEGER NOT NULL DEFAULT 0,
    last_uid     INTEGER NOT NULL DEFAULT 0,
    fetched_at   INTEGER,
    checked_at   INTEGER,
    PRIMARY KEY (mailbox_id, folder)
) STRICT, WITHOUT ROWID;

CREATE TABLE strategy (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    state      INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
    version_id INTEGER,
    mailbox_id INTEGER REFERENCES mailbox(id),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE strategy_version (
    id            INTEGER PRIMARY KEY,
    strategy_id   INTEGER NOT NULL REFERENCES strategy(id),
    number        INTEGER NOT NULL,
    offset_base   INTEGER NOT NULL CHECK (offset_base IN (0, 1)),
    business_days INTEGER NOT NULL CHECK (business_days IN (0, 1)),
    window_days   INTEGER NOT NULL CHECK (window_days BETWEEN 0 AND 127),
    window_start  INTEGER NOT NULL CHECK (window_start BETWEEN 0 AND 1439),
    window_end    INTEGER NOT NULL CHECK (window_end BETWEEN 1 AND 1440),
    published_at  INTEGER NOT NULL,
    UNIQUE (strategy_id, number)
) STRICT;

CREATE TABLE step (
    id           INTEGER PRIMARY KEY,
    version_id   INTEGER NOT NULL REFERENCES strategy_version(id),
    position     INTEGER NOT NULL,
    channel      INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 4),
    day_offset   INTEGER NOT NULL CHECK (day_offset >= 0),
    window_days  INTEGER CHECK (window_days BETWEEN 0 AND 127), -- NULL: the version's window
    window_start INTEGER CHECK (window_start BETWEEN 0 AND 1439),
    window_end   INTEGER CHECK (window_end BETWEEN 1 AND 1440),
    thread       INTEGER NOT NULL DEFAULT 0 CHECK (thread IN (0, 1)),
    subject      TEXT NOT NULL DEFAULT '',
    body         TEXT NOT NULL DEFAULT '',
    UNIQUE (version_id, position)
) STRICT;

CREATE TABLE enrolment (
    id           INTEGER PRIMARY KEY,
    lead_id      INTEGER NOT NULL REFERENCES lead(id),
    strategy_id  INTEGER NOT NULL REFERENCES strategy(id),
    version_id   INTEGER NOT NULL REFERENCES strategy_version(id),
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    stop_reason  INTEGER NOT NULL DEFAULT 0 CHECK (stop_reason BETWEEN 0 AND 7),
    next_step    INTEGER NOT NULL DEFAULT 0,
    enrolled_at  INTEGER NOT NULL,
    last_step_at INTEGER,
    paused_until INTEGER,
    ended_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX enrolment_running ON enrolment(lead_id, strategy_id) WHERE state < 2;
CREATE INDEX enrolment_lead ON enrolment(lead_id, id);
CREATE INDEX enrolment_strategy ON enrolment(strategy_id, state, lead_id);

CREATE TABLE task (
    id           INTEGER PRIMARY KEY,
    lead_id      INTEGER NOT NULL REFERENCES lead(id),
    enrolment_id INTEGER REFERENCES enrolment(id),
    step_id      INTEGER REFERENCES step(id),
    channel      INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 4),
    state        INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    due_at       INTEGER NOT NULL,
    score        INTEGER NOT NULL DEFAULT 0, -- derived: the lead's, for the queue's order
    snoozed      INTEGER NOT NULL DEFAULT 0 CHECK (snoozed IN (0, 1)),
    disposition  INTEGER NOT NULL DEFAULT 0 CHECK (disposition BETWEEN 0 AND 6),
    title        TEXT NOT NULL DEFAULT '',
    note         TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    closed_at    INTEGER
) STRICT;
-- Today's queue: what is overdue by date, the rest of the day by channel; both by time, then score.
CREATE INDEX task_queue ON task(due_at, score DESC, id) WHERE state = 0;
CREATE INDEX task_queue_channel ON task(channel, due_at, score DESC, id) WHERE state = 0;
CREATE INDEX task_lead_open ON task(lead_id, due_at) WHERE state = 0;
CREATE INDEX task_lead ON task(lead_id); -- taking a lead away asks for its tasks, open or not
CREATE INDEX task_enrolment ON task(enrolment_id, state) WHERE enrolment_id IS NOT NULL;
CREATE INDEX task_closed ON task(closed_at) WHERE closed_at IS NOT NULL;

-- ── The timeline and the mail ────────────────────────────────────────────────────────────────────

-- Clustered by lead and time: one lead's page of history is next to each other on the disk.
CREATE TABLE activity (
    id               INTEGER NOT NULL UNIQUE,
    lead_id          INTEGER NOT NULL REFERENCES lead(id),
    at               INTEGER NOT NULL,
    kind             INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 63),
    enrolment_id     INTEGER,
    step_id          INTEGER,
    message_id       INTEGER,
    disposition      INTEGER NOT NULL DEFAULT 0,
    duration_seconds INTEGER,
    subject          TEXT NOT NULL DEFAULT '',
    text             TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (lead_id, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id                INTEGER PRIMARY KEY,
    lead_id           INTEGER REFERENCES lead(id),
    mailbox_id        INTEGER REFERENCES mailbox(id),
    direction         INTEGER NOT NULL CHECK (direction IN (0, 1)),
    class             INTEGER NOT NULL DEFAULT 0 CHECK (class BETWEEN 0 AND 5),
    at                INTEGER NOT NULL,
    handled           INTEGER NOT NULL DEFAULT 0 CHECK (handled IN (0, 1)),
    message_id_header TEXT NOT NULL DEFAULT '',
    in_reply_to       TEXT NOT NULL DEFAULT '',
    from_address      TEXT NOT NULL DEFAULT '',
    to_address        TEXT NOT NULL DEFAULT '',
    subject           TEXT NOT NULL DEFAULT '',
    text              TEXT NOT NULL DEFAULT '',
    quoted_lines      INTEGER NOT NULL DEFAULT 0,
    rule              TEXT NOT NULL DEFAULT '',
    raw               BLOB NOT NULL DEFAULT x'' -- zstd
) STRICT;
CREATE INDEX message_header ON message(message_id_header) WHERE message_id_header <> '';
CREATE INDEX message_lead ON message(lead_id, at) WHERE lead_id IS NOT NULL;
CREATE INDEX message_inbox ON message(class, handled, at) WHERE direction = 1;

-- Outbound ids a reply may quote: ours, and what a provider made of it.
CREATE TABLE message_alias (
    header     TEXT PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Messages on their way out; the rendered bytes are the message's.
CREATE TABLE outbox (
    id                INTEGER PRIMARY KEY,
    lead_id           INTEGER NOT NULL REFERENCES lead(id),
    enrolment_id      INTEGER REFERENCES enrolment(id),
    step_id           INTEGER REFERENCES step(id),
    task_id           INTEGER REFERENCES task(id),
    mailbox_id        INTEGER NOT NULL REFERENCES mailbox(id),
    message_id        INTEGER NOT NULL REFERENCES message(id),
    channel           INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 4),
    state             INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7),       -- engine
    wait_reason       INTEGER NOT NULL DEFAULT 0,                           -- engine
    earliest_at       INTEGER NOT NULL,                                     -- engine
    attempts          INTEGER NOT NULL DEFAULT 0,                           -- engine
    refused_hard      INTEGER NOT NULL DEFAULT 0 CHECK (refused_hard IN (0, 1)), -- engine
    server_answer     TEXT NOT NULL DEFAULT '',                             -- engine
    settled_at        INTEGER,                                              -- engine
    created_at        INTEGER NOT NULL,
    recipient         TEXT NOT NULL,
    recipient_key     TEXT NOT NULL,
    message_id_header TEXT NOT NULL,
    idempotency_key   TEXT NOT NULL UNIQUE,
    subject           TEXT NOT NULL DEFAULT ''
) STRICT;
-- One message per step and recipient, ever; a dropped one makes room for its successor.
CREATE UNIQUE INDEX outbox_once ON outbox(enrolment_id, step_id, recipient_key)
    WHERE enrolment_id IS NOT NULL AND state <> 7;
CREATE INDEX outbox_waiting ON outbox(mailbox_id, earliest_at, id) WHERE state IN (0, 1);
CREATE INDEX outbox_unsettled ON outbox(state, id) WHERE state IN (0, 1, 2, 3, 6);
CREATE INDEX outbox_lead ON outbox(lead_id, id);
CREATE INDEX outbox_message ON outbox(message_id);
CREATE INDEX outbox_settled ON outbox(settled_at) WHERE settled_at IS NOT NULL;

-- Every hand-over to a server that may have counted against a limit. Limits are counted from here,
-- in the transaction that claims: there is no counter someone can forget.
CREATE TABLE send_ledger (
    id         INTEGER PRIMARY KEY,
    outbox_id  INTEGER NOT NULL,
    mailbox_id INTEGER NOT NULL,
    domain     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX send_ledger_mailbox ON send_ledger(mailbox_id, at);

CREATE TABLE suppression (
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    key        TEXT NOT NULL,
    reason     INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 5),
    source     TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    UNIQUE (kind, key)
) STRICT;

CREATE TABLE saved_view (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    filter   TEXT NOT NULL,
    sort     TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- ── Secrets: mailbox passwords and tokens, and who read them when ────────────────────────────────

CREATE TABLE secret (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE, -- "mailbox/1234/password"
    value BLOB NOT NULL
) STRICT;

CREATE TABLE secret_audit (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    what TEXT NOT NULL, -- "read", "written", "removed"
    why  TEXT NOT NULL DEFAULT '',
    at   INTEGER NOT NULL
) STRICT;

-- ── The practice mailbox's server: mail its prospects have written, with the moment it arrives ───

CREATE TABLE practice_mail (
    id         INTEGER PRIMARY KEY,
    arrives_at INTEGER NOT NULL,
    raw        BLOB NOT NULL
) STRICT;

-- ── Search ───────────────────────────────────────────────────────────────────────────────────────

-- rowid = lead.id, so newest first is rowid order. pgsz: FTS5's default overflows SQLCipher's pages.
CREATE VIRTUAL TABLE lead_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO lead_search(lead_search, rank) VALUES ('pgsz', 3900);

-- rowid = activity.id: notes, subjects and message texts.
CREATE VIRTUAL TABLE text_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='2 3',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO text_search(text_search, rank) VALUES ('pgsz', 3900);

CREATE TRIGGER lead_search_insert AFTER INSERT ON lead
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 1 BEGIN
    INSERT INTO lead_search(rowid, words) VALUES (new.id,
        new.first_name || ' ' || new.last_name || ' ' || new.company_name || ' ' || new.email || ' ' || new.job_title);
END;
CREATE TRIGGER lead_search_update AFTER UPDATE OF first_name, last_name, company_name, email, job_title ON lead
WHEN new.first_name <> old.first_name OR new.last_name <> old.last_name OR new.email <> old.email
  OR new.company_name <> old.company_name OR new.job_title <> old.job_title BEGIN
    DELETE FROM lead_search WHERE rowid = old.id;
    INSERT INTO lead_search(rowid, words) VALUES (new.id,
        new.first_name || ' ' || new.last_name || ' ' || new.company_name || ' ' || new.email || ' ' || new.job_title);
END;
CREATE TRIGGER lead_search_delete AFTER DELETE ON lead BEGIN
    DELETE FROM lead_search WHERE rowid = old.id;
END;
-- Not where a lead came from (imported, created): every row of a file says the same there.
CREATE TRIGGER text_search_insert AFTER INSERT ON activity
WHEN (new.text <> '' OR new.subject <> '') AND new.kind NOT IN (14, 15) BEGIN
    INSERT INTO text_search(rowid, words) VALUES (new.id, new.subject || ' ' || new.text);
END;
CREATE TRIGGER text_search_delete AFTER DELETE ON activity
WHEN (old.text <> '' OR old.subject <> '') AND old.kind NOT IN (14, 15) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
END;

-- ── Rules that hold whoever writes ───────────────────────────────────────────────────────────────

-- Auto-stop (core/domain/auto_stop.h): a terminal status ends every running enrolment and every
-- open task of the lead. Not while an undo puts recorded values back: they include the effects.
CREATE TRIGGER lead_auto_stop AFTER UPDATE OF status_id ON lead
WHEN new.status_id <> old.status_id
 AND (SELECT kind FROM status WHERE id = new.status_id) = 1
 AND (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    UPDATE enrolment SET state = 3, stop_reason = 1,
           ended_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)
     WHERE lead_id = new.id AND state < 2;
    UPDATE task SET state = 3, closed_at = CAST(unixepoch('subsec') * 1000 AS INTEGER)
     WHERE lead_id = new.id AND state = 0;
END;

-- A stopped or finished enrolment has no open task, and nothing of it leaves any more.
CREATE TRIGGER enrolment_ended AFTER UPDATE OF state ON enrolment
WHEN new.state >= 2 AND old.state < 2
 AND (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    UPDATE task SET state = 3, closed_at = coalesce(new.ended_at, CAST(unixepoch('subsec') * 1000 AS INTEGER))
     WHERE enrolment_id = new.id AND state = 0;
    UPDATE outbox SET state = 7, settled_at = coalesce(new.ended_at, CAST(unixepoch('subsec') * 1000 AS INTEGER))
     WHERE enrolment_id = new.id AND state IN (0, 1) AND new.state = 3;
END;

-- lead.next_task_at
CREATE TRIGGER task_insert_next AFTER INSERT ON task WHEN new.state = 0 BEGIN
    UPDATE task SET score = (SELECT score FROM lead WHERE id = new.lead_id) WHERE id = new.id;
    UPDATE lead SET next_task_at = new.due_at
     WHERE id = new.lead_id AND (next_task_at IS NULL OR next_task_at > new.due_at);
END;
CREATE TRIGGER task_update_next AFTER UPDATE OF state, due_at, lead_id ON task
WHEN new.state IS NOT old.state OR new.due_at <> old.due_at OR new.lead_id <> old.lead_id BEGIN
    UPDATE lead SET next_task_at = (SELECT min(due_at) FROM task WHERE lead_id = lead.id AND state = 0)
     WHERE id IN (new.lead_id, old.lead_id);
END;
CREATE TRIGGER task_delete_next AFTER DELETE ON task WHEN old.state = 0 BEGIN
    UPDATE lead SET next_task_at = (SELECT min(due_at) FROM task WHERE lead_id = lead.id AND state = 0)
     WHERE id = old.lead_id;
END;
CREATE TRIGGER lead_score_tasks AFTER UPDATE OF score ON lead WHEN new.score <> old.score BEGIN
    UPDATE task SET score = new.score WHERE lead_id = new.id AND state = 0;
END;

-- lead.last_touch_at: the kinds of isTouch() in core/domain/activity.cpp
CREATE TRIGGER activity_touch AFTER INSERT ON activity WHEN new.kind IN (1, 2, 5, 6, 7, 19) BEGIN
    UPDATE lead SET last_touch_at = new.at
     WHERE id = new.lead_id AND (last_touch_at IS NULL OR last_touch_at < new.at);
END;
CREATE TRIGGER activity_untouch AFTER DELETE ON activity WHEN old.kind IN (1, 2, 5, 6, 7, 19) BEGIN
    UPDATE lead SET last_touch_at =
        (SELECT max(at) FROM activity WHERE lead_id = old.lead_id AND kind IN (1, 2, 5, 6, 7, 19))
     WHERE id = old.lead_id;
END;

-- Activities are append-only: a wrong one is taken back (an undo) or erased with its lead.
CREATE TRIGGER activity_append_only AFTER UPDATE ON activity
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    SELECT RAISE(ABORT, 'activities are append-only');
END;
CREATE TRIGGER activity_keep BEFORE DELETE ON activity
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    SELECT RAISE(ABORT, 'activities are append-only');
END;

-- A published version never changes.
CREATE TRIGGER step_immutable BEFORE UPDATE ON step
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 2 BEGIN
    SELECT RAISE(ABORT, 'a published step never changes');
END;
