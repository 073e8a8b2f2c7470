-- 001 prepare_bookings
-- New columns of `bookings` beside the old ones, and the trigger that keeps them equal.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- `arrives_at_new` takes the values of `arrives_at` as timestamptz, and later its name: ALTER COLUMN TYPE would write
-- the table and its indexes anew under ACCESS EXCLUSIVE.
ALTER TABLE bookings ADD COLUMN arrives_at_new timestamptz;

-- The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is
-- written after it or seen by the backfill.
CREATE FUNCTION bookings_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.arrives_at_new := NEW.arrives_at::timestamptz;
  RETURN NEW;
END
$$;

CREATE TRIGGER bookings_sync_columns BEFORE INSERT OR UPDATE ON bookings
  FOR EACH ROW EXECUTE FUNCTION bookings_sync_columns();

-- How far the backfill has come: SELECT * FROM bookings_backfill_progress.
CREATE TABLE bookings_backfill_progress (
  job          text PRIMARY KEY,
  next_key     bigint NOT NULL,
  last_key     bigint NOT NULL,
  batches      integer NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that
-- was cancelled goes on where it stopped.
CREATE PROCEDURE backfill_bookings_rows(batch_size integer DEFAULT 2000, pause_seconds double precision DEFAULT 0.02)
LANGUAGE plpgsql AS $$
DECLARE
  progress bookings_backfill_progress;
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO bookings_backfill_progress (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(id) AS first_key, max(id) AS final_key FROM bookings) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM bookings_backfill_progress WHERE job = 'rows' FOR UPDATE;
    SELECT max(id) INTO upto
    FROM (
      SELECT id FROM bookings WHERE id >= progress.next_key AND id <= progress.last_key ORDER BY id LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE bookings
    SET arrives_at_new = arrives_at::timestamptz
    WHERE id >= progress.next_key AND id <= upto
      AND (arrives_at_new IS DISTINCT FROM arrives_at::timestamptz);
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE bookings_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- 002 backfill_bookings
-- Existing rows of `bookings` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: reversible (the filled columns may stay)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) bookings afterwards, or
-- wait until autovacuum has, before the next strong lock on it.
CALL backfill_bookings_rows(2000, 0.02);

-- 003 constrain_bookings
-- Constraints of `bookings` that hold for new rows from here on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.
ALTER TABLE bookings ADD CONSTRAINT bookings_arrives_at_new_present CHECK (arrives_at_new IS NOT NULL) NOT VALID;

-- 004 validate_bookings
-- Existing rows of `bookings` are checked while reads and writes go on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE bookings VALIDATE CONSTRAINT bookings_arrives_at_new_present;

-- 005 require_bookings
-- What the rows of `bookings` have been shown to keep becomes part of the table.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The valid check proves it, so no row is read.
ALTER TABLE bookings ALTER COLUMN arrives_at_new SET NOT NULL;

-- A statement of its own: in one ALTER TABLE the DROP would run first, and SET NOT NULL would scan under ACCESS
-- EXCLUSIVE.
ALTER TABLE bookings DROP CONSTRAINT bookings_arrives_at_new_present;

-- Gate G1: R1, which copes with the old and the new type of `bookings.arrives_at` and keeps no prepared statement that
-- returns it, is deployed everywhere; R0 is gone

-- 006 switch_bookings
-- The new columns of `bookings` take the old ones' names.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Names and trigger change in one transaction: nobody sees one without the other.
ALTER TABLE bookings RENAME COLUMN arrives_at TO arrives_at_old;

ALTER TABLE bookings RENAME COLUMN arrives_at_new TO arrives_at;

DROP TRIGGER bookings_sync_columns ON bookings;

DROP FUNCTION bookings_sync_columns();

-- Nothing fills it any more.
ALTER TABLE bookings ALTER COLUMN arrives_at_old DROP NOT NULL;

-- Gate G2: R1 has run everywhere for 7 days

-- 007 drop_replaced_bookings
-- The trigger, the copies and the helpers of `bookings` go.
-- Phase: cleanup. Transaction: yes
-- Way back: irreversible (the values of bookings.arrives_at_old are gone)
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The old columns go; nothing has filled them since the swap.
ALTER TABLE bookings DROP COLUMN arrives_at_old;

DROP PROCEDURE backfill_bookings_rows(integer, double precision);

DROP TABLE bookings_backfill_progress;
