ALTER TABLE guests ALTER COLUMN phone TYPE varchar(20);
