-- Accounts of providers that are not SMTP.

ALTER TABLE mailbox ADD COLUMN account INTEGER NOT NULL DEFAULT 0 CHECK (account BETWEEN 0 AND 5);

-- The provider's own name for a message that is being handed over (a Gmail draft), known before it leaves.
ALTER TABLE outbox ADD COLUMN provider_ref TEXT NOT NULL DEFAULT ''; -- engine
