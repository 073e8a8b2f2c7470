-- 001 add_orders_columns
-- What can be added to `orders` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: lossy
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- `channel` comes without NOT NULL, so that rows that exist and the release of today may leave it out.
ALTER TABLE orders ADD COLUMN channel text;

-- Gate G1: R1, which gives `orders.channel` a value, is deployed everywhere; R0 is gone
-- Condition: every row has a value in `orders.channel`: SELECT count(*) FROM orders WHERE channel IS NULL gives 0

-- 002 constrain_orders
-- Constraints of `orders` that hold for new rows from here on.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- NOT VALID looks at new rows only: a brief ACCESS EXCLUSIVE.
ALTER TABLE orders ADD CONSTRAINT orders_channel_present CHECK (channel IS NOT NULL) NOT VALID;

-- 003 validate_orders
-- Existing rows of `orders` are checked while reads and writes go on.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE orders VALIDATE CONSTRAINT orders_channel_present;

-- 004 require_orders
-- What the rows of `orders` have been shown to keep becomes part of the table.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The valid check proves it, so no row is read.
ALTER TABLE orders ALTER COLUMN channel SET NOT NULL;

-- A statement of its own: in one ALTER TABLE the DROP would run first, and SET NOT NULL would scan under ACCESS
-- EXCLUSIVE.
ALTER TABLE orders DROP CONSTRAINT orders_channel_present;
