-- A hotel: guests, rooms, stays; partitions by time, policies, an exclusion.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TYPE board AS ENUM ('none', 'breakfast', 'half');
CREATE TYPE short_board AS ENUM ('none', 'breakfast');
CREATE TYPE any_board AS ENUM ('none', 'half', 'breakfast', 'full');
CREATE DOMAIN room_number AS integer;
CREATE DOMAIN score AS smallint CHECK (VALUE BETWEEN 1 AND 10);
CREATE SCHEMA archive;

CREATE TABLE room_types (
  id integer PRIMARY KEY,
  name varchar(60) NOT NULL,
  beds smallint,
  surcharge numeric(8, 2)
);
CREATE TABLE rooms (
  id integer PRIMARY KEY,
  number room_number NOT NULL,
  floor smallint,
  type_id integer,
  phone varchar(12),
  address inet,
  network cidr,
  key_bits varbit(16),
  cleaned_at timestamptz(3),
  remarks varchar(500),
  CONSTRAINT rooms_type_fk FOREIGN KEY (type_id) REFERENCES room_types (id),
  CONSTRAINT rooms_phone_check CHECK (length(phone) > 2)
);
CREATE INDEX ix_rooms_upper ON rooms (number) WHERE floor > 3;
CREATE INDEX ix_rooms_remarks ON rooms (remarks);

CREATE TABLE guests (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  email text,
  passport varchar(20),
  vip boolean,
  rating score,
  language char(2),
  joined timestamp NOT NULL DEFAULT now(),
  full_label text GENERATED ALWAYS AS (name || ' ' || coalesce(passport, '')) STORED,
  tenant integer NOT NULL DEFAULT 1
);
ALTER TABLE guests ENABLE ROW LEVEL SECURITY;
CREATE POLICY guests_of_tenant ON guests USING (tenant = 1);

CREATE TABLE stays (
  id bigint PRIMARY KEY,
  room_id integer NOT NULL REFERENCES rooms (id),
  guest_id bigint,
  arrival date NOT NULL,
  departure date NOT NULL,
  meals board,
  adults integer,
  price numeric(9, 2)
);
CREATE INDEX ix_stays_guest ON stays (guest_id);

CREATE TABLE rates (
  day date NOT NULL,
  type_id integer NOT NULL,
  price numeric(8, 2) NOT NULL,
  note varchar(30)
) PARTITION BY RANGE (day);
CREATE TABLE rates_2024 PARTITION OF rates FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE rates_2025 PARTITION OF rates FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE rates_other PARTITION OF rates DEFAULT;
CREATE INDEX ix_rates_type ON rates (type_id);
CREATE TABLE rates_2026 (day date NOT NULL, type_id integer NOT NULL, price numeric(8, 2) NOT NULL, note varchar(30));

CREATE TABLE visits (at timestamptz NOT NULL, door integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE visits_2025 (
  at timestamptz NOT NULL,
  door integer NOT NULL,
  CONSTRAINT visits_2025_bounds CHECK (at >= '2025-01-01' AND at < '2026-01-01')
);
CREATE TABLE visits_2026 (at timestamptz NOT NULL, door integer NOT NULL);

CREATE TABLE suppliers (id integer PRIMARY KEY) PARTITION BY HASH (id);
CREATE TABLE suppliers_all PARTITION OF suppliers FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE minibar (day date NOT NULL, room_id integer, type_id integer, supplier_id integer) PARTITION BY RANGE (day);
CREATE TABLE minibar_2024 PARTITION OF minibar FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE minibar_2025 PARTITION OF minibar FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY HASH (room_id);
CREATE TABLE minibar_all PARTITION OF minibar_2025 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
ALTER TABLE minibar_2024 ADD CONSTRAINT minibar_room_fk FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE;
ALTER TABLE minibar_all ADD CONSTRAINT minibar_room_fk FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE CASCADE;
ALTER TABLE minibar_2024 ADD FOREIGN KEY (supplier_id) REFERENCES suppliers (id);
ALTER TABLE minibar_all ADD FOREIGN KEY (supplier_id) REFERENCES suppliers (id);
ALTER TABLE minibar_2024 ADD CONSTRAINT minibar_type_fk FOREIGN KEY (type_id) REFERENCES room_types (id);

CREATE TABLE staff (id integer PRIMARY KEY, name text NOT NULL, wage numeric(8, 2));
CREATE TABLE night_staff (bonus numeric) INHERITS (staff);

CREATE TABLE complaints (id integer, guest_id bigint, body text);

CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NULL;
END
$$;
CREATE TRIGGER stays_log AFTER INSERT ON stays FOR EACH ROW EXECUTE FUNCTION log_change();
CREATE VIEW guest_list AS SELECT id, name FROM guests;
CREATE ROLE frontdesk;
GRANT SELECT ON stays TO frontdesk;
