-- What became of a message, moment by moment, with what proves it: a line a move (domain/outbox_trace.h). In the row itself, so
-- that it costs the moves next to nothing and goes wherever the message goes.
ALTER TABLE outbox ADD COLUMN trace TEXT NOT NULL DEFAULT '';          -- engine

-- Messages that leave one after another are recorded as being sent together. Which of them had begun when the program
-- ended is known by their number: it is written outside of the file before a message's first byte (store/send_fence.h).
ALTER TABLE outbox ADD COLUMN send_number INTEGER NOT NULL DEFAULT 0;  -- engine; 0: never sent
-- Only while the computer runs on: what a power cut leaves of that writing proves nothing.
ALTER TABLE send_fence ADD COLUMN boot TEXT NOT NULL DEFAULT '';
