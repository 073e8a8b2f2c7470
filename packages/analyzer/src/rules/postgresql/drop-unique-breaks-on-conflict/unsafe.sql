ALTER TABLE guests DROP CONSTRAINT guests_email_key;
