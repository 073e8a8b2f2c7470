CREATE DOMAIN email_address AS text;
CREATE TABLE customers (
  id bigint PRIMARY KEY,
  email email_address
);
