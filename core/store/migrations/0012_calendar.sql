-- The calendar: how much is planned and was done when, by channel, for each quarter of an hour of UTC, so that a day
-- is a range of them in every time zone. Who has 400,000 open tasks sees a month of them counted at once.
-- Derived, like the columns called so.

-- state as in task, without the cancelled ones: what is open stands where it is due, the rest where it was closed.
CREATE TABLE task_slot (
    state   INTEGER NOT NULL,
    slot    INTEGER NOT NULL, -- milliseconds / 900000
    channel INTEGER NOT NULL,
    tasks   INTEGER NOT NULL,
    PRIMARY KEY (state, slot, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO task_slot(state, slot, channel, tasks)
    SELECT state, CASE state WHEN 0 THEN due_at ELSE coalesce(closed_at, due_at) END / 900000, channel, count(*)
      FROM task WHERE state < 3 GROUP BY 1, 2, 3;

CREATE TRIGGER task_slot_insert AFTER INSERT ON task WHEN new.state < 3 BEGIN
    INSERT INTO task_slot(state, slot, channel, tasks)
        VALUES (new.state, CASE new.state WHEN 0 THEN new.due_at ELSE coalesce(new.closed_at, new.due_at) END / 900000,
                new.channel, 1)
        ON CONFLICT (state, slot, channel) DO UPDATE SET tasks = tasks + 1;
END;
CREATE TRIGGER task_slot_update AFTER UPDATE OF state, due_at, closed_at, channel ON task
WHEN new.state <> old.state OR new.due_at <> old.due_at OR new.closed_at IS NOT old.closed_at
  OR new.channel <> old.channel BEGIN
    UPDATE task_slot SET tasks = tasks - 1
     WHERE state = old.state AND channel = old.channel
       AND slot = CASE old.state WHEN 0 THEN old.due_at ELSE coalesce(old.closed_at, old.due_at) END / 900000;
    DELETE FROM task_slot
     WHERE state = old.state AND channel = old.channel AND tasks = 0
       AND slot = CASE old.state WHEN 0 THEN old.due_at ELSE coalesce(old.closed_at, old.due_at) END / 900000;
    INSERT INTO task_slot(state, slot, channel, tasks)
        SELECT new.state, CASE new.state WHEN 0 THEN new.due_at ELSE coalesce(new.closed_at, new.due_at) END / 900000,
               new.channel, 1 WHERE new.state < 3
        ON CONFLICT (state, slot, channel) DO UPDATE SET tasks = tasks + 1;
END;
CREATE TRIGGER task_slot_delete AFTER DELETE ON task WHEN old.state < 3 BEGIN
    UPDATE task_slot SET tasks = tasks - 1
     WHERE state = old.state AND channel = old.channel
       AND slot = CASE old.state WHEN 0 THEN old.due_at ELSE coalesce(old.closed_at, old.due_at) END / 900000;
    DELETE FROM task_slot
     WHERE state = old.state AND channel = old.channel AND tasks = 0
       AND slot = CASE old.state WHEN 0 THEN old.due_at ELSE coalesce(old.closed_at, old.due_at) END / 900000;
END;
