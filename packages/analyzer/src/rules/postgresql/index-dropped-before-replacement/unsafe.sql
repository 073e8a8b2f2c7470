DROP INDEX orders_status_idx;
CREATE INDEX orders_status_idx ON orders (status, total);
