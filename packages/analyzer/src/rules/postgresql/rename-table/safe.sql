-- 001 rename_orders
-- `orders` gets its new name, and a view keeps the old one for the release that knows no other.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Table and view change names in one transaction: nobody misses either. Roles need their privileges on the view too.
ALTER TABLE orders RENAME TO purchases;

CREATE VIEW orders WITH (security_invoker = true) AS SELECT * FROM purchases;

-- Gate G1: R1, which names `purchases` instead of `orders`, has run everywhere for 7 days; R0 is gone

-- 002 drop_replaced_orders
-- The view that has kept the name `orders` goes.
-- Phase: cleanup. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP VIEW orders;
