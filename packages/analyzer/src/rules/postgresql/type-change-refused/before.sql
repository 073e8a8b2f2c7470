CREATE TABLE guests (
  id bigint PRIMARY KEY,
  email varchar(80)
);
CREATE VIEW guest_emails AS SELECT email FROM guests;
