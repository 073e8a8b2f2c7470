BEGIN;
UPDATE orders SET status = 'closed';
ALTER TABLE orders ADD COLUMN currency text;
COMMIT;
