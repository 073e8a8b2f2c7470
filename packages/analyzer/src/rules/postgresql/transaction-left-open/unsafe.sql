BEGIN;
ALTER TABLE orders ADD COLUMN currency text;
