CREATE INDEX CONCURRENTLY orders_all_idx ON orders (customer_id, status, total, id);
