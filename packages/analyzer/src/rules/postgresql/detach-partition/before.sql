CREATE TABLE events (
  id bigint NOT NULL,
  created_at date NOT NULL
) PARTITION BY RANGE (created_at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
