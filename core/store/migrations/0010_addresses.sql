-- A lead is found by its second addresses and numbers as by the first ones. Profiles are not words, first or second.

CREATE VIEW contact_words(lead_id, words) AS SELECT lead_id,
    CASE WHEN kind = 0 THEN value
         WHEN key = '' THEN ''
         WHEN substr(key, 2, 1) IN ('1', '7') THEN key || ' ' || substr(key, 3)
         WHEN substr(key, 2, 2) IN ('20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43',
              '44', '45', '46', '47', '48', '49', '51', '52', '53', '54', '55', '56', '57', '58', '60', '61', '62',
              '63', '64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94', '95', '98')
              THEN key || ' ' || substr(key, 4)
         ELSE key || ' ' || substr(key, 5) END
FROM contact_point WHERE kind < 2;

DROP VIEW lead_words;
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
    || coalesce((SELECT ' ' || group_concat(c.words, ' ') FROM contact_words c WHERE c.lead_id = lead.id), '')
FROM lead;

-- The words of a lead that is indexed already are written anew; one that is to be indexed later (in bulk, migration
-- 0009) has its addresses by then.
CREATE TRIGGER contact_search_insert AFTER INSERT ON contact_point
WHEN new.kind < 2 AND EXISTS (SELECT 1 FROM lead_search WHERE rowid = new.lead_id) BEGIN
    DELETE FROM lead_search WHERE rowid = new.lead_id;
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = new.lead_id;
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.lead_id FROM search_mark WHERE kind = 1 AND new.lead_id <= upto;
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF lead_id, kind, value, key ON contact_point
WHEN (new.lead_id <> old.lead_id OR new.kind <> old.kind OR new.value <> old.value OR new.key <> old.key)
 AND EXISTS (SELECT 1 FROM lead_search WHERE rowid = new.lead_id) BEGIN
    DELETE FROM lead_search WHERE rowid IN (old.lead_id, new.lead_id);
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id IN (old.lead_id, new.lead_id);
    INSERT OR IGNORE INTO search_waiting(kind, row_id)
        SELECT 1, new.lead_id FROM search_mark WHERE kind = 1 AND new.lead_id <= upto;
    INSERT INTO search_gone(words)
        SELECT old.value FROM search_mark WHERE old.kind = 0 AND kind = 1 AND old.lead_id <= upto;
END;
-- With its lead, or alone.
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact_point
WHEN old.kind < 2 AND EXISTS (SELECT 1 FROM lead_search WHERE rowid = old.lead_id) BEGIN
    DELETE FROM lead_search WHERE rowid = old.lead_id;
    INSERT INTO lead_search(rowid, words) SELECT id, words FROM lead_words WHERE id = old.lead_id;
    INSERT INTO search_gone(words)
        SELECT old.value FROM search_mark WHERE old.kind = 0 AND kind = 1 AND old.lead_id <= upto;
END;

INSERT OR IGNORE INTO search_waiting(kind, row_id)
    SELECT 1, lead_id FROM contact_point WHERE kind = 0 AND lead_id <= (SELECT upto FROM search_mark WHERE kind = 1);
DELETE FROM lead_search WHERE rowid IN (SELECT lead_id FROM contact_point WHERE kind < 2);
INSERT INTO lead_search(rowid, words)
    SELECT id, words FROM lead_words WHERE id IN (SELECT lead_id FROM contact_point WHERE kind < 2);
