DROP POLICY orders_owner ON orders;
