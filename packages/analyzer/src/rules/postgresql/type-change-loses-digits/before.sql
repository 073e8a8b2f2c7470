CREATE TABLE invoices (
  id bigint PRIMARY KEY,
  rate numeric(10,4)
);
