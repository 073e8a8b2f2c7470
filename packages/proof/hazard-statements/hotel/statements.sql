-- A policy comes
-- breaks: what roles see
CREATE POLICY guests_read ON guests FOR SELECT USING (vip);

-- A policy changes
-- breaks: what roles see
ALTER POLICY guests_of_tenant ON guests USING (tenant = 2);

-- A policy goes
-- breaks: what roles see
DROP POLICY guests_of_tenant ON guests;

-- Row level security begins
-- breaks: roles without a policy see nothing
ALTER TABLE stays ENABLE ROW LEVEL SECURITY;

-- Row level security for the owner, too
-- breaks: the owner without a policy sees nothing
ALTER TABLE guests FORCE ROW LEVEL SECURITY;

-- A partition with a default partition beside it
-- dirty: INSERT INTO rates VALUES ('2027-03-01', 1, 1, 'n')
CREATE TABLE rates_2027 PARTITION OF rates FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- A partition without a default partition
CREATE TABLE visits_2027 PARTITION OF visits FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- A table becomes a partition
-- dirty: INSERT INTO rates_2026 VALUES ('2031-03-01', 1, 1, 'n')
ALTER TABLE rates ATTACH PARTITION rates_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- A table becomes a partition that a check proves
ALTER TABLE visits ATTACH PARTITION visits_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- A table becomes a partition that nothing proves
-- dirty: INSERT INTO visits_2026 VALUES ('2031-03-01', 1)
ALTER TABLE visits ATTACH PARTITION visits_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- A partition leaves
-- breaks: readers of the parent
ALTER TABLE visits DETACH PARTITION visits_2024;

-- A partition leaves beside readers
-- breaks: readers of the parent
-- undo: ALTER TABLE visits ATTACH PARTITION visits_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
ALTER TABLE visits DETACH PARTITION visits_2024 CONCURRENTLY;

-- A partition goes
-- breaks: its rows go
DROP TABLE rates_2024;

-- A partitioned table goes
-- breaks: its rows go
DROP TABLE visits;

-- A column on all partitions
ALTER TABLE rates ADD COLUMN currency text NOT NULL DEFAULT 'EUR';

-- A column that is worked out for all partitions
ALTER TABLE rates ADD COLUMN code uuid DEFAULT gen_random_uuid();

-- NOT NULL on all partitions
-- dirty: UPDATE rates SET note = NULL WHERE type_id = 1
ALTER TABLE rates ALTER COLUMN note SET NOT NULL;

-- A wider type on all partitions
ALTER TABLE rates ALTER COLUMN note TYPE varchar(60);

-- A type that is written anew on all partitions
ALTER TABLE rates ALTER COLUMN type_id TYPE bigint;

-- An index on all partitions
CREATE INDEX ix_rates_price ON rates (price);

-- An index on the parent alone
CREATE INDEX ix_rates_price ON ONLY rates (price);

-- A check on all partitions
-- dirty: UPDATE rates SET price = -1 WHERE type_id = 1
ALTER TABLE rates ADD CONSTRAINT rates_price_positive CHECK (price > 0);

-- A foreign key from a partitioned table
-- dirty: INSERT INTO rates VALUES ('2024-01-01', 999999, 1, 'n')
-- clean: DELETE FROM rates WHERE type_id > 1200
ALTER TABLE rates ADD CONSTRAINT rates_type_fk FOREIGN KEY (type_id) REFERENCES room_types (id);

-- A foreign key that takes over those of all partitions
ALTER TABLE minibar ADD CONSTRAINT minibar_room_fk FOREIGN KEY (room_id) REFERENCES rooms ON DELETE CASCADE;

-- A foreign key to a partitioned table that takes over those of all partitions
ALTER TABLE minibar ADD FOREIGN KEY (supplier_id) REFERENCES suppliers;

-- A foreign key that differs from those of the partitions
-- breaks: deletes that leave rows behind
ALTER TABLE minibar ADD CONSTRAINT minibar_room_no_cascade_fk FOREIGN KEY (room_id) REFERENCES rooms;

-- A foreign key that one partition has already
-- dirty: INSERT INTO minibar VALUES ('2025-01-01', 1, 999999)
ALTER TABLE minibar ADD FOREIGN KEY (type_id) REFERENCES room_types (id);

-- A key of a partitioned table
-- dirty: INSERT INTO rates VALUES ('2024-01-01', 700, 1, 'n'), ('2024-01-01', 700, 1, 'n')
ALTER TABLE rates ADD PRIMARY KEY (day, type_id);

-- A column of an inherited table
ALTER TABLE staff ADD COLUMN nickname text;

