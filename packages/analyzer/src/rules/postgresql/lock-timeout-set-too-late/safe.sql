-- 001 change
-- Phase: as written. Transaction: yes
-- Way back: lossy
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

ALTER TABLE orders ADD COLUMN currency text;

ALTER TABLE orders ADD COLUMN country text;

-- 002 add__columns
-- What can be added to `` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: reversible
SET LOCAL lock_timeout = '2s';
