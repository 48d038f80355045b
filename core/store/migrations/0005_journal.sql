-- The journal read backwards: by moment, by lead, and out of the ranges bulk inserts leave.

-- Since when; and where the past of a moment begins.
CREATE INDEX action_at ON action(at, id);

-- Which bulk insert a row came in with. Ranges of one table never overlap: ids only increase.
CREATE INDEX change_range ON change(tbl, row_id) WHERE op = 3;

-- What a lead had and lost: a tag, a second address. The row itself no longer says whose it was.
CREATE INDEX change_lost ON change(json_extract(old, '$.lead_id')) WHERE op = 2;
