ALTER TABLE guests ADD COLUMN country country_code;
