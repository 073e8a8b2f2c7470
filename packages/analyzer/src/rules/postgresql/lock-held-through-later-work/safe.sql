-- 001 change
-- Phase: as written. Transaction: yes
-- Way back: lossy
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE orders ADD COLUMN currency text;

-- 002 prepare_shipments_backfill
-- The procedure that changes the rows of `shipments` in batches, and the table that notes how far it has come.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- How far the backfill has come: SELECT * FROM shipments_backfill_progress.
CREATE TABLE shipments_backfill_progress (
  job          text PRIMARY KEY,
  next_key     bigint NOT NULL,
  last_key     bigint NOT NULL,
  batches      integer NOT NULL DEFAULT 0,
  rows_changed bigint NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- All columns in one pass, by key, one transaction a batch. Each batch notes its key in its own transaction: a run that
-- was cancelled goes on where it stopped.
CREATE PROCEDURE backfill_shipments_rows(batch_size integer DEFAULT 2000, pause_seconds double precision DEFAULT 0.02)
LANGUAGE plpgsql AS $$
DECLARE
  progress shipments_backfill_progress;
  upto bigint;
  changed bigint;
BEGIN
  INSERT INTO shipments_backfill_progress (job, next_key, last_key)
  SELECT 'rows', first_key, final_key FROM (SELECT min(id) AS first_key, max(id) AS final_key FROM shipments) AS ends WHERE first_key IS NOT NULL
  ON CONFLICT (job) DO NOTHING;
  COMMIT;
  LOOP
    SET LOCAL lock_timeout = '2s';
    SELECT * INTO progress FROM shipments_backfill_progress WHERE job = 'rows' FOR UPDATE;
    SELECT max(id) INTO upto
    FROM (
      SELECT id FROM shipments WHERE id >= progress.next_key AND id <= progress.last_key ORDER BY id LIMIT batch_size
    ) AS next_rows;
    EXIT WHEN upto IS NULL;
    UPDATE shipments
    SET state = 'new'
    WHERE id >= progress.next_key AND id <= upto
      AND (state IS DISTINCT FROM 'new');
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE shipments_backfill_progress
    SET next_key = upto + 1, batches = batches + 1, rows_changed = rows_changed + changed, updated_at = clock_timestamp()
    WHERE job = 'rows';
    COMMIT;
    PERFORM pg_sleep(pause_seconds);
  END LOOP;
END
$$;

-- 003 backfill_shipments
-- Existing rows of `shipments` get their values, batch by batch.
-- Phase: migrate. Transaction: no (The procedure commits each batch.)
-- Way back: irreversible (what stood in shipments.state before is gone)
-- One statement in the file, and no SET: a second one would open a transaction, and COMMIT in the procedure would fail
-- (2D000). After a stop CALL it again. Each changed row leaves a dead one: run VACUUM (ANALYZE) shipments afterwards,
-- or wait until autovacuum has, before the next strong lock on it.
CALL backfill_shipments_rows(2000, 0.02);

-- 004 drop_shipments_helpers
-- The procedure and the table of the backfill of `shipments` go.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP PROCEDURE backfill_shipments_rows(integer, double precision);

DROP TABLE shipments_backfill_progress;
