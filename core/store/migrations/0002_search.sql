-- Search: phone numbers and domains too, companies, and texts that are indexed when there is time.
--
-- Two ways into an index:
--   lead_search, company_search   by trigger, in the transaction that writes: lists are filtered by them
--   text_search, search_word      by the idle lane (repositories/search_index.h), which takes what lies beyond
--                                 its mark and what waits; a note is written without waiting for its words
-- All are derived: neither journaled nor part of the content hash, and rebuilt from the tables at any time.

DROP TRIGGER lead_search_insert;
DROP TRIGGER lead_search_update;
DROP TRIGGER lead_search_delete;
DROP TRIGGER text_search_insert;
DROP TRIGGER text_search_delete;
DROP TABLE lead_search;
DROP TABLE text_search;

-- What of a lead is found. Keys are folded already; of what is not, FTS5 takes accents off, but not the strokes
-- and ligatures below. A number is found with its country's code and without: the codes of one, two and
-- three digits are those of ITU-T E.164.
CREATE VIEW lead_words(id, words) AS SELECT id,
    name_key || ' ' || company_key || ' ' || email || ' '
    || replace(replace(replace(replace(replace(replace(middle_name || ' ' || job_title,
           'ł', 'l'), 'Ł', 'l'), 'ø', 'o'), 'Ø', 'o'), 'ß', 'ss'), 'æ', 'ae')
    || CASE WHEN phone_key = '' THEN ''
            WHEN substr(phone_key, 2, 1) IN ('1', '7') THEN phone_key || ' ' || substr(phone_key, 3)
            WHEN substr(phone_key, 2, 2) IN ('20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43',
                 '44', '45', '46', '47', '48', '49', '51', '52', '53', '54', '55', '56', '57', '58', '60', '61', '62',
                 '63', '64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94', '95', '98')
                 THEN phone_key || ' ' || substr(phone_key, 4)
            ELSE phone_key || ' ' || substr(phone_key, 5) END
FROM lead;

CREATE VIEW company_words(id, words) AS SELECT id, name_key || ' ' || short_name || ' ' || domain FROM company;

-- rowid = the row's id, so newest first is rowid order. The beginnings of up to five letters are terms of
-- their own: the first letter costs what the fifth does. pgsz: FTS5's default overflows SQLCipher's pages.
CREATE VIRTUAL TABLE lead_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO lead_search(lead_search, rank) VALUES ('pgsz', 3900);
CREATE VIRTUAL TABLE company_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO company_search(company_search, rank) VALUES ('pgsz', 3900);

-- rowid = activity.id or message.id: one generator gives both, so they never meet. Merging its segments is
-- the lane's work too (automerge off), a little at a time.
CREATE VIRTUAL TABLE text_search USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='3 4 5',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO text_search(text_search, rank) VALUES ('pgsz', 3900);
INSERT INTO text_search(text_search, rank) VALUES ('automerge', 0);

