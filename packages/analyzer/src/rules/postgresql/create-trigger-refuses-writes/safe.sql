-- 001 change
-- Phase: as written. Transaction: yes
-- Way back: reversible
CREATE FUNCTION orders_total_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total < 0 THEN RAISE EXCEPTION 'negative total'; END IF; RETURN NEW; END $$;

-- 002 add_orders_columns
-- What can be added to `orders` at once, without reading its rows.
-- Phase: expand. Transaction: yes
-- Way back: reversible
-- On 55P03 (lock not available) wait 1 s, 2 s, 4 s … and run the file again: nobody queues behind it for longer than
-- that.
SET LOCAL lock_timeout = '2s';

CREATE TRIGGER orders_total_guard BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_total_guard();
