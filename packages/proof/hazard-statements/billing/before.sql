-- A billing system: accounts, invoices, payments, a ledger.
CREATE SCHEMA billing;
CREATE TYPE invoice_state AS ENUM ('draft', 'sent', 'paid');
CREATE TYPE money_amount AS (value numeric, currency text);
CREATE DOMAIN tax_rate AS numeric(5, 4) CHECK (VALUE BETWEEN 0 AND 1);
CREATE DOMAIN reference AS text;

CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer NOT NULL,
  name varchar(100) NOT NULL,
  iban varchar(34),
  balance bigint NOT NULL DEFAULT 0,
  opened date NOT NULL DEFAULT CURRENT_DATE,
  closed date,
  email text,
  external_ref reference,
  CONSTRAINT accounts_number_key UNIQUE (number),
  CONSTRAINT accounts_dates CHECK (closed IS NULL OR closed >= opened)
);
ALTER TABLE accounts ADD CONSTRAINT accounts_email_present CHECK (email IS NOT NULL) NOT VALID;
CREATE UNIQUE INDEX ux_accounts_iban ON accounts (iban);

CREATE TABLE billing.invoices (
  id integer PRIMARY KEY,
  account_number integer,
  state invoice_state NOT NULL DEFAULT 'draft',
  net numeric(12, 2) NOT NULL,
  rate tax_rate,
  issued timestamp,
  due date,
  remark varchar(200),
  meta json,
  CONSTRAINT invoices_account_fk FOREIGN KEY (account_number) REFERENCES accounts (number),
  CONSTRAINT invoices_net_check CHECK (net >= 0)
);
CREATE INDEX ix_invoices_account ON billing.invoices (account_number);
CREATE INDEX ix_invoices_open ON billing.invoices (due) WHERE remark IS NULL;

CREATE TABLE billing.invoice_lines (
  invoice_id integer NOT NULL,
  line smallint NOT NULL,
  amount numeric(12, 2) NOT NULL,
  text varchar(80),
  CONSTRAINT invoice_lines_pk PRIMARY KEY (invoice_id, line)
);
ALTER TABLE billing.invoice_lines ADD CONSTRAINT invoice_lines_invoice_fk FOREIGN KEY (invoice_id) REFERENCES billing.invoices (id) NOT VALID;

CREATE TABLE payments (
  id bigint NOT NULL,
  invoice_id integer,
  paid_at timestamptz NOT NULL,
  amount numeric(12, 2) NOT NULL,
  method text,
  payer_name text,
  reference_code varchar(40)
);
CREATE TABLE ledger (
  id serial PRIMARY KEY,
  booked date NOT NULL,
  debit numeric(14, 2) NOT NULL DEFAULT 0,
  credit numeric(14, 2) NOT NULL DEFAULT 0,
  code char(6),
  posted boolean,
  hash bytea
);
CREATE TABLE regions (id integer PRIMARY KEY, name text) PARTITION BY LIST (id);
CREATE TABLE regions_north PARTITION OF regions FOR VALUES IN (1, 2);
CREATE UNLOGGED TABLE import_buffer (line text);

CREATE VIEW billing.open_invoices AS SELECT net, due FROM billing.invoices WHERE state <> 'paid';
CREATE FUNCTION billing.gross(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT net * 1.19 $$;
