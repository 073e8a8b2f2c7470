-- Clean rows: every rule that statements.sql adds holds for them.
INSERT INTO customers (id, email, nickname, phone, country, birthday, newsletter, referred_by, notes)
  SELECT n, 'c' || n || '@shop.example', 'nick' || n, (100000 + n)::text, 'DE', DATE '1980-01-01' + n, true, 1, 'note ' || n FROM generate_series(1, 1500) n;
INSERT INTO products (id, sku, title, price, weight, colour, tags, attributes, settings, barcode, supplier_code)
  SELECT n, 'SKU' || n, 'Product ' || n, n / 10.0, n, 'red', ARRAY['a', 'b'], '{"a": 1}', '{"a": 1}', (4000000 + n)::text, 'S' || n FROM generate_series(1, 1500) n;
INSERT INTO orders (customer_id, total, legacy_number, comment, shipped_at, delivered_on)
  SELECT n, n, n, 'comment ' || n, now(), DATE '2025-01-01' FROM generate_series(1, 1500) n;
INSERT INTO order_lines (order_id, position, product_id, unit_price, gift_message) SELECT n, 1, n, 5, 'Enjoy ' || n FROM generate_series(1, 1500) n;
INSERT INTO warehouses (id, name, region, opened_on) SELECT n, 'W' || n, 'R' || n, DATE '2020-01-01' FROM generate_series(1, 1500) n;
REFRESH MATERIALIZED VIEW best_sellers;
