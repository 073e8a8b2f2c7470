-- Gate G1: R1, which connects as a role that the policies of `orders` let through, is deployed everywhere; R0 is gone
-- Condition: the policies of `orders` have been tried as the application's role

-- 001 change
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- The policies are there before it: without one nobody but the owner would see a row.
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
