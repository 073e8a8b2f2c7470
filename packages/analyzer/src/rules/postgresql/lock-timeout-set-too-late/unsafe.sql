BEGIN;
ALTER TABLE orders ADD COLUMN currency text;
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN country text;
COMMIT;
