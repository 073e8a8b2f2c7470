ALTER TABLE orders ADD CONSTRAINT orders_note_present NOT NULL note NOT VALID;
