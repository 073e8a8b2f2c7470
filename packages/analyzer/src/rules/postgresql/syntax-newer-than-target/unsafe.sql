ALTER TABLE orders ADD CONSTRAINT orders_status_present NOT NULL status NOT VALID;
