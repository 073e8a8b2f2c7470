-- 001 build_orders_status_idx_new
-- The index `orders_status_idx_new`, built beside running code.
-- Phase: migrate. Transaction: no (CREATE INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- Reads and writes go on while it is built. No lock_timeout: SHARE UPDATE EXCLUSIVE holds up no reader or writer, and a
-- timeout would leave an INVALID index. After a failure drop that one with DROP INDEX CONCURRENTLY and run the file
-- again; never IF NOT EXISTS, which takes it for finished.
CREATE INDEX CONCURRENTLY orders_status_idx_new ON orders (status, total);

-- 002 rename_orders_indexes
-- What has been built beside old indexes of `orders` takes their names.
-- Phase: migrate. Transaction: yes
-- Way back: reversible
-- Names change in one transaction, under SHARE UPDATE EXCLUSIVE: at no moment is there neither index.
ALTER INDEX orders_status_idx RENAME TO orders_status_idx_old;

ALTER INDEX orders_status_idx_new RENAME TO orders_status_idx;

-- 003 drop_orders_status_idx_old
-- The index `orders_status_idx_old` goes beside running code.
-- Phase: migrate. Transaction: no (DROP INDEX CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- A plain DROP INDEX takes ACCESS EXCLUSIVE on the table; so it waits for the transactions that use it, and holds up
-- nobody.
DROP INDEX CONCURRENTLY orders_status_idx_old;
