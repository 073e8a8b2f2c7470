CREATE UNIQUE INDEX guests_email_idx ON guests (email);
