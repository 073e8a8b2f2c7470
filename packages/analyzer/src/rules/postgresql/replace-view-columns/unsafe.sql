CREATE OR REPLACE VIEW open_orders AS SELECT status, id FROM orders WHERE status = 'open';
