-- Gate G1: R1, which gives `orders.id` no value of its own, is deployed everywhere; R0 is gone

-- 001 change
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- The sequence would begin at 1, whatever rows have; behind the same lock nobody takes a number before it is set.
SELECT setval(pg_get_serial_sequence('orders', 'id'), max(id)) FROM orders HAVING max(id) > 0;
