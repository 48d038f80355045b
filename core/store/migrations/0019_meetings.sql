-- Meetings from calendars (core/domain/meeting.h).

CREATE TABLE calendar_source (
    id          INTEGER PRIMARY KEY,
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    name        TEXT NOT NULL,
    url         TEXT NOT NULL DEFAULT '',
    user_name   TEXT NOT NULL DEFAULT '',
    mailbox_id  INTEGER REFERENCES mailbox(id) ON DELETE SET NULL, -- whose sign-in
    ca_file     TEXT NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    approved_at INTEGER,                     -- NULL: nothing of it is kept yet
    read_at     INTEGER,                     -- engine
    problem     TEXT NOT NULL DEFAULT ''     -- engine
) STRICT;

-- An occurrence. title, location and attendees are empty when no lead takes part: then only the time is kept.
CREATE TABLE meeting (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL REFERENCES calendar_source(id),
    uid        TEXT NOT NULL,
    recurrence TEXT NOT NULL DEFAULT '',     -- which occurrence; '': it does not recur
    remote     TEXT NOT NULL DEFAULT '',     -- what the source calls it: a path, an id
    sequence   INTEGER NOT NULL DEFAULT 0,
    stamped_at INTEGER NOT NULL DEFAULT 0,
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL CHECK (ends_at >= starts_at),
    all_day    INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
    busy       INTEGER NOT NULL DEFAULT 1 CHECK (busy IN (0, 1)),
    state      INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
    title      TEXT NOT NULL DEFAULT '',
    location   TEXT NOT NULL DEFAULT '',
    UNIQUE (uid, recurrence)
) STRICT;
CREATE INDEX meeting_start ON meeting(starts_at);
CREATE INDEX meeting_remote ON meeting(source_id, remote);

CREATE TABLE meeting_attendee (
    id           INTEGER PRIMARY KEY,
    meeting_id   INTEGER NOT NULL REFERENCES meeting(id) ON DELETE CASCADE,
    lead_id      INTEGER REFERENCES lead(id) ON DELETE CASCADE,
    address      TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    answer       INTEGER NOT NULL DEFAULT 0 CHECK (answer BETWEEN 0 AND 3),
    is_organizer INTEGER NOT NULL DEFAULT 0 CHECK (is_organizer IN (0, 1))
) STRICT;
CREATE INDEX meeting_attendee_meeting ON meeting_attendee(meeting_id);
CREATE INDEX meeting_attendee_lead ON meeting_attendee(lead_id) WHERE lead_id IS NOT NULL;

-- Which entry of a lead's timeline tells of an event: one, however often it recurs, moves or is read.
CREATE TABLE meeting_activity (
    id          INTEGER PRIMARY KEY,
    lead_id     INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    uid         TEXT NOT NULL,
    activity_id INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_activity_lead ON meeting_activity(lead_id, uid); -- two leads that are made one may have both
CREATE INDEX meeting_activity_activity ON meeting_activity(activity_id);

-- How far a calendar has been read; not content, reading all of it again rebuilds it.
CREATE TABLE calendar_cursor (
    source_id  INTEGER NOT NULL REFERENCES calendar_source(id) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    token      TEXT NOT NULL,    -- sync token, or ctag
    whole_at   INTEGER NOT NULL, -- when all of it was read
    PRIMARY KEY (source_id, collection)
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_object (
    source_id INTEGER NOT NULL REFERENCES calendar_source(id) ON DELETE CASCADE,
    path      TEXT NOT NULL,
    etag      TEXT NOT NULL,
    PRIMARY KEY (source_id, path)
) STRICT, WITHOUT ROWID;

-- Hours the person has given to a task: free time is told around them.
CREATE INDEX task_by_hand ON task(due_at) WHERE state = 0 AND channel <> 0 AND (snoozed = 1 OR enrolment_id IS NULL);