-- A check of an inherited table
-- dirty: UPDATE night_staff SET wage = 0 WHERE id = 2001
ALTER TABLE staff ADD CONSTRAINT staff_paid CHECK (wage > 0);

-- A type of an inherited table
ALTER TABLE staff ALTER COLUMN wage TYPE double precision;

-- A table without heirs any more
-- breaks: readers of the parent
ALTER TABLE night_staff NO INHERIT staff;

-- An exclusion of overlapping stays
-- dirty: UPDATE stays SET room_id = 1 WHERE id < 3
ALTER TABLE stays ADD CONSTRAINT stays_overlap EXCLUDE USING gist (room_id WITH =, daterange(arrival, departure) WITH &&);

-- A check of two columns
-- dirty: UPDATE stays SET departure = arrival - 1 WHERE id = 1
ALTER TABLE stays ADD CONSTRAINT stays_in_order CHECK (departure > arrival);

-- A check that nobody inherits
-- dirty: UPDATE ONLY staff SET wage = 0 WHERE id = 1
ALTER TABLE staff ADD CONSTRAINT staff_paid CHECK (wage > 0) NO INHERIT;

-- A foreign key that cascades
-- dirty: UPDATE stays SET guest_id = 999999 WHERE id = 1
ALTER TABLE stays ADD CONSTRAINT stays_guest_fk FOREIGN KEY (guest_id) REFERENCES guests (id) ON DELETE CASCADE;

-- A foreign key goes
-- breaks: nothing keeps the reference any more
ALTER TABLE rooms DROP CONSTRAINT rooms_type_fk;

-- A check goes
-- breaks: nothing keeps the rule any more
ALTER TABLE rooms DROP CONSTRAINT rooms_phone_check;

-- A constraint goes that never was
ALTER TABLE rooms DROP CONSTRAINT IF EXISTS rooms_never;

-- A foreign key becomes deferrable
ALTER TABLE rooms ALTER CONSTRAINT rooms_type_fk DEFERRABLE INITIALLY DEFERRED;

-- A constraint gets another name
ALTER TABLE rooms RENAME CONSTRAINT rooms_type_fk TO rooms_room_type_fk;

-- A rule for a domain that is in use
-- dirty: UPDATE rooms SET number = -1 WHERE id = 1
ALTER DOMAIN room_number ADD CONSTRAINT room_number_positive CHECK (VALUE > 0);

-- A rule for a domain that is not validated
-- breaks: writers of bad values
ALTER DOMAIN room_number ADD CONSTRAINT room_number_positive CHECK (VALUE > 0) NOT VALID;

-- A domain is required
-- dirty: UPDATE guests SET rating = NULL WHERE id = 1
ALTER DOMAIN score SET NOT NULL;

-- A domain gets a default
ALTER DOMAIN score SET DEFAULT 5;

-- A column of a domain with a check and a default
ALTER TABLE rooms ADD COLUMN stars score DEFAULT 3;

-- A longer text behind a check
ALTER TABLE rooms ALTER COLUMN phone TYPE varchar(20);

-- A longer text in a plain index
ALTER TABLE rooms ALTER COLUMN remarks TYPE varchar(1000);

-- A text without a limit in a plain index
ALTER TABLE rooms ALTER COLUMN remarks TYPE text;

-- A type in the predicate of an index
ALTER TABLE rooms ALTER COLUMN floor TYPE integer;

-- cidr to inet
ALTER TABLE rooms ALTER COLUMN network TYPE inet;

-- inet to text
ALTER TABLE rooms ALTER COLUMN address TYPE text;

-- Longer bits
ALTER TABLE rooms ALTER COLUMN key_bits TYPE varbit(32);

-- Shorter bits
-- dirty: UPDATE rooms SET key_bits = B'1111111111111111' WHERE id = 1
ALTER TABLE rooms ALTER COLUMN key_bits TYPE varbit(8);

-- More digits of a second
ALTER TABLE rooms ALTER COLUMN cleaned_at TYPE timestamptz(6);

-- Fewer digits of a second
ALTER TABLE rooms ALTER COLUMN cleaned_at TYPE timestamptz(0);

-- A numeric with more digits at the same scale
ALTER TABLE stays ALTER COLUMN price TYPE numeric(14, 2);

-- A numeric without limits
ALTER TABLE stays ALTER COLUMN price TYPE numeric;

-- A numeric with another scale
ALTER TABLE stays ALTER COLUMN price TYPE numeric(12, 4);

-- A numeric with fewer digits
-- dirty: UPDATE stays SET price = 9999999 WHERE id = 1
ALTER TABLE stays ALTER COLUMN price TYPE numeric(5, 2);

