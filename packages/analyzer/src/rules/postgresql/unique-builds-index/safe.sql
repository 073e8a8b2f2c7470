-- Gate G1: R1, which satisfies `guests_email_key` of `guests`, is deployed everywhere; R0 is gone

-- 001 build_guests_email_key
-- The index `guests_email_key`, built beside running code.
-- Phase: contract. Transaction: no (CREATE INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a
-- timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file
-- again; never IF NOT EXISTS, which takes it for finished.
CREATE UNIQUE INDEX CONCURRENTLY guests_email_key ON guests (email);

-- 002 require_guests
-- What the rows of `guests` have been shown to keep becomes part of the table.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The index is there and valid: a brief ACCESS EXCLUSIVE, no row is read.
ALTER TABLE guests ADD CONSTRAINT guests_email_key UNIQUE USING INDEX guests_email_key;
