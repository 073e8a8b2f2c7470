CREATE TABLE orders (
  id bigint PRIMARY KEY,
  placed_by bigint,
  customer_id bigint
);
CREATE FUNCTION orders_sync() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.customer_id := NEW.placed_by; RETURN NEW; END $$;
CREATE TRIGGER orders_sync BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_sync();
