ALTER TABLE guests ADD COLUMN email email_address;
