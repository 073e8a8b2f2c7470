-- Gate G1: R1, which does without `guests.email` and what goes with it: `guest_emails`, has run everywhere for 7 days;
-- R0 is gone
-- Condition: the values of `guests.email` are archived, or somebody has decided that nobody needs them

-- 001 change
-- Phase: cleanup. Transaction: yes
-- Way back: irreversible (the values of guests.email are gone)
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- Point of no return: the values go. A brief ACCESS EXCLUSIVE.
ALTER TABLE guests DROP COLUMN email CASCADE;
