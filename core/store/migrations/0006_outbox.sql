-- The outbox as it is asked for. outbox_unsettled never was: SQLite takes a partial index only for its very condition, and
-- no query had that one, so what is unknown or under way was found by reading every message ever sent.

DROP INDEX outbox_unsettled;
CREATE INDEX outbox_unknown ON outbox(earliest_at, id) WHERE state = 6;
CREATE INDEX outbox_under_way ON outbox(earliest_at, id) WHERE state IN (2, 3);
CREATE INDEX outbox_refused ON outbox(earliest_at, id) WHERE state = 5;
-- What waits, over all mailboxes, by the time it may leave; the counts need no more than this.
CREATE INDEX outbox_next ON outbox(earliest_at, id, state, wait_reason) WHERE state IN (0, 1);

-- What left or was refused, the youngest first: a day's list and its count.
DROP INDEX outbox_settled;
CREATE INDEX outbox_settled ON outbox(state, settled_at, id) WHERE settled_at IS NOT NULL;
