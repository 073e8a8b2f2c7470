-- Gate G1: R1, which rests no ON CONFLICT on `guests_email_key` of `guests`, is deployed everywhere; R0 is gone

-- 001 change
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- A brief ACCESS EXCLUSIVE; from here on ON CONFLICT does not find it.
ALTER TABLE guests DROP CONSTRAINT guests_email_key;
