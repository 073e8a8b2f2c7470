CREATE TABLE guests (
  id bigint PRIMARY KEY,
  email varchar(80),
  CHECK (email LIKE '%@%')
);
