CREATE TABLE guests (
  id bigint PRIMARY KEY,
  phone varchar(40)
);
