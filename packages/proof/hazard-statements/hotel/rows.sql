INSERT INTO room_types SELECT n, 'Type ' || n, 2, 10 FROM generate_series(1, 1200) n;
INSERT INTO rooms (id, number, floor, type_id, phone, address, network, key_bits, cleaned_at, remarks)
  SELECT n, n, n % 9, n, (1000 + n)::text, '10.0.0.1', '10.0.0.0/24', B'1010', now(), 'remark ' || n FROM generate_series(1, 1200) n;
INSERT INTO guests (id, name, email, passport, vip, rating, language) SELECT n, 'Guest ' || n, 'g' || n || '@mail.example', 'P' || n, false, 5, 'de' FROM generate_series(1, 1200) n;
INSERT INTO stays (id, room_id, guest_id, arrival, departure, meals, adults, price)
  SELECT n, n, n, DATE '2025-01-01', DATE '2025-01-05', 'none', 2, 100 FROM generate_series(1, 1200) n;
INSERT INTO rates (day, type_id, price, note) SELECT DATE '2024-01-01' + n % 700, n, 80, 'n' FROM generate_series(1, 4000) n;
INSERT INTO rates (day, type_id, price, note) SELECT DATE '2030-01-01', n, 80, 'n' FROM generate_series(1, 1200) n;
INSERT INTO rates_2026 SELECT DATE '2026-02-01', n, 90, 'n' FROM generate_series(1, 1200) n;
INSERT INTO visits SELECT TIMESTAMPTZ '2024-06-01 12:00Z', n FROM generate_series(1, 1200) n;
INSERT INTO visits_2025 SELECT TIMESTAMPTZ '2025-06-01 12:00Z', n FROM generate_series(1, 1200) n;
INSERT INTO visits_2026 SELECT TIMESTAMPTZ '2026-06-01 12:00Z', n FROM generate_series(1, 1200) n;
INSERT INTO minibar SELECT DATE '2024-05-01', n, n FROM generate_series(1, 1200) n;
INSERT INTO minibar SELECT DATE '2025-05-01', n, n FROM generate_series(1, 1200) n;
INSERT INTO staff SELECT n, 'Staff ' || n, 2000 FROM generate_series(1, 1200) n;
INSERT INTO night_staff SELECT n, 'Night ' || n, 2000, 100 FROM generate_series(2001, 3200) n;
INSERT INTO complaints SELECT n, n, 'cold' FROM generate_series(1, 1200) n;
