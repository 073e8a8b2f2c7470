-- Gate G1: R1, which satisfies `guests_email_idx` of `guests`, is deployed everywhere; R0 is gone

-- 001 change
-- Phase: contract. Transaction: no (CREATE INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a
-- timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file
-- again; never IF NOT EXISTS, which takes it for finished.
CREATE UNIQUE INDEX CONCURRENTLY guests_email_idx ON guests (email);
