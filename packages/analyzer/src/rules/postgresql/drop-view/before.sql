CREATE TABLE orders (
  id bigint PRIMARY KEY,
  status text NOT NULL
);
CREATE VIEW open_orders AS SELECT id, status FROM orders WHERE status = 'open';
