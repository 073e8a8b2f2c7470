-- Gate G1: R1, which does not look for the rows of `events_2026` in `events`, has run everywhere for 7 days; R0 is gone

-- 001 drop_old_events
-- What nobody uses any more goes from `events`, and with it the way back.
-- Phase: cleanup. Transaction: no (DETACH PARTITION CONCURRENTLY cannot run inside one.)
-- Way back: reversible
-- A plain DETACH takes ACCESS EXCLUSIVE on `events`; so both only see SHARE UPDATE EXCLUSIVE until the last moment.
ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY;

-- 002 drop_old_events_2026
-- What nobody uses any more goes from `events_2026`, and with it the way back.
-- Phase: cleanup. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

-- DETACH CONCURRENTLY leaves a CHECK that says the former bounds.
ALTER TABLE events_2026 DROP CONSTRAINT IF EXISTS events_2026_created_at_check;
