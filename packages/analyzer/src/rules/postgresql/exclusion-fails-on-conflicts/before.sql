CREATE TABLE bookings (
  id bigint PRIMARY KEY,
  stay daterange
);
