ALTER TABLE orders ADD COLUMN currency text;
COMMIT;
ALTER TABLE orders ADD COLUMN country text;
