INSERT INTO guests (id) VALUES (1);
