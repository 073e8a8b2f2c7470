CREATE TABLE bookings (
  id bigint,
  guest text
);
CREATE UNIQUE INDEX bookings_id_idx ON bookings (id);
