INSERT INTO guests VALUES (1, '+49 30 1234567890 extension 12'), (2, '+49 30 123');
