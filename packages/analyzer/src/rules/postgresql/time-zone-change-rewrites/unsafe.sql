ALTER TABLE bookings ALTER COLUMN arrives_at TYPE timestamptz;
