CREATE TABLE currencies (
  code         char(3) PRIMARY KEY,
  name         text NOT NULL,
  minor_digits smallint NOT NULL DEFAULT 2
);

INSERT INTO currencies VALUES ('EUR', 'Euro', 2), ('USD', 'US dollar', 2);

CREATE TABLE order_refunds (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id     bigint NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  external_ref text UNIQUE,
  created_at   timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE orders ADD COLUMN currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies (code);

ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;

ALTER TABLE orders RENAME COLUMN placed_by TO customer_id;

ALTER TABLE orders DROP COLUMN legacy_ref;

CREATE INDEX ix_orders_customer_id ON orders (customer_id);
