-- Gate G1: R1, which satisfies `bookings_pkey` of `bookings`, is deployed everywhere; R0 is gone

-- 001 build_bookings_pkey
-- The index `bookings_pkey`, built beside running code.
-- Phase: contract. Transaction: no (CREATE INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a
-- timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file
-- again; never IF NOT EXISTS, which takes it for finished.
CREATE UNIQUE INDEX CONCURRENTLY bookings_pkey ON bookings (id);

-- 002 require_bookings
-- What the rows of `bookings` have been shown to keep becomes part of the table.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The index is there and valid: a brief ACCESS EXCLUSIVE, no row is read.
ALTER TABLE bookings ADD CONSTRAINT bookings_pkey PRIMARY KEY USING INDEX bookings_pkey;
