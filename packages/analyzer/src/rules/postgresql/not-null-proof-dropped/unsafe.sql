ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL, DROP CONSTRAINT orders_customer_id_given;
