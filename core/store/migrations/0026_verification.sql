-- What is known of an address before anything is sent to it (domain/verification.h), and what finding out has cost. Not
-- content: it is found again by asking.
CREATE TABLE address_verdict (
    address_key TEXT PRIMARY KEY,
    state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    finding     INTEGER NOT NULL,
    suggestion  TEXT NOT NULL DEFAULT '',
    paid        INTEGER NOT NULL DEFAULT 0 CHECK (paid IN (0, 1)),
    checked_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether a domain takes mail, asked once for all of its addresses.
CREATE TABLE mail_domain (
    domain     TEXT PRIMARY KEY,
    finding    INTEGER NOT NULL, -- good, no_domain, takes_no_mail, no_answer
    checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE verifier_use (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    asked   INTEGER NOT NULL,
    charged INTEGER NOT NULL,
    balance INTEGER
) STRICT;
