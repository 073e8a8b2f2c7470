-- 001 add_guests_columns
-- What can be added to `guests` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- `phone_new` takes the values of `phone` as varchar(20), and later its name: ALTER COLUMN TYPE would write the table
-- and its indexes anew under ACCESS EXCLUSIVE.
ALTER TABLE guests ADD COLUMN phone_new varchar(20);

-- How far the backfill has come: SELECT * FROM guests_backfill_progress.
CREATE TABLE guests_backfill_progress (
  job          text PRIMARY KEY,
  next_key     bigint NOT NULL,
  last_key     bigint NOT NULL,
  batches      integer NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that
-- was cancelled goes on where it stopped.
CREATE PROCEDURE backfill_guests_rows(batch_size integer DEFAULT 2000, pause_seconds double precision DEFAULT 0.02)
LANGUAGE plpgsql AS $$
DECLARE
  progress guests_backfill_progress;
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO guests_backfill_progress (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(id) AS first_key, max(id) AS final_key FROM guests) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM guests_backfill_progress WHERE job = 'rows' FOR UPDATE;
    SELECT max(id) INTO upto
    FROM (
      SELECT id FROM guests WHERE id >= progress.next_key AND id <= progress.last_key ORDER BY id LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE guests
    SET phone_new = phone::varchar(20)
    WHERE id >= progress.next_key AND id <= upto
      AND (phone_new IS DISTINCT FROM phone::varchar(20));
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE guests_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- Gate G1: R1 is deployed everywhere; R0 is gone
-- R1 writes to `guests.phone` only values that fit the new type; and copes with the old and the new type of
-- `guests.phone` and keeps no prepared statement that returns it

-- 002 sync_guests
-- The trigger that keeps the old and the new columns of `guests` equal; it refuses what the new ones cannot hold.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is
-- written after it or seen by the backfill.
CREATE FUNCTION guests_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.phone_new := NEW.phone::varchar(20);
  RETURN NEW;
END
$$;

-- From here on a value that the new type cannot hold is refused, whoever writes it.
CREATE TRIGGER guests_sync_columns BEFORE INSERT OR UPDATE ON guests
  FOR EACH ROW EXECUTE FUNCTION guests_sync_columns();

-- 003 backfill_guests
-- Existing rows of `guests` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: reversible (the filled columns may stay)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) guests afterwards, or
-- wait until autovacuum has, before the next strong lock on it.
CALL backfill_guests_rows(2000, 0.02);

-- 004 switch_guests
-- The new columns of `guests` take the old ones' names.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Names and trigger change in one transaction: nobody sees one without the other.
ALTER TABLE guests RENAME COLUMN phone TO phone_old;

ALTER TABLE guests RENAME COLUMN phone_new TO phone;

-- From here the new type is the truth. The old column follows it until it goes: so long, the way back is open.
CREATE OR REPLACE FUNCTION guests_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.phone_old := NEW.phone;
  RETURN NEW;
END
$$;

-- Gate G2: R1 has run everywhere for 7 days

-- 005 drop_replaced_guests
-- The trigger, the copies and the helpers of `guests` go.
-- Phase: cleanup. Transaction: yes
-- Way back: reversible (the columns are filled again from those that replaced them; they come back as the last ones)
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP TRIGGER guests_sync_columns ON guests;

DROP FUNCTION guests_sync_columns();

-- The copies go, and the trigger that has filled them.
ALTER TABLE guests DROP COLUMN phone_old;

DROP PROCEDURE backfill_guests_rows(integer, double precision);

DROP TABLE guests_backfill_progress;
