CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint,
  CONSTRAINT orders_customer_id_given CHECK (customer_id IS NOT NULL)
);
