ALTER TABLE invoices ADD COLUMN gross_cents integer GENERATED ALWAYS AS (net_cents + tax_cents) STORED;
