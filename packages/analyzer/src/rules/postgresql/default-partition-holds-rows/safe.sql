-- 001 prepare_events
-- What holds for new rows of `events`; those that exist follow.
-- Phase: expand. Transaction: yes
-- Way back: lossy
-- PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table; a table that is made alone and attached takes SHARE
-- UPDATE EXCLUSIVE.
CREATE TABLE events_2026 (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED);

-- 002 prepare_events_other
-- What holds for new rows of `events_other`; those that exist follow.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The default partition holds no row of the new one: without this check it would be read under ACCESS EXCLUSIVE. Until
-- the new partition is attached, such rows are refused.
ALTER TABLE events_other ADD CONSTRAINT events_other_outside CHECK (NOT (created_at IS NOT NULL AND created_at >= '2026-01-01' AND created_at < '2027-01-01')) NOT VALID;

-- 003 validate_events_other
-- Existing rows of `events_other` are checked while reads and writes go on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE events_other VALIDATE CONSTRAINT events_other_outside;

-- 004 attach_to_events
-- What has been built and checked beside `events` becomes part of it.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- 005 drop_events_other_proof
-- What has proved the rows of `events_other` goes: nothing rests on it any more.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE events_other DROP CONSTRAINT events_other_outside;
