CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE guests (
  id bigint PRIMARY KEY,
  name text NOT NULL
);
