-- The send fence (core/store/send_fence.h): whether this file may send. Neither journaled nor content:
-- it says what the file is, not what is in it.

CREATE TABLE send_fence (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    lineage   TEXT NOT NULL DEFAULT '',   -- random; equal to the one kept outside the file
    sends     INTEGER NOT NULL DEFAULT 0, -- how often a message was about to leave; outside never ahead of it
    latest_at INTEGER NOT NULL DEFAULT 0, -- the latest moment one was
    raised    INTEGER NOT NULL DEFAULT 0 CHECK (raised BETWEEN 0 AND 3) -- FenceReason; 0: messages may leave
) STRICT;
INSERT INTO send_fence(id) VALUES (1);

-- Messages a person has released one by one while the fence is up.
CREATE TABLE send_fence_pass (
    outbox_id INTEGER PRIMARY KEY
) STRICT;
