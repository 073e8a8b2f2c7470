-- Gate G1: R1, which satisfies `bookings_pkey` of `bookings`, is deployed everywhere; R0 is gone

-- 001 build_bookings_pkey
-- The index `bookings_pkey`, built beside running code.
-- Phase: contract. Transaction: no (CREATE INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a
-- timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file
-- again; never IF NOT EXISTS, which takes it for finished.
CREATE UNIQUE INDEX CONCURRENTLY bookings_pkey ON bookings (id);

-- 002 constrain_bookings
-- Constraints of `bookings` that hold for new rows from here on.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.
ALTER TABLE bookings ADD CONSTRAINT bookings_id_present CHECK (id IS NOT NULL) NOT VALID;

-- 003 validate_bookings
-- Existing rows of `bookings` are checked while reads and writes go on.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE bookings VALIDATE CONSTRAINT bookings_id_present;

-- 004 require_bookings
-- What the rows of `bookings` have been shown to keep becomes part of the table.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The valid check proves it, so no row is read.
ALTER TABLE bookings ALTER COLUMN id SET NOT NULL;

-- A statement of its own: in one ALTER TABLE the DROP would run first, and SET NOT NULL would scan under ACCESS
-- EXCLUSIVE.
ALTER TABLE bookings DROP CONSTRAINT bookings_id_present;

-- The index is there and valid: a brief ACCESS EXCLUSIVE, no row is read.
ALTER TABLE bookings ADD CONSTRAINT bookings_pkey PRIMARY KEY USING INDEX bookings_pkey;
