CREATE TABLE bookings (
  id bigint,
  guest text
);
