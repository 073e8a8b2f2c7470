CREATE TABLE orders (
  id bigint PRIMARY KEY,
  total bigint NOT NULL
);
CREATE MATERIALIZED VIEW order_totals AS SELECT sum(total) AS total FROM orders;
