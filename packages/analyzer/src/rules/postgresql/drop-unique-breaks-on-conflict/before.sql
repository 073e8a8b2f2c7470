CREATE TABLE guests (
  id bigint PRIMARY KEY,
  email text,
  CONSTRAINT guests_email_key UNIQUE (email)
);
