CREATE TABLE invoices (
  id bigint PRIMARY KEY,
  net_cents integer NOT NULL,
  tax_cents integer NOT NULL
);
