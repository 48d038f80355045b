-- Typed custom fields, consent and retention.

-- Of a field of leads that the person made: what there is to choose from (JSON), its place among the others.
ALTER TABLE custom_field ADD COLUMN currency TEXT;
ALTER TABLE custom_field ADD COLUMN choices TEXT;
ALTER TABLE custom_field ADD COLUMN position INTEGER;
ALTER TABLE custom_field ADD COLUMN archived_at INTEGER;

-- Ways a lead is not to be reached by (bits, core/domain/channel_set.h), and who said they may be written to, when.
ALTER TABLE lead ADD COLUMN no_contact INTEGER;
ALTER TABLE lead ADD COLUMN consent_source TEXT;
ALTER TABLE lead ADD COLUMN consent_on TEXT;

-- A view has its columns and the height of its rows.
ALTER TABLE saved_view ADD COLUMN columns TEXT;
ALTER TABLE saved_view ADD COLUMN density TEXT;

-- Who was erased: nothing of them but keyed hashes (JSON), and what was removed when (JSON, only counts). Never undone,
-- so not journaled.
CREATE TABLE erasure (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    prints      TEXT NOT NULL,
    certificate TEXT NOT NULL
) STRICT;
