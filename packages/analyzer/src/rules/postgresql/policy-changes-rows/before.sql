CREATE TABLE orders (
  id bigint PRIMARY KEY,
  owner text NOT NULL
);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY orders_owner ON orders USING (owner = current_user);
