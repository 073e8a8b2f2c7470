-- Gate G1: R1, which reads `paid` and `settled` of `order_status` alike, and writes whichever of them the type has, is
-- deployed everywhere; R0 is gone

-- 001 change
-- Phase: contract. Transaction: yes
-- Way back: reversible
-- Rows hold the label by number: none is read or written, and each shows the new name from the commit on. No transition
-- holds both names of one label.
ALTER TYPE order_status RENAME VALUE 'paid' TO 'settled';
