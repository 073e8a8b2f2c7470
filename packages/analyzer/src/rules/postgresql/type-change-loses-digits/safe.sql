-- 001 add_invoices_columns
-- What can be added to `invoices` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- `rate_new` takes the values of `rate` as numeric(10,2), and later its name: ALTER COLUMN TYPE would write the table
-- and its indexes anew under ACCESS EXCLUSIVE.
ALTER TABLE invoices ADD COLUMN rate_new numeric(10,2);

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
    SET rate_new = rate::numeric(10,2)
    WHERE id >= progress.next_key AND id <= upto
      AND (rate_new IS DISTINCT FROM rate::numeric(10,2));
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE invoices_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- Gate G1: R1 is deployed everywhere; R0 is gone
-- R1 writes to `invoices.rate` only values that fit the new type; and copes with the old and the new type of
-- `invoices.rate` and keeps no prepared statement that returns it

-- 002 sync_invoices
-- The trigger that keeps the old and the new columns of `invoices` equal; it refuses what the new ones cannot hold.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The dual write, until the old columns go. CREATE TRIGGER waits for writers that are under way, so every row is
-- written after it or seen by the backfill.
CREATE FUNCTION invoices_sync_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.rate_new := NEW.rate::numeric(10,2);
  RETURN NEW;
END
$$;

-- From here on a value that the new type cannot hold is refused, whoever writes it.
CREATE TRIGGER invoices_sync_columns BEFORE INSERT OR UPDATE ON invoices
  FOR EACH ROW EXECUTE FUNCTION invoices_sync_columns();

-- 003 backfill_invoices
-- Existing rows of `invoices` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: reversible (the filled columns may stay)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) invoices afterwards, or
-- wait until autovacuum has, before the next strong lock on it.
CALL backfill_invoices_rows(2000, 0.02);

-- 004 switch_invoices
-- The new columns of `invoices` take the old ones' names.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Names and trigger change in one transaction: nobody sees one without the other.
ALTER TABLE invoices RENAME COLUMN rate TO rate_old;

ALTER TABLE invoices RENAME COLUMN rate_new TO rate;

DROP TRIGGER invoices_sync_columns ON invoices;

DROP FUNCTION invoices_sync_columns();

-- Gate G2: R1 has run everywhere for 7 days

-- 005 drop_replaced_invoices
-- The trigger, the copies and the helpers of `invoices` go.
-- Phase: cleanup. Transaction: yes
-- Way back: irreversible (the values of invoices.rate_old are gone)
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The old columns go; nothing has filled them since the swap.
ALTER TABLE invoices DROP COLUMN rate_old;

DROP PROCEDURE backfill_invoices_rows(integer, double precision);

DROP TABLE invoices_backfill_progress;
