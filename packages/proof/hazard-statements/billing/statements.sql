-- NOT NULL where the check is not valid
-- dirty: ALTER TABLE accounts DROP CONSTRAINT accounts_email_present; UPDATE accounts SET email = NULL WHERE number = 1
ALTER TABLE accounts ALTER COLUMN email SET NOT NULL;

-- The check is validated
-- dirty: ALTER TABLE accounts DROP CONSTRAINT accounts_email_present; UPDATE accounts SET email = NULL WHERE number = 1; ALTER TABLE accounts ADD CONSTRAINT accounts_email_present CHECK (email IS NOT NULL) NOT VALID
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_email_present;

-- A foreign key is validated
-- dirty: ALTER TABLE billing.invoice_lines DROP CONSTRAINT invoice_lines_invoice_fk; INSERT INTO billing.invoice_lines VALUES (999999, 1, 1, 'x'); ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_invoice_fk FOREIGN KEY (invoice_id) REFERENCES billing.invoices (id) NOT VALID
ALTER TABLE billing.invoice_lines VALIDATE CONSTRAINT invoice_lines_invoice_fk;

-- A wider key that another table references
ALTER TABLE accounts ALTER COLUMN number TYPE bigint;

-- A wider column that references another table
ALTER TABLE billing.invoices ALTER COLUMN account_number TYPE bigint;

-- A wider key that a key that is not valid references
ALTER TABLE billing.invoices ALTER COLUMN id TYPE bigint;

-- Several wider columns in one statement
ALTER TABLE ledger ALTER COLUMN debit TYPE numeric(18, 2), ALTER COLUMN credit TYPE numeric(18, 2);

-- One column wider for nothing, one written anew
ALTER TABLE ledger ALTER COLUMN debit TYPE numeric(18, 2), ALTER COLUMN credit TYPE numeric(18, 4);

-- A numeric that loses its cents
ALTER TABLE ledger ALTER COLUMN debit TYPE numeric(14, 0);

-- numeric to double precision
ALTER TABLE ledger ALTER COLUMN credit TYPE double precision;

-- char to varchar
ALTER TABLE ledger ALTER COLUMN code TYPE varchar(6);

-- A shorter char
-- dirty: UPDATE ledger SET code = 'ABCDEF' WHERE id = 1
ALTER TABLE ledger ALTER COLUMN code TYPE char(3);

-- bytea to text
ALTER TABLE ledger ALTER COLUMN hash TYPE text USING encode(hash, 'hex');

-- boolean to integer
ALTER TABLE ledger ALTER COLUMN posted TYPE integer USING posted::integer;

-- serial to bigint
ALTER TABLE ledger ALTER COLUMN id TYPE bigint;

-- varchar to an integer
-- dirty: UPDATE payments SET reference_code = 'C1' WHERE id = 1
-- clean: UPDATE payments SET reference_code = '7'
ALTER TABLE payments ALTER COLUMN reference_code TYPE integer USING reference_code::integer;

-- text to uuid
-- dirty: UPDATE payments SET method = 'card'
-- clean: UPDATE payments SET method = gen_random_uuid()::text
ALTER TABLE payments ALTER COLUMN method TYPE uuid USING method::uuid;

-- text to an enum
-- dirty: UPDATE payments SET method = 'card'
-- clean: UPDATE payments SET method = 'paid'
ALTER TABLE payments ALTER COLUMN method TYPE invoice_state USING method::invoice_state;

-- text to a date
-- dirty: UPDATE payments SET method = 'card'
-- clean: UPDATE payments SET method = '2025-01-01'
ALTER TABLE payments ALTER COLUMN method TYPE date USING method::date;

-- text to jsonb
-- dirty: UPDATE payments SET method = 'card'
-- clean: UPDATE payments SET method = '{}'
ALTER TABLE payments ALTER COLUMN method TYPE jsonb USING method::jsonb;

-- A date out of a time
ALTER TABLE billing.invoices ALTER COLUMN issued TYPE date;

-- A time with its zone by an expression
ALTER TABLE billing.invoices ALTER COLUMN issued TYPE timestamptz USING issued AT TIME ZONE 'UTC';

-- json to jsonb in another schema
-- dirty: UPDATE billing.invoices SET meta = '{"a": "\u0000"}' WHERE id = 1
ALTER TABLE billing.invoices ALTER COLUMN meta TYPE jsonb USING meta::jsonb;

-- A type that a view and a check read
-- refused: a view reads it
ALTER TABLE billing.invoices ALTER COLUMN net TYPE numeric(16, 2);

-- A longer text in the predicate of an index
ALTER TABLE billing.invoices ALTER COLUMN remark TYPE varchar(400);

