CREATE TABLE guests (
  id bigint PRIMARY KEY,
  email text NOT NULL
);
