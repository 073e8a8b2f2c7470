BEGIN;
ALTER TABLE orders ADD COLUMN currency text;
UPDATE shipments SET state = 'new';
COMMIT;
