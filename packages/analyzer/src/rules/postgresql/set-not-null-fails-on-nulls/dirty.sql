INSERT INTO orders (id, customer_id) VALUES (1, NULL), (2, 7);
