-- 001 prepare_events_2026
-- What holds for new rows of `events_2026`; those that exist follow.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.
ALTER TABLE events_2026 ADD CONSTRAINT events_2026_bounds CHECK (created_at IS NOT NULL AND created_at >= '2026-01-01' AND created_at < '2027-01-01') NOT VALID;

-- 002 validate_events_2026
-- Existing rows of `events_2026` are checked while reads and writes go on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE events_2026 VALIDATE CONSTRAINT events_2026_bounds;

-- 003 attach_to_events
-- What has been built and checked beside `events` becomes part of it.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The valid check proves the bounds, so no row is read.
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- 004 drop_events_2026_proof
-- What has proved the rows of `events_2026` goes: nothing rests on it any more.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE events_2026 DROP CONSTRAINT events_2026_bounds;
