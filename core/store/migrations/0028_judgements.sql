-- Why a mail was taken for what it is, and for whose.

ALTER TABLE message ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN matched_by TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN match_evidence TEXT NOT NULL DEFAULT '';
