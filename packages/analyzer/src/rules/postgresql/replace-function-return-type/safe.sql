-- 001 change
-- Phase: expand. Transaction: yes
-- Way back: reversible
CREATE OR REPLACE FUNCTION order_total(order_id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1::numeric';
