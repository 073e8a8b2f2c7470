-- 001 prepare_invoices
-- New columns of `invoices` beside the old ones, and the trigger that keeps them equal.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- `total_cents_new` takes the values of `total_cents` as bigint, and later its name: ALTER COLUMN TYPE would write the
-- table and its indexes anew under ACCESS EXCLUSIVE.
ALTER TABLE invoices ADD COLUMN total_cents_new bigint;

-- The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is
-- written after it or seen by the backfill.
CREATE FUNCTION invoices_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.total_cents_new := NEW.total_cents::bigint;
  RETURN NEW;
END
$$;

CREATE TRIGGER invoices_sync_columns BEFORE INSERT OR UPDATE ON invoices
  FOR EACH ROW EXECUTE FUNCTION invoices_sync_columns();

-- How far the backfill has come: SELECT * FROM invoices_backfill_progress.
CREATE TABLE invoices_backfill_progress (
  job          text PRIMARY KEY,
  next_key     bigint NOT NULL,
  last_key     bigint NOT NULL,
  batches      integer NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that
-- was cancelled goes on where it stopped.
CREATE PROCEDURE backfill_invoices_rows(batch_size integer DEFAULT 2000, pause_seconds double precision DEFAULT 0.02)
LANGUAGE plpgsql AS $$
DECLARE
  progress invoices_backfill_progress;
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO invoices_backfill_progress (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(id) AS first_key, max(id) AS final_key FROM invoices) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM invoices_backfill_progress WHERE job = 'rows' FOR UPDATE;
    SELECT max(id) INTO upto
    FROM (
      SELECT id FROM invoices WHERE id >= progress.next_key AND id <= progress.last_key ORDER BY id LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE invoices
    SET total_cents_new = total_cents::bigint
    WHERE id >= progress.next_key AND id <= upto
      AND (total_cents_new IS DISTINCT FROM total_cents::bigint);
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE invoices_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- 002 backfill_invoices
-- Existing rows of `invoices` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: reversible (the filled columns may stay)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) invoices afterwards, or
-- wait until autovacuum has, before the next strong lock on it.
CALL backfill_invoices_rows(2000, 0.02);

-- 003 constrain_invoices
-- Constraints of `invoices` that hold for new rows from here on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.
ALTER TABLE invoices ADD CONSTRAINT invoices_total_cents_new_present CHECK (total_cents_new IS NOT NULL) NOT VALID;

-- 004 validate_invoices
-- Existing rows of `invoices` are checked while reads and writes go on.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE invoices VALIDATE CONSTRAINT invoices_total_cents_new_present;

-- 005 require_invoices
-- What the rows of `invoices` have been shown to keep becomes part of the table.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The valid check proves it, so no row is read.
ALTER TABLE invoices ALTER COLUMN total_cents_new SET NOT NULL;

-- A statement of its own: in one ALTER TABLE the DROP would run first, and SET NOT NULL would scan under ACCESS
-- EXCLUSIVE.
ALTER TABLE invoices DROP CONSTRAINT invoices_total_cents_new_present;

-- Gate G1: R1, which copes with the old and the new type of `invoices.total_cents` and keeps no prepared statement that
-- returns it, is deployed everywhere; R0 is gone

-- 006 switch_invoices
-- The new columns of `invoices` take the old ones' names.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Names and trigger change in one transaction: nobody sees one without the other.
ALTER TABLE invoices RENAME COLUMN total_cents TO total_cents_old;

ALTER TABLE invoices RENAME COLUMN total_cents_new TO total_cents;

-- From here the new type is the truth. A value that the old column cannot hold is refused until that one goes: so long,
-- the way back is open.
CREATE OR REPLACE FUNCTION invoices_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.total_cents_old := NEW.total_cents;
  RETURN NEW;
END
$$;

-- Gate G2: R1 has run everywhere for 7 days

-- 007 drop_replaced_invoices
-- The trigger, the copies and the helpers of `invoices` go.
-- Phase: cleanup. Transaction: yes
-- Way back: reversible (the columns are filled again from those that replaced them; they come back as the last ones)
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP TRIGGER invoices_sync_columns ON invoices;

DROP FUNCTION invoices_sync_columns();

-- The copies go, and with the trigger the values that the old types refused become possible.
ALTER TABLE invoices DROP COLUMN total_cents_old;

DROP PROCEDURE backfill_invoices_rows(integer, double precision);

DROP TABLE invoices_backfill_progress;
