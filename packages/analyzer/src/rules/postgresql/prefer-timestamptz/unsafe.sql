CREATE TABLE refunds (id bigint PRIMARY KEY, made_at timestamp);
