-- The board and the companies.

-- How many leads that are neither archived nor in the trash stand where, and whose (0: nobody's). Derived, like
-- the columns called so; who has a million leads sees them counted at once.
CREATE TABLE status_count (
    status_id INTEGER NOT NULL,
    owner_id  INTEGER NOT NULL,
    leads     INTEGER NOT NULL,
    PRIMARY KEY (status_id, owner_id)
) STRICT, WITHOUT ROWID;
INSERT INTO status_count(status_id, owner_id, leads)
    SELECT status_id, coalesce(owner_id, 0), count(*) FROM lead
     WHERE archived_at IS NULL AND trashed_at IS NULL GROUP BY 1, 2;

CREATE TRIGGER status_count_insert AFTER INSERT ON lead WHEN new.archived_at IS NULL AND new.trashed_at IS NULL BEGIN
    INSERT INTO status_count(status_id, owner_id, leads) VALUES (new.status_id, coalesce(new.owner_id, 0), 1)
        ON CONFLICT (status_id, owner_id) DO UPDATE SET leads = leads + 1;
END;
CREATE TRIGGER status_count_update AFTER UPDATE OF status_id, owner_id, archived_at, trashed_at ON lead
WHEN new.status_id <> old.status_id OR new.owner_id IS NOT old.owner_id
  OR (new.archived_at IS NULL) <> (old.archived_at IS NULL) OR (new.trashed_at IS NULL) <> (old.trashed_at IS NULL) BEGIN
    UPDATE status_count SET leads = leads - 1
     WHERE status_id = old.status_id AND owner_id = coalesce(old.owner_id, 0)
       AND old.archived_at IS NULL AND old.trashed_at IS NULL;
    INSERT INTO status_count(status_id, owner_id, leads) SELECT new.status_id, coalesce(new.owner_id, 0), 1
     WHERE new.archived_at IS NULL AND new.trashed_at IS NULL
        ON CONFLICT (status_id, owner_id) DO UPDATE SET leads = leads + 1;
END;
CREATE TRIGGER status_count_delete AFTER DELETE ON lead WHEN old.archived_at IS NULL AND old.trashed_at IS NULL BEGIN
    UPDATE status_count SET leads = leads - 1 WHERE status_id = old.status_id AND owner_id = coalesce(old.owner_id, 0);
END;

-- A column of the board in the order it is first seen in. By what was created last, lead_by_status has it already.
CREATE INDEX lead_board ON lead(status_id, score, id, archived_at, trashed_at)
    WHERE archived_at IS NULL AND trashed_at IS NULL;
-- By what is due and by the last touch; the rest of a column has neither and is found by lead_by_status.
CREATE INDEX lead_board_due ON lead(status_id, next_task_at, id, archived_at, trashed_at)
    WHERE next_task_at IS NOT NULL AND archived_at IS NULL AND trashed_at IS NULL;
CREATE INDEX lead_board_touch ON lead(status_id, last_touch_at, id, archived_at, trashed_at)
    WHERE last_touch_at IS NOT NULL AND archived_at IS NULL AND trashed_at IS NULL;

-- Companies that are known by their domain alone stand after those with a name.
CREATE INDEX company_unnamed ON company(domain, id) WHERE name_key = '';
