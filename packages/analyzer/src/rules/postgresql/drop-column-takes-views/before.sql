CREATE TABLE guests (
  id bigint PRIMARY KEY,
  email text
);
CREATE VIEW guest_emails AS SELECT email FROM guests;
