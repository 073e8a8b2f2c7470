CREATE TABLE events (
  id bigint NOT NULL,
  created_at date NOT NULL
) PARTITION BY RANGE (created_at);
CREATE TABLE events_other PARTITION OF events DEFAULT;