-- The type that it has
ALTER TABLE ledger ALTER COLUMN debit TYPE numeric(14, 2);

-- A domain with a check for what was a number
-- dirty: UPDATE ledger SET credit = 2 WHERE id = 1
ALTER TABLE ledger ALTER COLUMN credit TYPE tax_rate;

-- A domain without a check back to its base
ALTER TABLE accounts ALTER COLUMN external_ref TYPE text;

-- text to a domain without a check
ALTER TABLE payments ALTER COLUMN payer_name TYPE reference;

-- A longer name in the middle of a table
ALTER TABLE accounts ALTER COLUMN name TYPE varchar(200);

-- A shorter name
-- dirty: UPDATE accounts SET name = repeat('n', 90) WHERE number = 1
ALTER TABLE accounts ALTER COLUMN name TYPE varchar(50);

-- A unique index over two columns
-- dirty: UPDATE payments SET invoice_id = 1, paid_at = '2025-01-01' WHERE id < 3
CREATE UNIQUE INDEX ux_payments ON payments (invoice_id, paid_at);

-- An index in a schema
CREATE INDEX ix_lines_text ON billing.invoice_lines (text);

-- An index of another kind
CREATE INDEX ix_payments_method ON payments USING hash (method);

-- An index for all columns of a query
CREATE INDEX ix_payments_covering ON payments (invoice_id) INCLUDE (amount);

-- A block range index
CREATE INDEX ix_ledger_booked ON ledger USING brin (booked);

-- A unique index that is built beside writers
-- dirty: INSERT INTO payments SELECT * FROM payments WHERE id = 1
-- undo: DROP INDEX ux_payments_id; DELETE FROM payments one USING payments other WHERE one.id = other.id AND one.ctid > other.ctid
CREATE UNIQUE INDEX CONCURRENTLY ux_payments_id ON payments (id);

-- Indexes that are built anew beside writers
-- undo: SELECT 1
REINDEX TABLE CONCURRENTLY ledger;

-- A primary key over a column that is required
-- dirty: UPDATE payments SET id = 1 WHERE id < 3
ALTER TABLE payments ADD CONSTRAINT payments_pk PRIMARY KEY (id);

-- A primary key becomes another
-- breaks: ON CONFLICT that rests on it
ALTER TABLE billing.invoice_lines DROP CONSTRAINT invoice_lines_pk;

-- A unique constraint goes that a foreign key needs
-- refused: a foreign key depends on it
ALTER TABLE accounts DROP CONSTRAINT accounts_number_key;

-- A unique constraint goes with the foreign key
-- breaks: nothing keeps the reference any more
ALTER TABLE accounts DROP CONSTRAINT accounts_number_key CASCADE;

-- A foreign key in another schema goes
-- breaks: nothing keeps the reference any more
ALTER TABLE billing.invoices DROP CONSTRAINT invoices_account_fk;

-- A unique constraint from an index over a nullable column
ALTER TABLE accounts ADD CONSTRAINT accounts_iban_key UNIQUE USING INDEX ux_accounts_iban;

-- A foreign key to a table that is large
-- dirty: UPDATE payments SET invoice_id = 999999 WHERE id = 1
ALTER TABLE payments ADD CONSTRAINT payments_invoice_fk FOREIGN KEY (invoice_id) REFERENCES billing.invoices (id) ON DELETE SET NULL;

-- Two foreign keys at once
-- dirty: UPDATE payments SET invoice_id = 999999 WHERE id = 1
ALTER TABLE payments ADD FOREIGN KEY (invoice_id) REFERENCES billing.invoices (id), ADD COLUMN account_number integer REFERENCES accounts (number);

-- A check on the sum of columns
-- dirty: UPDATE ledger SET debit = -1 WHERE id = 1
ALTER TABLE ledger ADD CONSTRAINT ledger_positive CHECK (debit >= 0 AND credit >= 0);

-- A check that is true by what it says
ALTER TABLE ledger ADD CONSTRAINT ledger_any CHECK (debit IS NULL OR debit IS NOT NULL);

-- A check and a column in one statement
-- dirty: UPDATE ledger SET debit = -1 WHERE id = 1
ALTER TABLE ledger ADD COLUMN memo text, ADD CONSTRAINT ledger_positive CHECK (debit >= 0);

-- A column and its rule in one statement, not validated
ALTER TABLE ledger ADD COLUMN memo text, ADD CONSTRAINT ledger_memo CHECK (length(memo) < 100) NOT VALID;

-- A column with a length
ALTER TABLE payments ADD COLUMN currency varchar(3);

-- A column with a constant of a domain with a check
ALTER TABLE payments ADD COLUMN rate tax_rate NOT NULL DEFAULT 0.19;

-- A column of a composite type
ALTER TABLE payments ADD COLUMN fee money_amount;

