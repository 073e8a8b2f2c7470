ALTER TABLE invoices ALTER COLUMN rate TYPE numeric(10,2);
