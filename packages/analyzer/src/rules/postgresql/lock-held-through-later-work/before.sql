CREATE TABLE orders (
  id bigint PRIMARY KEY,
  status text NOT NULL DEFAULT 'open'
);
CREATE TABLE shipments (
  id bigint PRIMARY KEY,
  state text
);
