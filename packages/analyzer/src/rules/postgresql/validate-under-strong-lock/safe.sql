-- Gate G1: R1, which copes with this: writes to `orders` that break `total >= 0` fail with 23514, is deployed
-- everywhere; R0 is gone

-- 001 change
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0) NOT VALID;

-- 002 validate_orders
-- Existing rows of `orders` are checked while reads and writes go on.
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- Existing rows are read under SHARE UPDATE EXCLUSIVE: reads and writes go on. Nothing else may share this ALTER TABLE
-- or its transaction: a stronger lock would be held for the scan.
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;
