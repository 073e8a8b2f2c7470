INSERT INTO guests VALUES (1, 'ada@example.org'), (2, 'ada@example.org'), (3, NULL), (4, NULL);