-- numeric to integer
ALTER TABLE stays ALTER COLUMN price TYPE integer USING round(price)::integer;

-- An enum with a label less
-- dirty: UPDATE stays SET meals = 'half' WHERE id = 1
ALTER TABLE stays ALTER COLUMN meals TYPE short_board USING meals::text::short_board;

-- An enum with more labels, in another order
ALTER TABLE stays ALTER COLUMN meals TYPE any_board USING (meals::text::any_board);

-- A list instead of a text
ALTER TABLE rooms ALTER COLUMN remarks TYPE text[] USING string_to_array(remarks, ',');

-- A text in a document
ALTER TABLE guests ALTER COLUMN email TYPE jsonb USING to_jsonb(email);

-- An enum becomes text
ALTER TABLE stays ALTER COLUMN meals TYPE text;

-- A longer char
ALTER TABLE guests ALTER COLUMN language TYPE char(5);

-- A column of a policy changes its type
-- refused: a policy depends on it
ALTER TABLE guests ALTER COLUMN tenant TYPE bigint;

-- A column of a generated column changes its type
-- refused: a generated column depends on it
ALTER TABLE guests ALTER COLUMN passport TYPE text;

-- A column that a policy needs goes
-- refused: a policy depends on it
ALTER TABLE guests DROP COLUMN tenant;

-- A generated column goes
-- breaks: code that names it
ALTER TABLE guests DROP COLUMN full_label;

-- A generated column becomes a plain one
ALTER TABLE guests ALTER COLUMN full_label DROP EXPRESSION;

-- A text that becomes a boolean
-- dirty: UPDATE complaints SET body = 'cold' WHERE id = 1
-- clean: UPDATE complaints SET body = 'yes'
ALTER TABLE complaints ALTER COLUMN body TYPE boolean USING body::boolean;

-- A key of a table without one
-- dirty: UPDATE complaints SET id = NULL WHERE id = 1
ALTER TABLE complaints ADD CONSTRAINT complaints_pk PRIMARY KEY (id);

-- Two rules at once
-- dirty: UPDATE complaints SET guest_id = 999999 WHERE id = 1
ALTER TABLE complaints ADD FOREIGN KEY (guest_id) REFERENCES guests (id), ALTER COLUMN guest_id SET NOT NULL;

-- An unlogged table
-- breaks: a crash empties it
ALTER TABLE complaints SET UNLOGGED;

-- A table in another order
CLUSTER stays USING ix_stays_guest;

-- The index by which a table is ordered
ALTER TABLE stays CLUSTER ON ix_stays_guest;

-- How full pages are
ALTER TABLE stays SET (fillfactor = 80);

-- How often it is vacuumed
ALTER TABLE stays SET (autovacuum_vacuum_scale_factor = 0.02);

-- How much is counted of a column
ALTER TABLE stays ALTER COLUMN arrival SET STATISTICS 500;

-- Where long values go
ALTER TABLE guests ALTER COLUMN email SET STORAGE EXTERNAL;

-- What replicas get
ALTER TABLE complaints REPLICA IDENTITY FULL;

-- Statistics of two columns
CREATE STATISTICS stays_dates (dependencies) ON arrival, departure FROM stays;

-- A table in another schema
-- breaks: code that names it
ALTER TABLE complaints SET SCHEMA archive;

-- A schema gets another name
-- breaks: code that names it
ALTER SCHEMA archive RENAME TO attic;

-- A trigger for each statement
-- breaks: every write does more
CREATE TRIGGER guests_log AFTER DELETE ON guests FOR EACH STATEMENT EXECUTE FUNCTION log_change();

-- A trigger rests
-- breaks: what it does is not done
ALTER TABLE stays DISABLE TRIGGER stays_log;

-- A table is locked
LOCK TABLE rooms IN SHARE MODE;

-- A role may read
GRANT SELECT ON guests TO frontdesk;

-- A role may read no more
-- breaks: the role's queries
REVOKE SELECT ON stays FROM frontdesk;

-- Statistics are gathered
ANALYZE stays;

-- A whole table goes with CASCADE
-- breaks: its rows, and what rests on it
DROP TABLE rooms CASCADE;

-- A schema goes
-- breaks: all that was in it
DROP SCHEMA archive CASCADE;

-- Rows go
-- breaks: the rows
DELETE FROM complaints;

-- All are emptied that reference it
-- breaks: the rows
TRUNCATE room_types CASCADE;

-- A label before another
-- breaks: readers that know all labels
ALTER TYPE board ADD VALUE 'full' AFTER 'half';

-- A label gets another name
-- breaks: code that names it
ALTER TYPE board RENAME VALUE 'half' TO 'half board';
