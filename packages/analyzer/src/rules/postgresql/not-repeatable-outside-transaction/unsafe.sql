ALTER TABLE orders ADD COLUMN currency text;
CREATE INDEX CONCURRENTLY orders_currency ON orders (currency);
