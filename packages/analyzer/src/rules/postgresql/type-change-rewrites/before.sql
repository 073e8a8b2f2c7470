CREATE TABLE invoices (
  id bigint PRIMARY KEY,
  total_cents integer NOT NULL
);
