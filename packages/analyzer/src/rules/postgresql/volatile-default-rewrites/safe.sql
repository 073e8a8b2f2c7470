-- 001 add_orders_columns
-- What can be added to `orders` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: lossy
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Without its default no row is written: rows that exist get their value in batches.
ALTER TABLE orders ADD COLUMN public_id uuid;

ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();

-- How far the backfill has come: SELECT * FROM orders_backfill_progress.
CREATE TABLE orders_backfill_progress (
  job          text PRIMARY KEY,
  next_key     bigint NOT NULL,
  last_key     bigint NOT NULL,
  batches      integer NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that
-- was cancelled goes on where it stopped.
CREATE PROCEDURE backfill_orders_rows(batch_size integer DEFAULT 2000, pause_seconds double precision DEFAULT 0.02)
LANGUAGE plpgsql AS $$
DECLARE
  progress orders_backfill_progress;
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO orders_backfill_progress (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(id) AS first_key, max(id) AS final_key FROM orders) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM orders_backfill_progress WHERE job = 'rows' FOR UPDATE;
    SELECT max(id) INTO upto
    FROM (
      SELECT id FROM orders WHERE id >= progress.next_key AND id <= progress.last_key ORDER BY id LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE orders
    SET public_id = gen_random_uuid()
    WHERE id >= progress.next_key AND id <= upto
      AND (public_id IS NULL);
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE orders_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- 002 backfill_orders
-- Existing rows of `orders` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: reversible (the filled columns may stay)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) orders afterwards, or
-- wait until autovacuum has, before the next strong lock on it.
CALL backfill_orders_rows(2000, 0.02);

-- 003 drop_orders_helpers
-- The procedure and the table of the backfill of `orders` go.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP PROCEDURE backfill_orders_rows(integer, double precision);

DROP TABLE orders_backfill_progress;
