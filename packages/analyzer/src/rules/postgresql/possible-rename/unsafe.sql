ALTER TABLE orders DROP COLUMN status;
ALTER TABLE orders ADD COLUMN state text;
