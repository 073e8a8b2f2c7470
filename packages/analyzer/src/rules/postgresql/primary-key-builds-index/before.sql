CREATE TABLE bookings (
  id bigint NOT NULL,
  guest text
);
