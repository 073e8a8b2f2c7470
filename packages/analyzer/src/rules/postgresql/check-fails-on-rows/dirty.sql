INSERT INTO orders (id, total) VALUES (1, -5), (2, 5), (3, NULL);
