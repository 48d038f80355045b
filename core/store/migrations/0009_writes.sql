-- What writes many rows at once.

-- A status changed, where a lead came from: what says nothing a person wrote (activity_words) is in no index, so
-- taking it back has nothing to take out of one. A bulk edit has one on each lead's timeline.
DROP TRIGGER text_search_activity_insert;
DROP TRIGGER text_search_activity_update;
DROP TRIGGER text_search_activity_delete;
CREATE TRIGGER text_search_activity_insert AFTER INSERT ON activity
WHEN new.kind NOT IN (10, 14, 15) AND new.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_update AFTER UPDATE OF subject, text ON activity
WHEN (new.subject <> old.subject OR new.text <> old.text) AND old.kind NOT IN (10, 14, 15)
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_delete AFTER DELETE ON activity
WHEN (old.text <> '' OR old.subject <> '') AND old.kind NOT IN (10, 14, 15)
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    DELETE FROM search_waiting WHERE kind = 2 AND row_id = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
END;

-- Rows with larger ids come in now, in this transaction, and are indexed for search together before its COMMIT
-- (WriteContext::SearchLater). A row at a time, FTS5 would write a segment for each: SQLite has it write out what
-- it holds before every statement that could fail half-way.
ALTER TABLE journal_state ADD COLUMN search_after INTEGER;

DROP TRIGGER lead_search_insert;
DROP TRIGGER lead_search_update;
CREATE TRIGGER lead_search_insert AFTER INSERT ON lead
WHEN (SELECT mode <> 1 AND (search_after IS NULL OR new.id <= search_after) FROM journal_state WHERE id = 1) BEGIN
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = new.id;
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.id FROM search_mark WHERE kind = 1 AND new.id <= upto;
END;
CREATE TRIGGER lead_search_update AFTER UPDATE OF name_key, middle_name, company_key, email, job_title, phone_key ON lead
WHEN (new.name_key <> old.name_key OR new.middle_name <> old.middle_name OR new.company_key <> old.company_key
   OR new.email <> old.email OR new.job_title <> old.job_title OR new.phone_key <> old.phone_key)
 AND (SELECT search_after IS NULL OR new.id <= search_after FROM journal_state WHERE id = 1) BEGIN
    DELETE FROM lead_search WHERE rowid = old.id;
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = new.id;
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.id FROM search_mark WHERE kind = 1 AND new.id <= upto;
    INSERT INTO search_gone(words)
        SELECT old.name_key || ' ' || old.middle_name || ' ' || old.company_key || ' ' || old.email || ' ' || old.job_title
          FROM search_mark WHERE kind = 1 AND old.id <= upto;
END;

DROP TRIGGER company_search_insert;
DROP TRIGGER company_search_update;
CREATE TRIGGER company_search_insert AFTER INSERT ON company
WHEN (SELECT mode <> 1 AND (search_after IS NULL OR new.id <= search_after) FROM journal_state WHERE id = 1) BEGIN
    INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words WHERE id = new.id;
END;
CREATE TRIGGER company_search_update AFTER UPDATE OF name_key, short_name, domain ON company
WHEN (new.name_key <> old.name_key OR new.short_name <> old.short_name OR new.domain <> old.domain)
 AND (SELECT search_after IS NULL OR new.id <= search_after FROM journal_state WHERE id = 1) BEGIN
    DELETE FROM company_search WHERE rowid = old.id;
    INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words WHERE id = new.id;
END;

-- A segment is written anew once most of what it holds is gone. At a tenth, FTS5's own measure, taking back an
-- import writes each of them ten times over.
INSERT INTO lead_search(lead_search, rank) VALUES ('deletemerge', 60);
INSERT INTO company_search(company_search, rank) VALUES ('deletemerge', 60);
