DROP TRIGGER orders_sync ON orders;
