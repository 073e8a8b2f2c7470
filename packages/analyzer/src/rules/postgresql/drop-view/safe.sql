-- Gate G1: R1, which does without `open_orders`, has run everywhere for 7 days; R0 is gone

-- 001 change
-- Phase: cleanup. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

DROP VIEW open_orders;
