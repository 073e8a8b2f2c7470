CREATE DOMAIN country_code AS text NOT NULL CHECK (length(VALUE) = 2);
CREATE TABLE guests (
  id bigint PRIMARY KEY,
  name text
);
