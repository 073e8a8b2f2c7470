INSERT INTO customers VALUES (1, 'ada@example.com');
