ALTER TABLE invoices ALTER COLUMN total_cents TYPE bigint;
