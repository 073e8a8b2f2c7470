INSERT INTO accounts (number, name, iban, email, external_ref) SELECT n, 'Account ' || n, 'DE' || n, 'a' || n || '@x', 'R' || n FROM generate_series(1, 1500) n;
INSERT INTO billing.invoices (id, account_number, net, rate, issued, due, remark, meta) SELECT n, n, n, 0.19, now(), DATE '2025-01-01', 'r' || n, '{}' FROM generate_series(1, 1500) n;
INSERT INTO billing.invoice_lines SELECT n, 1, 10, 'line' FROM generate_series(1, 1500) n;
INSERT INTO payments SELECT n, n, now(), 10, 'card', 'Payer ' || n, 'C' || n FROM generate_series(1, 1500) n;
INSERT INTO ledger (booked, debit, code, posted, hash) SELECT DATE '2025-01-01', n, 'AB' || n % 9, true, '\x01' FROM generate_series(1, 1500) n;
INSERT INTO import_buffer SELECT 'line ' || n FROM generate_series(1, 1500) n;