-- How far the lane has come: every row up to this id is indexed, or waits below. Kinds: 1 lead (its words
-- for the word list only), 2 activity, 3 message.
CREATE TABLE search_mark (
    kind INTEGER PRIMARY KEY CHECK (kind BETWEEN 1 AND 3),
    upto INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO search_mark(kind) VALUES (1), (2), (3);

-- Rows behind the mark that were written anew: put back by an undo, edited.
CREATE TABLE search_waiting (
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    row_id INTEGER NOT NULL,
    PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;

-- Texts that are no more, until the lane has taken words nobody uses off the list.
CREATE TABLE search_gone (
    id    INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;

-- Every word in use, for finding those one letter away from what was typed.
CREATE TABLE search_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lead_search_insert AFTER INSERT ON lead
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 1 BEGIN
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = new.id;
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.id FROM search_mark WHERE kind = 1 AND new.id <= upto;
END;
CREATE TRIGGER lead_search_update AFTER UPDATE OF name_key, middle_name, company_key, email, job_title, phone_key ON lead
WHEN new.name_key <> old.name_key OR new.middle_name <> old.middle_name OR new.company_key <> old.company_key
  OR new.email <> old.email OR new.job_title <> old.job_title OR new.phone_key <> old.phone_key BEGIN
    DELETE FROM lead_search WHERE rowid = old.id;
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = new.id;
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.id FROM search_mark WHERE kind = 1 AND new.id <= upto;
    INSERT INTO search_gone(words)
        SELECT old.name_key || ' ' || old.middle_name || ' ' || old.company_key || ' ' || old.email || ' ' || old.job_title
          FROM search_mark WHERE kind = 1 AND old.id <= upto;
END;
CREATE TRIGGER lead_search_delete AFTER DELETE ON lead BEGIN
    DELETE FROM lead_search WHERE rowid = old.id;
    DELETE FROM search_waiting WHERE kind = 1 AND row_id = old.id;
    INSERT INTO search_gone(words)
        SELECT old.name_key || ' ' || old.middle_name || ' ' || old.company_key || ' ' || old.email || ' ' || old.job_title
          FROM search_mark WHERE kind = 1 AND old.id <= upto;
END;

CREATE TRIGGER company_search_insert AFTER INSERT ON company
WHEN (SELECT mode FROM journal_state WHERE id = 1) <> 1 BEGIN
    INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words WHERE id = new.id;
END;
CREATE TRIGGER company_search_update AFTER UPDATE OF name_key, short_name, domain ON company
WHEN new.name_key <> old.name_key OR new.short_name <> old.short_name OR new.domain <> old.domain BEGIN
    DELETE FROM company_search WHERE rowid = old.id;
    INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words WHERE id = new.id;
END;
CREATE TRIGGER company_search_delete AFTER DELETE ON company BEGIN
    DELETE FROM company_search WHERE rowid = old.id;
END;

-- What of an activity and of a message is found. A mail's words are its message's; where a lead came from
-- (imported, created) every row of a file says the same; a status changed says nothing a person wrote.
CREATE VIEW activity_words(id, words) AS
    SELECT id, CASE WHEN message_id IS NULL THEN subject || ' ' || text ELSE text END FROM activity
     WHERE kind NOT IN (10, 14, 15) AND (text <> '' OR (subject <> '' AND message_id IS NULL));
CREATE VIEW message_words(id, words) AS
    SELECT id, subject || ' ' || text FROM message WHERE lead_id IS NOT NULL AND (subject <> '' OR text <> '');

CREATE TRIGGER text_search_activity_insert AFTER INSERT ON activity
WHEN new.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_update AFTER UPDATE OF subject, text ON activity
WHEN (new.subject <> old.subject OR new.text <> old.text)
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (2, new.id);
END;
CREATE TRIGGER text_search_activity_delete AFTER DELETE ON activity
WHEN (old.text <> '' OR old.subject <> '') AND old.id <= (SELECT upto FROM search_mark WHERE kind = 2) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    DELETE FROM search_waiting WHERE kind = 2 AND row_id = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
END;

CREATE TRIGGER text_search_message_insert AFTER INSERT ON message
WHEN new.id <= (SELECT upto FROM search_mark WHERE kind = 3) BEGIN
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (3, new.id);
END;
CREATE TRIGGER text_search_message_update AFTER UPDATE OF subject, text, lead_id ON message
WHEN (new.subject <> old.subject OR new.text <> old.text OR new.lead_id IS NOT old.lead_id)
 AND old.id <= (SELECT upto FROM search_mark WHERE kind = 3) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
    INSERT OR IGNORE INTO search_waiting(kind, row_id) VALUES (3, new.id);
END;
CREATE TRIGGER text_search_message_delete AFTER DELETE ON message
WHEN old.id <= (SELECT upto FROM search_mark WHERE kind = 3) BEGIN
    DELETE FROM text_search WHERE rowid = old.id;
    DELETE FROM search_waiting WHERE kind = 3 AND row_id = old.id;
    INSERT INTO search_gone(words) VALUES (old.subject || ' ' || old.text);
END;

INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words;
INSERT INTO company_search(rowid, words) SELECT id, words FROM company_words;
