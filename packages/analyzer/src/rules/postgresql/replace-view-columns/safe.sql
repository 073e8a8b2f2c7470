-- 001 change
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

CREATE OR REPLACE VIEW open_orders (status, id) AS
SELECT status, id FROM orders WHERE status = 'open';
