INSERT INTO bookings VALUES (1, 'Ada'), (1, 'Grace'), (NULL, 'Edsger');