-- A column of a domain without a check and with a constant
ALTER TABLE payments ADD COLUMN code reference DEFAULT 'none';

-- A column with the result of an immutable function
ALTER TABLE payments ADD COLUMN label text DEFAULT upper('card');

-- A column with a constant and a name of its NOT NULL
ALTER TABLE payments ADD COLUMN kind smallint CONSTRAINT kind_present NOT NULL DEFAULT 1;

-- A column with a reference that is not checked
ALTER TABLE payments ADD COLUMN ledger_id integer REFERENCES ledger (id) ON DELETE SET NULL;

-- A unique column with a constant for every row
-- refused: the constant is there twice
ALTER TABLE import_buffer ADD COLUMN number integer DEFAULT 0 UNIQUE;

-- A generated column out of others
ALTER TABLE ledger ADD COLUMN saldo numeric GENERATED ALWAYS AS (credit - debit) STORED;

-- A time stamp with a clock
ALTER TABLE ledger ADD COLUMN touched timestamptz NOT NULL DEFAULT clock_timestamp();

-- A time stamp of the statement
ALTER TABLE ledger ADD COLUMN touched timestamptz NOT NULL DEFAULT statement_timestamp();

-- A default that is a subtle call
ALTER TABLE ledger ADD COLUMN touched text DEFAULT timeofday();

-- A default that is cast
ALTER TABLE ledger ADD COLUMN kind text NOT NULL DEFAULT ('manual'::text);

-- A default that is an array of numbers
ALTER TABLE ledger ADD COLUMN shares integer[] DEFAULT ARRAY[1, 2];

-- Identity for a column that is there
-- breaks: writers of a value of their own
ALTER TABLE payments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- Identity for a column that is there, values of one's own allowed
ALTER TABLE payments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;

-- A default that the next rows get
ALTER TABLE payments ALTER COLUMN method SET DEFAULT 'card';

-- A default that is worked out for the next rows
ALTER TABLE payments ALTER COLUMN reference_code SET DEFAULT gen_random_uuid()::text;

-- A logged table
ALTER TABLE import_buffer SET LOGGED;

-- A unlogged table becomes its rows' grave
-- breaks: every row goes
DROP TABLE import_buffer;

-- A table goes that others reference
-- refused: a foreign key depends on it
DROP TABLE accounts;

-- A table goes if it is there
DROP TABLE IF EXISTS never_was;

-- A table in another schema is renamed
-- breaks: code that names it
ALTER TABLE billing.invoices RENAME TO bills;

-- A column in another schema is renamed
-- breaks: code that names it
ALTER TABLE billing.invoices RENAME COLUMN remark TO note;

-- A view gets another name
-- breaks: code that names it
ALTER VIEW billing.open_invoices RENAME TO unpaid_invoices;

-- A function with another body
-- breaks: what callers get
CREATE OR REPLACE FUNCTION billing.gross(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT net * 1.2 $$;

-- A function goes
-- breaks: its callers
DROP FUNCTION billing.gross(numeric);

-- A function with another result
-- refused: OR REPLACE cannot change it
CREATE OR REPLACE FUNCTION billing.gross(net numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$;

-- A type goes that is in use
-- refused: columns depend on it
DROP TYPE invoice_state;

-- A type gets another name
-- breaks: casts to it
ALTER TYPE invoice_state RENAME TO invoice_status;

-- An enum
CREATE TYPE dunning_level AS ENUM ('first', 'second');

-- A domain
CREATE DOMAIN percent AS numeric CHECK (VALUE BETWEEN 0 AND 100);

-- A schema
CREATE SCHEMA reporting;

-- An extension
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A partition for one value
CREATE TABLE regions_south PARTITION OF regions FOR VALUES IN (3);

-- A table that references a partitioned one
CREATE TABLE branches (id integer PRIMARY KEY, region_id integer REFERENCES regions (id));

-- A table out of a query
CREATE TABLE paid_invoices AS SELECT id, net FROM billing.invoices WHERE state = 'paid';

-- A temporary table
CREATE TEMPORARY TABLE matching (id integer);

-- A comment on a table
COMMENT ON TABLE ledger IS 'Double entry';

-- A setting for what follows
SET lock_timeout = '2s';

-- Rows that are filled in
-- breaks: the values that are replaced
UPDATE payments SET method = 'card' WHERE method IS NULL;

-- Rows of a table go by a condition
-- breaks: the rows
DELETE FROM ledger WHERE booked < '2000-01-01';

-- Rows out of another table
-- dirty: INSERT INTO ledger (id, booked) VALUES (5001, '2025-01-01')
INSERT INTO ledger (id, booked, debit) SELECT id + 5000, due, net FROM billing.invoices;
