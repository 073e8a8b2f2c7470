CREATE TABLE refunds (id bigserial PRIMARY KEY);
