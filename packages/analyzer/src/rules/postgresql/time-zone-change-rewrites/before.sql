CREATE TABLE bookings (
  id bigint PRIMARY KEY,
  arrives_at timestamp NOT NULL
);
